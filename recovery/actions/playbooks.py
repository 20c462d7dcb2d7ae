"""Turning a playbook into dated tasks. A complaint keeps the steps that it started with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ..choices import Category, Channel, EventKind, GuestType, TaskKind
from ..errors import AlreadyGranted, BadPlaybook, PlaybookUnknown
from ..models import Complaint, HouseProfile, Playbook
from ..models.playbooks import InForce
from ..rules import playbook as rules
from ..rules import text
from ..rules.choosing import one_of
from ..rules.playbook.guests import evidence_of
from . import chains, houses
from .actor import Actor
from .engine import Turn, verb
from .tasks import create_task, skip

#: Why a repair is not in the list.
TOO_NEAR = "The guest must leave before this can be done. The alternative is due now instead."


def shipped_playbooks() -> dict[Category, rules.Playbook]:
    """The playbooks that come with the package, by the kind of failure that they answer."""
    return {book.category: book for book in rules.shipped().values() if book.category is not None}


def overlays() -> dict[str, rules.Playbook]:
    """The shipped playbooks that lie over whatever else runs, by key."""
    return {key: book for key, book in rules.shipped().items() if book.is_overlay}


@verb
def run_playbook(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    category: Category,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Start the playbook of a kind of failure: its steps become tasks with owners and due times.

    :raises BadPlaybook: if there is none for that kind.
    :raises AlreadyGranted: if this complaint runs it already.
    """
    wanted = one_of(Category, category, field="what kind")
    if wanted not in shipped_playbooks():
        raise BadPlaybook(key=str(wanted), problem="there is no playbook for this kind of failure")
    if any(entry["category"] == wanted for entry in turn.complaint.playbooks):
        raise AlreadyGranted()
    start_playbook(turn, wanted)
    return turn.complaint


@verb
def run_overlay(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    overlay: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Start what lies over every other playbook, such as P21, a colleague at risk. Anybody may.

    :raises PlaybookUnknown: if there is no such overlay.
    :raises AlreadyGranted: if this complaint runs it already.
    """
    key = text.clean_line(overlay, field="overlay", limit=40)
    if not start_overlay(turn, key):
        raise AlreadyGranted()
    return turn.complaint


def start_playbook(turn: Turn, category: Category, *, room_free: bool = False) -> None:
    """Write the tasks of the category's playbook; nothing where there is none.

    ``room_free``: the reservation was found and a room, too. Then only the steps for that are taken,
    nothing is given unasked, and the playbook itself can still be run, should the room turn out taken.
    """
    found = Playbook.objects.for_category(turn.complaint.property_code, category)
    if found is not None:
        _start(turn, found, room_free=room_free)


def start_overlay(turn: Turn, key: str) -> bool:
    """Write the tasks of an overlay, once for a complaint; whether it was started now.

    For other verbs, too: the Emergency starts P15 with it.

    :raises PlaybookUnknown: if there is no such overlay.
    """
    if key not in overlays():
        raise PlaybookUnknown(key=key, known=", ".join(overlays()))
    if any(entry["key"] == key for entry in turn.complaint.playbooks):
        return False
    _start(turn, Playbook.objects.in_force(turn.complaint.property_code, [key])[key])
    return True


def _start(turn: Turn, found: InForce, *, room_free: bool = False) -> None:
    book, complaint = found.book, turn.complaint
    if not room_free:
        complaint.playbooks = [*complaint.playbooks, _entry(found, GuestType(complaint.guest_type))]
        complaint.save(update_fields=["playbooks"])
    profile = houses.profile_of(complaint.property_code)
    situation = _situation(complaint, profile, now=turn.now, room_free=room_free)
    planned = rules.plan(
        situation.choose(rules.steps_for(book, GuestType(complaint.guest_type))),
        playbook=book.key,
        now=turn.now,
        # From the guest's first word to any of us, not from when it was typed (S1-18). An overlay
        # answers something that has only just happened.
        start=turn.now if book.is_overlay else complaint.first_told_at,
        zone=profile.time_zone,
        deadline=complaint.guest_deadline,
        day_starts_at=profile.business_day_starts,
    )
    staff = chains.everybody(complaint, now=turn.now)
    people = {role: chains.nearest(staff, role) for role in {plan.step.role for plan in planned}}
    for position, plan in enumerate(planned):
        step = plan.step
        task = create_task(
            turn,
            kind=TaskKind.STEP,
            title=step.title,
            detail=step.detail,
            role=step.role,
            assignee=people[step.role],
            due_at=plan.due.at,
            zone=plan.due.zone,
            due_rule=plan.due.rule,
            fulfils=step.fulfils,
            evidence_fields=evidence_of(step),
            playbook=(book.key, book.version),
            step_key=step.key,
            position=position,
            guide=rules.guide_of(book, step),
        )
        if plan.is_skipped:
            # Kept with its reason: what was left out is seen in the history, and by the review.
            skip(turn, task, reason=TOO_NEAR)
    if not room_free:
        turn.record(
            EventKind.PLAYBOOK_RUN,
            playbook=book.key,
            version=book.version,
            edited=found.row is not None,
            steps=len([plan for plan in planned if not plan.is_skipped]),
            skipped=len([plan for plan in planned if plan.is_skipped]),
        )


def _situation(
    complaint: Complaint, profile: HouseProfile, *, now: dt.datetime, room_free: bool
) -> rules.Situation:
    deadline = complaint.guest_deadline
    arrival, departure = complaint.arrival_on, complaint.departure_on
    return rules.Situation(
        room_free=room_free,
        event_today=(
            complaint.guest_type == GuestType.EVENT
            and deadline is not None
            and houses.business_date(profile, deadline) == houses.business_date(profile, now)
        ),
        before_travel=complaint.channel != Channel.IN_PERSON,
        more_nights=arrival is None or departure is None or (departure - arrival).days > 1,
    )


def _entry(found: InForce, guest_type: GuestType) -> dict[str, Any]:
    """What the complaint keeps of the playbook beside its tasks: a later version does not reach it."""
    book, variant = found.book, found.book.guest_types.get(guest_type)
    words = {"": _words(book, variant, None)}
    words |= {code: _words(book, variant, code) for code in rules.LANGUAGES if code in book.others}
    return {
        "key": book.key,
        "version": book.version,
        "source": found.source,
        "category": str(book.category or ""),
        "pre_approved": sorted(str(name) for name in book.pre_approved),
        "remedies": [str(name) for name in book.remedies],
        "questions": [{"key": each.key, "kind": each.kind, "starts": each.starts} for each in book.questions],
        "words": words,
    }


def _words(book: rules.Playbook, variant: rules.GuestVariant | None, language: str | None) -> dict[str, Any]:
    return {
        "title": book.told("title", language),
        "stance": book.told("stance", language),
        "cue_cards": list(book.told("cue_cards", language)),
        "make_whole": list(book.told("make_whole", language)),
        "goodwill": book.told("goodwill", language),
        "suggest": list(variant.told("suggest", language)) if variant else [],
        "questions": {each.key: each.told("text", language) for each in book.questions},
    }
