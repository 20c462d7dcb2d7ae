"""The hotel's time in a test: it stands still until the test moves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from .. import clock, conf

_active: list[HotelClock] = []


class HotelClock:
    """Stands still. Moves due times, verbs and pages of this process; leases keep the database's time.

    A process that the test starts has its own clock: name one in ``RECOVERY["CLOCK"]`` there.
    """

    def __init__(self, at: dt.datetime) -> None:
        self._now = instant(at)

    @property
    def now(self) -> dt.datetime:
        """Aware, in UTC."""
        return self._now

    def go_to(self, moment: dt.datetime) -> dt.datetime:
        """Set it. Returns the new time.

        :raises ValueError: if the moment has no time zone, in a project with ``USE_TZ``.
        """
        self._now = instant(moment)
        return self._now

    def later(self, **duration: float) -> dt.datetime:
        """Move it on by a duration such as ``hours=2``. Returns the new time."""
        return self.go_to(self._now + dt.timedelta(**duration))

    def __call__(self, real: dt.datetime) -> dt.datetime:
        return self._now


@contextmanager
def hotel_clock(at: dt.datetime | None = None) -> Iterator[HotelClock]:
    """Let the hotel's time stand still, at that moment or now.

    :raises ValueError: if the moment has no time zone, in a project with ``USE_TZ``.
    """
    made = HotelClock(clock.now() if at is None else at)
    _active.append(made)
    try:
        with clock.stand_in(made):
            yield made
    finally:
        _active.remove(made)


def active_clock() -> HotelClock | None:
    """The clock of the innermost ``hotel_clock()`` around us."""
    return _active[-1] if _active else None


def instant(moment: dt.datetime) -> dt.datetime:
    """:raises ValueError: if it names no instant: "at noon" is another one in each house."""
    if moment.tzinfo is None and conf.uses_time_zones():
        raise ValueError("a moment in a test needs a time zone, as in datetime(…, tzinfo=ZoneInfo(…))")
    return clock.aware(moment).astimezone(dt.UTC)
