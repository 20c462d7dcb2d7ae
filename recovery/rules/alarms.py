"""What rings a person, and what waits for somebody to look. Calm is a promise to the night manager."""

from __future__ import annotations

import datetime as dt

from ..choices import AlarmReason, Role, Severity

#: More alarms than this for one person in one shift come as a digest.
MOST_PER_SHIFT = 6
SHIFT = dt.timedelta(hours=8)
#: How long a digest gathers.
DIGEST_EVERY = dt.timedelta(minutes=15)
#: The night, on the property's wall: the general manager sleeps unless severity is 5.
NIGHT_FROM, NIGHT_UNTIL = dt.time(22), dt.time(7)

_ALWAYS = frozenset(
    {
        AlarmReason.GRAVE,
        AlarmReason.EMERGENCY,
        AlarmReason.NOT_ACCEPTED,
        AlarmReason.NOT_STARTED,
        AlarmReason.UNSENT_DELAY,
        AlarmReason.MISSED,
        AlarmReason.THIRD_COMPLAINT,
        AlarmReason.HAND_OVER,
        AlarmReason.ASKED,
    }
)


def rings_for_severity(severity: Severity) -> bool:
    """Whether a new complaint rings somebody by itself."""
    return severity >= Severity.LOST


def may_ring(reason: AlarmReason, *, roles: tuple[str, ...], severity: Severity, local: dt.time) -> bool:
    """Whether this person may be rung for it now; otherwise it stands on the board."""
    if reason not in _ALWAYS:
        return False
    only_general_manager = Role.GENERAL_MANAGER.value in roles and Role.DUTY_MANAGER.value not in roles
    if only_general_manager and is_night(local):
        return severity >= Severity.GRAVE
    return True


def is_night(local: dt.time) -> bool:
    return local >= NIGHT_FROM or local < NIGHT_UNTIL


def goes_into_digest(*, rung_this_shift: int) -> bool:
    """The seventh alarm of a shift and all after it wait for the digest.

    Nothing is exempt: a phone that rings for everything is a phone that nobody answers.
    """
    return rung_this_shift >= MOST_PER_SHIFT


def digest_at(now: dt.datetime) -> dt.datetime:
    """When the digest that gathers this alarm goes out: the end of its quarter of an hour, in UTC."""
    start = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    quarters = (now - start) // DIGEST_EVERY + 1
    return start + quarters * DIGEST_EVERY
