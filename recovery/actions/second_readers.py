"""Who reads a grave letter besides whoever wrote it."""

from __future__ import annotations

import datetime as dt

from ..choices import LetterKind, Reading, Role, Severity
from ..models import Complaint, Letter, StaffMember
from ..rules import second_reading
from . import houses, letter_facts
from .actor import Actor
from .engine import Turn

#: Roles whose groups may release a letter.
_ROLES = (Role.FRONT_DESK, Role.DUTY_MANAGER, Role.GENERAL_MANAGER)


def key_of(actor: Actor) -> str:
    """The same for one person at every door: by staff record, else by account."""
    if actor.staff is not None:
        return f"member:{actor.staff.pk}"
    return f"account:{actor.user.pk}" if actor.user is not None else actor.key


def is_needed(complaint: Complaint, kind: LetterKind | str) -> bool:
    """Whether two people read this text before it goes."""
    return second_reading.is_needed(LetterKind(kind), Severity(complaint.severity))


def others(complaint: Complaint, writer: str, *, today: dt.date) -> list[StaffMember]:
    """Colleagues who can sign in, may send letters, and did not write it; those on duty first.

    ``writer``: as ``key_of`` says it. Nobody whom the guest named.
    """
    people = StaffMember.objects.active(on=today).filter(user__isnull=False).exclude(named_in=complaint)
    return [
        person
        for person in people.order_by("-on_duty", "pk")
        if person.works_at(complaint.property_code)
        and any(person.has_role(role) for role in _ROLES)
        and writer not in (f"member:{person.pk}", f"account:{person.user_id}")
    ]


def others_for(complaint: Complaint, letter: Letter, *, now: dt.datetime) -> list[StaffMember]:
    """The same for a letter that is written."""
    today = houses.local_date(houses.profile_of(complaint.property_code), now)
    return others(complaint, letter.drafted_by_key, today=today)


def read(turn: Turn, letter: Letter, *, is_self_checked: bool) -> Reading | None:
    """How this letter is read by whoever sends it now; ``None`` where one pair of eyes is enough.

    :raises NeedsSecondReader, SelfCheckTooSoon, NeedsSelfCheck: if it needs another pair, or a pause.
    """
    if not is_needed(turn.complaint, letter.kind):
        return None
    profile = houses.profile_of(turn.complaint.property_code)
    return second_reading.reading_of(
        is_writer=letter.drafted_by_key == key_of(turn.by),
        others=tuple(person.name for person in others_for(turn.complaint, letter, now=turn.now)),
        is_self_checked=is_self_checked,
        drafted_at=letter.drafted_at,
        now=turn.now,
        shown_at=letter_facts.short_time(letter.drafted_at + second_reading.PAUSE, profile),
    )
