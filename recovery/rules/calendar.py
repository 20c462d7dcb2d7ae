"""When a property's desk is staffed: hours by weekday, several intervals a day, special days.

Hours are times on the property's wall. An interval may run over midnight (``22:00-02:00``); ``24:00`` is
the end of the day. Whatever is reckoned is reckoned between instants, so a night that has an hour twice
counts it twice.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .. import errors
from . import clocks

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Days to look ahead for an open desk. A house that is closed for longer has closed down.
FARTHEST = 370

Interval = tuple[dt.time, dt.time]

_INTERVAL = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_MIDNIGHT = dt.time(0)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The desk hours of one property. An interval that ends where it begins, or earlier, ends next day."""

    #: IANA name.
    zone: str
    #: For each weekday, Monday first.
    week: tuple[tuple[Interval, ...], ...]
    special: Mapping[dt.date, tuple[Interval, ...]] = field(default_factory=dict)

    def of(self, day: dt.date) -> tuple[Interval, ...]:
        special = self.special.get(day)
        return self.week[day.weekday()] if special is None else special


def read(
    *,
    zone: str,
    opens: dt.time,
    closes: dt.time,
    by_weekday: object = None,
    special: object = None,
) -> Calendar:
    """A calendar from what a house profile holds. ``opens == closes``: staffed day and night.

    :raises BadHours: naming the first thing that is wrong.
    :raises BadTimeZone: if the zone does not exist.
    """
    clocks.zone_named(zone)
    usual: tuple[Interval, ...] = ((opens, closes),)
    week = [usual] * len(WEEKDAYS)
    for name, given in _mapping(by_weekday, "desk hours").items():
        if name not in WEEKDAYS:
            raise errors.BadHours(problem=f"“{str(name)[:20]}” is no weekday; write {', '.join(WEEKDAYS)}")
        week[WEEKDAYS.index(name)] = _intervals(given, name)
    days: dict[dt.date, tuple[Interval, ...]] = {}
    for name, given in _mapping(special, "special days").items():
        try:
            day = dt.date.fromisoformat(str(name))
        except ValueError:
            raise errors.BadHours(problem=f"“{str(name)[:20]}” is no date; write 2027-12-24") from None
        days[day] = _intervals(given, str(name))
    return Calendar(zone=zone, week=tuple(week), special=days)


def is_open(calendar: Calendar, moment: dt.datetime) -> bool:
    """Whether somebody is at the desk."""
    return any(start <= moment < end for start, end in _spans(calendar, moment, days=1))


def next_open(calendar: Calendar, moment: dt.datetime) -> dt.datetime | None:
    """The first instant at or after ``moment`` at which the desk is staffed, in UTC; ``None``: never."""
    for start, end in _spans(calendar, moment, days=FARTHEST):
        if end > moment:
            return max(start, moment.astimezone(dt.UTC))
    return None


def add_staffed(calendar: Calendar, start: dt.datetime, delta: dt.timedelta) -> dt.datetime | None:
    """The instant at which the desk has been staffed for ``delta`` since ``start``; ``None``: never."""
    left = delta
    for opened, closed in _spans(calendar, start, days=FARTHEST):
        begins = max(opened, start.astimezone(dt.UTC))
        if closed <= begins:
            continue
        if closed - begins >= left:
            return begins + left
        left -= closed - begins
    return None


def _spans(
    calendar: Calendar, moment: dt.datetime, *, days: int
) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Staffed spans from the day before ``moment`` on, joined where they touch, in UTC."""
    day = clocks.local_date(moment, calendar.zone) - _DAY
    current: tuple[dt.datetime, dt.datetime] | None = None
    for offset in range(days + 2):
        for start, end in sorted(_of_day(calendar, day + offset * _DAY)):
            if current is not None and start <= current[1]:
                current = (current[0], max(current[1], end))
                continue
            if current is not None:
                yield current
            current = (start, end)
    if current is not None:
        yield current


def _of_day(calendar: Calendar, day: dt.date) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    for opens, closes in calendar.of(day):
        start = clocks.wall_time(day, opens, calendar.zone)
        end = clocks.wall_time(day + _DAY if closes <= opens else day, closes, calendar.zone)
        if end > start:  # an interval that lies wholly in a skipped hour does not exist
            yield start, end


def _mapping(given: object, what: str) -> Mapping[object, object]:
    if given in (None, "", {}):
        return {}
    if not isinstance(given, Mapping):
        raise errors.BadHours(problem=f"{what} must be an object with a list of intervals for each day")
    return given


def _intervals(given: object, name: str) -> tuple[Interval, ...]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise errors.BadHours(problem=f'{name}: write a list such as ["08:00-12:00", "14:00-22:00"]')
    found = tuple(_interval(item, name) for item in given)
    ordered = sorted(found)
    for (_, ends), (begins, _end) in itertools.pairwise(ordered):
        if ends == _MIDNIGHT or ends > begins:
            raise errors.BadHours(problem=f"{name}: two intervals overlap")
    return found


def _interval(item: object, name: str) -> Interval:
    match = _INTERVAL.fullmatch(item) if isinstance(item, str) else None
    if match is None or (match[3] == "24" and match[4] != "00"):
        raise errors.BadHours(problem=f"{name}: “{str(item)[:20]}” is no interval; write 08:00-12:00")
    closes = _MIDNIGHT if match[3] == "24" else dt.time(int(match[3]), int(match[4]))
    return dt.time(int(match[1]), int(match[2])), closes
