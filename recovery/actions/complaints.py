"""Opening a complaint, and giving it to a named owner."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from ..choices import AlarmReason, Category, Channel, ContactKind, EventKind, GuestType, Severity, TaskKind
from ..errors import NamedInComplaint
from ..hotel import Stay
from ..models import Complaint, HouseProfile, StaffMember
from ..rules import alarms as alarm_rules
from ..rules import severity as severities
from ..rules import text, tokens
from ..rules.choosing import one_of
from . import alarms, houses, hush, moments, receipts, urgency
from .actor import Actor
from .contacts import LONG, create_contact, first_told, promise_answer
from .engine import Turn, verb
from .lookups import check_property, find_stay
from .parties import GuestInput, create_party
from .playbooks import start_playbook
from .tasks import create_task

SUMMARY = 160
#: A minor who complains has somebody who speaks for them, and that is found out so soon.
GUARDIAN_WITHIN = dt.timedelta(hours=1)


def open_complaint(
    *,
    by: Actor,
    category: Category,
    summary: str,
    channel: Channel,
    stay_ref: str = "",
    property_code: str = "",
    description: str = "",
    impact: str = "",
    guest: GuestInput | None = None,
    severity: Severity | None = None,
    room_was_free: bool = False,
    told_at: dt.datetime | None = None,
    guest_deadline: dt.datetime | None = None,
    purpose: str = "",
    purpose_place: str = "",
    guest_type: GuestType = GuestType.UNKNOWN,
    owner: StaffMember | None = None,
    request_key: str | None = None,
) -> Complaint:
    """Write down a guest's failure story, and start its playbook.

    Without ``stay_ref`` (a lost reservation: the system knows nothing) name the property.
    ``told_at``: the guest's first word to any of us, if that was earlier; aware.
    A written complaint gets its receipt after two minutes unless a person answers first.

    :raises StayUnknown: if the adapter knows no such stay.
    :raises PropertyUnknown: if the adapter knows no such property.
    :raises HotelUnreachable: if a stay is named and the hotel's system does not answer.
    :raises NoProfile: if the property was never prepared.
    :raises NobodyOnDuty: if nobody can own the complaint.
    """
    stay = find_stay(stay_ref) if stay_ref else None
    code = (stay.property_code if stay else "") or property_code
    check_property(code)
    return _open(
        by=by,
        property_code=code,
        stay=stay,
        guest=guest or GuestInput(),
        category=one_of(Category, category, field="what kind"),
        channel=one_of(Channel, channel, field="channel"),
        summary=text.require(text.clean_line(summary, field="summary", limit=SUMMARY), field="summary"),
        description=text.clean_text(description, field="what happened", limit=LONG),
        impact=text.clean_text(impact, field="what it cost the guest", limit=LONG),
        severity=one_of(Severity, severity, field="severity") if severity is not None else None,
        room_was_free=room_was_free,
        told_at=told_at,
        guest_deadline=guest_deadline,
        purpose=text.clean_line(purpose, field="why they travel", limit=160),
        purpose_place=text.clean_line(purpose_place, field="where they must be", limit=160),
        guest_type=one_of(GuestType, guest_type, field="guest type"),
        owner=owner,
        request_key=request_key,
    )


@verb.named("open_complaint")
def _open(
    turn: Turn,
    /,
    *,
    by: Actor,
    property_code: str,
    stay: Stay | None,
    guest: GuestInput,
    category: Category,
    channel: Channel,
    summary: str,
    description: str,
    impact: str,
    severity: Severity | None,
    room_was_free: bool,
    told_at: dt.datetime | None,
    guest_deadline: dt.datetime | None,
    purpose: str,
    purpose_place: str,
    guest_type: GuestType,
    owner: StaffMember | None,
    request_key: str | None = None,
) -> Complaint:
    profile = houses.profile_of(property_code)
    today = houses.local_date(profile, turn.now)
    first_told_at = first_told(told_at, now=turn.now)
    if guest_deadline is not None:
        guest_deadline = moments.meant(guest_deadline, now=turn.now, field="when they must be there")
    grade = severities.starting_severity(
        category,
        chosen=severity,
        room_was_free=room_was_free,
        guest_type=guest_type,
        has_deadline=guest_deadline is not None,
    )
    complaint = create_row(
        turn,
        profile,
        stay=stay,
        first_told_at=first_told_at,
        category=category,
        summary=summary,
        description=description,
        impact=impact,
        guest_type=guest_type,
        purpose=purpose,
        purpose_place=purpose_place,
        guest_deadline=guest_deadline,
        channel=channel,
        severity=grade,
        owner=_owner(turn, property_code, grade, owner, today),
        stance=severities.rule_for(category).stance,
    )
    turn.begin(complaint)
    party = create_party(complaint, stay.guest if stay else None, guest)
    if party.is_minor:
        create_task(
            turn,
            kind=TaskKind.OTHER,
            title=f"Find out who speaks for {party.name}, and add the guardian: a minor is not written to",
            assignee=complaint.owner,
            due_at=turn.now + GUARDIAN_WITHIN,
            zone=profile.time_zone,
        )
    turn.record(EventKind.COMPLAINT_OPENED, category=category, severity=int(grade), stay=bool(stay))
    create_contact(
        turn,
        party=party,
        kind=ContactKind.COMPLAINT,
        channel=channel,
        words=description or summary,
        told_at=first_told_at,
    )
    if channel.is_spoken and turn.by.is_person:
        # Heard by a person: that is the answer.
        complaint.acknowledged_at, complaint.acknowledged_by = turn.now, turn.by.name
        complaint.save(update_fields=["acknowledged_at", "acknowledged_by"])
        turn.record(EventKind.ACKNOWLEDGED, channel=channel)
    elif not channel.is_spoken:
        promise_answer(turn, profile, channel=channel)
        receipts.send_receipt(turn, party)
    found = severities.is_no_walk(category, room_was_free=room_was_free)
    start_playbook(turn, category, room_free=found)
    urgency.on_opening(turn, party)
    hush.announce(turn)
    if alarm_rules.rings_for_severity(grade) and complaint.owner != turn.by.staff:
        alarms.ring(
            turn,
            reason=AlarmReason.GRAVE,
            person=complaint.owner,
            key=f"grave:{complaint.pk}",
            quiet=turn.now - first_told_at > urgency.WRITTEN_UP_AFTER,
        )
    return complaint


@verb
def assign(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    owner: StaffMember,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Give the complaint to another named employee of the house.

    :raises OwnerNotHere: if that person does not work at this property.
    :raises NamedInComplaint: if the guest named that person.
    """
    current = turn.complaint
    if current.named_staff.filter(pk=owner.pk).exists():
        raise NamedInComplaint()
    profile = houses.profile_of(current.property_code)
    today = houses.local_date(profile, turn.now)
    houses.check_works_here(owner, current.property_code, today=today)
    before, current.owner = current.owner_id, owner
    current.save(update_fields=["owner"])
    turn.record(EventKind.ASSIGNED, owner=owner.pk, before=before)
    return current


