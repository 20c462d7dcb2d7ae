"""When somebody must look at a task again, so that what was said is really happening.

Plain reckoning with moments: nobody has said yes, said yes and not begun, most of the time is gone, the
time is over. Each look has one effect; the next one is reckoned from what is true then.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..choices import AlarmReason

#: How long a colleague has to say yes: in the house, and on call at home.
ON_SITE = dt.timedelta(minutes=3)
ON_CALL = dt.timedelta(minutes=10)
#: How long a colleague has to take over before the managers are asked. Until then the giver goes on.
HAND_OVER = dt.timedelta(minutes=10)
#: How long after saying yes it must have begun.
BEGUN_WITHIN = dt.timedelta(minutes=10)
#: A promise for later than this is a plan: nobody is asked to say yes within minutes, or to begin at once.
PLAN = dt.timedelta(hours=4)
PLAN_PATIENCE = dt.timedelta(hours=1)
#: When so much of the time is gone, the guest must hear of a delay before it is one (S0-15).
DELAY_AFTER = 0.75


@dataclass(frozen=True, kw_only=True)
class Watched:
    """The dated facts of one open task that decide when to look again. Instants are aware."""

    said_at: dt.datetime
    due_at: dt.datetime
    #: The guest was told: only then a delay is a broken word.
    promised: bool
    needs_yes: bool
    #: When the guest got another time: from then on the time of the promise counts anew.
    moved_at: dt.datetime | None = None
    asked_at: dt.datetime | None = None
    on_call: bool = False
    accepted_at: dt.datetime | None = None
    started_at: dt.datetime | None = None
    #: Since when nobody does it although the guest was told so; a new yes clears it.
    not_happening_at: dt.datetime | None = None
    #: Everybody in the chain was asked and had the time to answer; the owner knows.
    all_asked: bool = False
    delay_warned: bool = False
    #: No promise, and yet the board must show that its time went by.
    owed: bool = False
    #: A guest text that waits for somebody to send it.
    letter: bool = False
    missed: bool = False
    #: A colleague was asked to take over; the work itself goes on with the one who gives it.
    hand_over: bool = False


@dataclass(frozen=True, kw_only=True)
class Look:
    """When to look, and what will be found unless something happens first."""

    at: dt.datetime
    reason: AlarmReason


def next_look(task: Watched) -> Look | None:
    """The next moment at which somebody must be alarmed, unless something happens before."""
    looks = [look for look in (_yes(task), _begin(task), _delay(task), _over(task)) if look is not None]
    # Of two at one moment the graver: a missed promise is told as missed, not as a delay.
    return min(looks, key=lambda look: (look.at, -_GRAVITY.index(look.reason)), default=None)


_GRAVITY = (
    AlarmReason.UNSENT_LETTER,
    AlarmReason.APOLOGY_OUTSTANDING,
    AlarmReason.HAND_OVER,
    AlarmReason.UNSENT_DELAY,
    AlarmReason.NOT_STARTED,
    AlarmReason.NOT_ACCEPTED,
    AlarmReason.MISSED,
)


def patience(task: Watched) -> dt.timedelta:
    """How long the colleague who was asked has to say yes."""
    if task.hand_over:
        return HAND_OVER
    if is_plan(task):
        return PLAN_PATIENCE
    return ON_CALL if task.on_call else ON_SITE


def is_plan(task: Watched) -> bool:
    """Whether it is for later today or another day, and not for now."""
    return task.due_at - task.said_at > PLAN


def waits_for_yes(task: Watched) -> bool:
    """Nobody has said yes, or the one who has is not doing it."""
    if not task.needs_yes or task.started_at is not None:
        return False
    return task.accepted_at is None or task.not_happening_at is not None


def delay_at(task: Watched) -> dt.datetime:
    """When three quarters of the time are gone. A moved promise is reckoned from when it was moved.

    From when it was said, most of the new time would often be gone already, and whoever has just told the
    guest would be rung for it.
    """
    since = task.moved_at or task.said_at
    return since + (task.due_at - since) * DELAY_AFTER


def _yes(task: Watched) -> Look | None:
    if not waits_for_yes(task) or task.asked_at is None or task.all_asked:
        return None
    reason = AlarmReason.HAND_OVER if task.hand_over else AlarmReason.NOT_ACCEPTED
    return Look(at=task.asked_at + patience(task), reason=reason)


def _begin(task: Watched) -> Look | None:
    if not task.needs_yes or task.accepted_at is None or task.started_at is not None:
        return None
    if task.not_happening_at is not None:
        return None  # because the next one is being asked already
    at = task.accepted_at + BEGUN_WITHIN
    if is_plan(task):
        at = max(at, delay_at(task))
    return Look(at=at, reason=AlarmReason.NOT_STARTED)


def _delay(task: Watched) -> Look | None:
    if not task.promised or task.delay_warned or task.missed:
        return None
    return Look(at=delay_at(task), reason=AlarmReason.UNSENT_DELAY)


def _over(task: Watched) -> Look | None:
    if task.missed or not (task.promised or task.owed or task.letter):
        return None
    reason = AlarmReason.UNSENT_LETTER if task.letter else AlarmReason.APOLOGY_OUTSTANDING
    if task.promised:
        reason = AlarmReason.MISSED
    return Look(at=task.due_at, reason=reason)
