"""The hotel's clock in the tests of verbs: it stands still until a test moves it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from recovery.testing import HotelClock, hotel_clock

BRISTOL, SKAGEN = ZoneInfo("Europe/London"), ZoneInfo("Europe/Copenhagen")

#: The best man stands at the desk; church is at two.
WEDDING = dt.datetime(2027, 7, 17, 12, 12, tzinfo=BRISTOL)

_clock = HotelClock(WEDDING)


def hotel_time(real: dt.datetime) -> dt.datetime:
    """What ``RECOVERY["CLOCK"]`` names in the processes that a test starts."""
    return _clock(real)


def go_to(moment: dt.datetime) -> dt.datetime:
    """Move the hotel's clock."""
    return _clock.go_to(moment)


def later(**duration: float) -> dt.datetime:
    """Move the hotel's clock on by a duration such as ``minutes=5``."""
    return _clock.later(**duration)


def now() -> dt.datetime:
    return _clock.now


@pytest.fixture(autouse=True)
def _hotel_clock() -> Iterator[None]:
    """A fixed afternoon for every test that asks the clock."""
    global _clock
    with hotel_clock(WEDDING) as _clock:
        yield