# --- steps -------------------------------------------------------------------------------------


def create_row(
    turn: Turn, profile: HouseProfile, *, stay: Stay | None, first_told_at: dt.datetime, **facts: Any
) -> Complaint:
    """The row, with the stay as it is known now: the host's own may be changed or deleted tomorrow."""
    return Complaint.objects.create(
        reference=tokens.new_reference(os.urandom(16)),
        property_code=profile.property_code,
        stay_ref=stay.ref if stay else "",
        arrival_on=stay.arrival_on if stay else None,
        departure_on=stay.departure_on if stay else None,
        room_reported=stay.room if stay else "",
        nightly_rate=stay.nightly_rate if stay else None,
        currency=(stay.currency if stay else "") or profile.currency,
        agency=stay.agency if stay else "",
        agency_ref=stay.agency_ref if stay else "",
        first_told_at=first_told_at,
        opened_at=turn.now,
        opened_on=houses.business_date(profile, turn.now),
        **facts,
    )


def _owner(
    turn: Turn, property_code: str, grade: Severity, chosen: StaffMember | None, today: dt.date
) -> StaffMember:
    if chosen is not None:
        houses.check_works_here(chosen, property_code, today=today)
        return chosen
    taker = turn.by.staff
    if grade < Severity.LOST and taker is not None and taker.works_at(property_code):
        return taker
    return houses.manager_for(property_code, today=today)
