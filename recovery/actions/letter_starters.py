"""What the record knows for an apology that nobody has begun yet. Reads only."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from .. import conf
from ..choices import GuestType, RemedyKey
from ..letters.starters import Due, Given, Starter, StarterFacts, Way, starter
from ..models import Complaint, Party, StaffMember, Task
from ..rules import languages
from . import houses
from .letter_reading import case_of

#: More promises than that are no letter but a list.
MOST_PROMISES = 3


def starter_for(
    *, complaint: Complaint, party: Party, signatory: StaffMember, way: Way, now: dt.datetime
) -> Starter:
    """The proposed words of an apology to this guest, as the record stands now."""
    return starter(
        StarterFacts(
            case=case_of(complaint, party, signatory, language=party.language),
            way=way,
            guest_type=GuestType(complaint.guest_type),
            solution=complaint.solution,
            given=_given(complaint),
            promises=_promises(complaint, now),
            guest_told_us=complaint.contacts.exists(),
            language_is_guess=languages.needs_english(
                party.language, party.language_source, conf.current().LANGUAGES
            ),
        )
    )


def gives_a_night(complaint: Complaint) -> bool:
    """Whether a playbook of this complaint names the free night, and none was given yet."""
    named = any(RemedyKey.FREE_NIGHT in entry.get("remedies", ()) for entry in complaint.playbooks)
    return named and not complaint.certificates.filter(void_at__isnull=True).exists()


def _given(complaint: Complaint) -> tuple[Given, ...]:
    rows = complaint.compensations.filter(void_at__isnull=True).select_related("remedy").order_by("pk")
    return tuple(
        Given(
            remedy=RemedyKey(row.remedy.key),
            what=row.what,
            face=row.face,
            currency=row.currency,
            units=row.units,
        )
        for row in rows
    )


def _promises(complaint: Complaint, now: dt.datetime) -> tuple[Due, ...]:
    """What the guest was told, somebody has said yes to, and can still be kept."""
    zone = ZoneInfo(houses.profile_of(complaint.property_code).time_zone)
    rows = Task.objects.open().filter(
        complaint=complaint,
        told_guest_at__isnull=False,
        accepted_at__isnull=False,
        assignee__isnull=False,
        due_at__gt=now,
    )
    # That we answer is the letter itself.
    rows = rows.exclude(fulfils="answer").select_related("assignee").order_by("due_at", "pk")
    return tuple(
        Due(who=row.assignee.name_for_guests, at=row.due_at.astimezone(zone))
        for row in rows[:MOST_PROMISES]
        if row.assignee is not None
    )
