"""Times as people type them: in which zone they are meant, and whether the year can be right."""

from __future__ import annotations

import datetime as dt

from .. import clock
from ..errors import BadTime

#: Years from now. What is farther away is a slip: a complaint is about this stay or the next.
FARTHEST = 10


def meant(value: dt.datetime, *, now: dt.datetime, field: str) -> dt.datetime:
    """The instant, aware; without a zone it is the host's local time.

    :raises BadTime: if the year cannot be right.
    """
    check_year(value, now=now, field=field)
    return clock.aware(value)


def check_year(value: dt.date, *, now: dt.datetime, field: str) -> None:
    """:raises BadTime: if the year cannot be right."""
    # Before any reckoning, because the ends of the calendar cannot be reckoned with.
    if abs(value.year - now.year) > FARTHEST:
        raise BadTime(field=field, year=value.year)
