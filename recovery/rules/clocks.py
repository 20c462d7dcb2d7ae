"""When something is due.

Durations add in UTC. Calendar promises add on the wall of the property: a time that the clock
skips moves forward to the first one that exists, a time that it shows twice means the earlier.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from .. import errors

DAY_STARTS_AT = dt.time(5)
DEADLINE_BUFFER = dt.timedelta(minutes=15)

_SECOND = dt.timedelta(seconds=1)
_DAY = dt.timedelta(days=1)
_DURATION = re.compile(r"([0-9]{1,4})(m|h)")
_CALENDAR = re.compile(r"(today|tomorrow) ([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, kw_only=True)
class Due:
    """A due time as it is stored: the instant, and the words it was reckoned from."""

    #: Aware, in UTC.
    at: dt.datetime
    #: IANA name of the property's zone.
    zone: str
    #: The rule as the playbook writes it.
    rule: str


def zone_named(name: str) -> ZoneInfo:
    """The time zone with this IANA name.

    :raises BadTimeZone: if there is none.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; a path or empty; a folder of zones
        raise errors.BadTimeZone(zone=name[:64]) from None


def add_duration(start: dt.datetime, delta: dt.timedelta) -> dt.datetime:
    """The instant ``delta`` of real time after ``start``, in UTC."""
    return _utc(start) + delta


def wall_time(on: dt.date, at: dt.time, zone: str) -> dt.datetime:
    """The first instant at which the wall clock of the zone shows this time or a later one, in UTC.

    :raises BadTimeZone: if the zone does not exist.
    """
    tz = zone_named(zone)
    wanted = dt.datetime.combine(on, at.replace(tzinfo=None, fold=0))
    reading = wanted.replace(tzinfo=tz).astimezone(dt.UTC)
    if _on_the_wall(reading, tz) == wanted:
        return reading
    # The clock jumped over it. Read with the later offset it lies before the jump, with the earlier
    # one behind: halve the seconds between until the jump is found.
    before = wanted.replace(tzinfo=tz, fold=1).astimezone(dt.UTC).replace(microsecond=0)
    low, high = 0, (reading - before) // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if _on_the_wall(before + middle * _SECOND, tz) < wanted:
            low = middle
        else:
            high = middle
    return before + high * _SECOND


def local_date(now: dt.datetime, zone: str) -> dt.date:
    """The date on the wall calendar of the zone.

    :raises BadTimeZone: if the zone does not exist.
    """
    return _utc(now).astimezone(zone_named(zone)).date()


def property_date(now: dt.datetime, zone: str, day_starts_at: dt.time = DAY_STARTS_AT) -> dt.date:
    """The hotel's business date: at one in the night it is still yesterday.

    Never runs backwards, not even where the clock does.

    :raises BadTimeZone: if the zone does not exist.
    """
    today = local_date(now, zone)
    # Tomorrow too, because a clock set back over midnight shows the old date again.
    for day in (today + _DAY, today):
        if wall_time(day, day_starts_at, zone) <= now:
            return day
    return today - _DAY


def calendar_due(
    now: dt.datetime,
    zone: str,
    days: int,
    at: dt.time,
    *,
    day_starts_at: dt.time = DAY_STARTS_AT,
) -> dt.datetime:
    """The instant of a promise such as "tomorrow at nine", in UTC.

    Days are business days: at half past midnight "tomorrow at nine" is after this night's sleep, not
    a day later. With ``days=0`` the instant may have passed; a later day is always still to come.

    :raises BadTimeZone: if the zone does not exist.
    """
    day = property_date(now, zone, day_starts_at) + dt.timedelta(days=days)
    due = wall_time(day, at, zone)
    if days > 0 and due <= now:  # said in the night, for an hour that has just passed
        due = wall_time(day + _DAY, at, zone)
    return due


def check_due_rule(rule: str, *, playbook: str) -> None:
    """Refuse a due rule that nobody can reckon with.

    :raises BadPlaybook: if it is none of ``15m``, ``2h``, ``today 15:00``, ``tomorrow 09:00``.
    """
    if not _DURATION.fullmatch(rule) and not _CALENDAR.fullmatch(rule):
        shown = rule[:40]
        raise errors.BadPlaybook(
            key=playbook,
            problem=f"“{shown}” is no due time; write 15m, 2h, today 15:00 or tomorrow 09:00",
        )


def is_sooner(rule: str, than: str) -> bool:
    """Whether one duration is not longer than another. Calendar rules are never compared.

    :raises BadPlaybook: if either is none of those in ``check_due_rule``.
    """
    for each in (rule, than):
        check_due_rule(each, playbook=each)
    first, second = _DURATION.fullmatch(rule), _DURATION.fullmatch(than)
    return first is not None and (second is None or _length(first) <= _length(second))


def parse_due_rule(
    rule: str,
    *,
    playbook: str,
    now: dt.datetime,
    zone: str,
    start: dt.datetime | None = None,
    deadline: dt.datetime | None = None,
    buffer: dt.timedelta = DEADLINE_BUFFER,
    day_starts_at: dt.time = DAY_STARTS_AT,
) -> Due:
    """When a playbook step is due: by its rule or ``buffer`` before the guest's deadline, if earlier.

    The rule counts from ``start``, the guest's first word (default ``now``). Never before ``now``: a
    back-dated word makes a step urgent, not late.

    :raises BadPlaybook: if the rule is none of those in ``check_due_rule``.
    :raises BadTimeZone: if the zone does not exist.
    """
    check_due_rule(rule, playbook=playbook)
    zone_named(zone)
    begins = now if start is None else start
    if duration := _DURATION.fullmatch(rule):
        at = add_duration(begins, _length(duration))
    else:
        word, clock = rule.split(" ")
        days = 1 if word == "tomorrow" else 0
        at = calendar_due(begins, zone, days, dt.time.fromisoformat(clock), day_starts_at=day_starts_at)
    if deadline is not None:
        at = min(at, add_duration(deadline, -buffer))
    return Due(at=max(at, _utc(now)), zone=zone, rule=rule)


def _length(duration: re.Match[str]) -> dt.timedelta:
    unit = dt.timedelta(minutes=1) if duration[2] == "m" else dt.timedelta(hours=1)
    return int(duration[1]) * unit


def _utc(moment: dt.datetime) -> dt.datetime:
    if moment.utcoffset() is None:
        raise ValueError("a naive datetime is not an instant")
    return moment.astimezone(dt.UTC)


def _on_the_wall(instant: dt.datetime, tz: ZoneInfo) -> dt.datetime:
    return instant.astimezone(tz).replace(tzinfo=None)
