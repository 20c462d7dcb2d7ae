from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.errors import BadHours, BadTimeZone
from recovery.rules import calendar

ZONE = "Europe/Copenhagen"
COPENHAGEN = ZoneInfo(ZONE)
SEVEN, TEN = dt.time(7), dt.time(22)


def hours(**given_hours: Any) -> calendar.Calendar:
    values: dict[str, Any] = {"zone": ZONE, "opens": SEVEN, "closes": TEN}
    return calendar.read(**(values | given_hours))


def at(day: int, hour: int, minute: int = 0, *, month: int = 7) -> dt.datetime:
    return dt.datetime(2027, month, day, hour, minute, tzinfo=COPENHAGEN)


def test_a_weekday_can_have_several_intervals() -> None:
    # 17 July 2027 is a Saturday.
    desk = hours(by_weekday={"sat": ["08:00-12:00", "16:00-20:00"]})

    assert calendar.is_open(desk, at(17, 11, 59))
    assert not calendar.is_open(desk, at(17, 12))
    assert calendar.is_open(desk, at(17, 16))
    assert calendar.is_open(desk, at(18, 21)), "Sunday is as usual"
    assert calendar.next_open(desk, at(17, 13)) == at(17, 16)


def test_a_special_day_beats_its_weekday() -> None:
    desk = hours(by_weekday={"sat": ["08:00-12:00"]}, special={"2027-07-17": ["10:00-11:00"]})

    assert calendar.next_open(desk, at(17, 6)) == at(17, 10)


def test_a_closed_day_is_passed_over() -> None:
    desk = hours(special={"2027-07-17": [], "2027-07-18": []})

    assert calendar.next_open(desk, at(16, 23)) == at(19, 7)


def test_staffed_time_stands_still_while_the_desk_is_closed() -> None:
    assert calendar.add_staffed(hours(), at(16, 20), dt.timedelta(hours=4)) == at(17, 9)


def test_an_interval_over_midnight_belongs_to_the_evening_that_began_it() -> None:
    desk = hours(by_weekday={"fri": ["18:00-02:00"], "sat": []})

    assert calendar.is_open(desk, at(17, 1, 59))
    assert not calendar.is_open(desk, at(17, 2))


def test_a_house_that_is_always_staffed_is_always_open() -> None:
    desk = hours(opens=SEVEN, closes=SEVEN)

    assert calendar.add_staffed(desk, at(16, 3), dt.timedelta(days=9)) == at(25, 3)


def test_a_house_that_never_opens_says_so() -> None:
    desk = hours(by_weekday={day: [] for day in calendar.WEEKDAYS})

    assert calendar.next_open(desk, at(16, 3)) is None
    assert calendar.add_staffed(desk, at(16, 3), dt.timedelta(minutes=1)) is None


def test_a_night_with_an_hour_twice_has_that_hour_twice() -> None:
    # The clock goes back from three to two on 31 October 2027.
    desk = hours(opens=dt.time(0), closes=dt.time(0))
    start = dt.datetime(2027, 10, 31, 0, tzinfo=COPENHAGEN)

    ended = calendar.add_staffed(desk, start, dt.timedelta(hours=4))

    assert ended is not None
    assert ended.astimezone(COPENHAGEN).time() == dt.time(3)


def test_an_opening_in_the_hour_that_is_skipped_opens_after_it() -> None:
    # The clock jumps from two to three on 28 March 2027.
    desk = hours(opens=dt.time(2, 30), closes=TEN)

    opened = calendar.next_open(desk, dt.datetime(2027, 3, 28, 0, tzinfo=COPENHAGEN))

    assert opened == dt.datetime(2027, 3, 28, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("given_hours", "word"),
    [
        ({"by_weekday": {"sunday": ["08:00-12:00"]}}, "weekday"),
        ({"by_weekday": {"sun": "08:00-12:00"}}, "list"),
        ({"by_weekday": {"sun": ["8-12"]}}, "interval"),
        ({"by_weekday": {"sun": ["08:00-24:30"]}}, "interval"),
        ({"by_weekday": {"sun": [None]}}, "interval"),
        ({"by_weekday": {"sun": ["08:00-12:00", "11:00-14:00"]}}, "overlap"),
        ({"by_weekday": ["sun"]}, "object"),
        ({"special": {"24 December": []}}, "date"),
        ({"special": {"2027-02-30": []}}, "date"),
    ],
)
def test_hours_that_cannot_be_meant_are_refused_by_name(given_hours: dict[str, Any], word: str) -> None:
    with pytest.raises(BadHours, match=word):
        hours(**given_hours)


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadTimeZone):
        hours(zone="Europe/Skagen")


times = st.integers(0, 47).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
intervals = (
    st.lists(times, min_size=0, max_size=4, unique=True)
    .map(sorted)
    .map(lambda found: [f"{found[i]}-{found[i + 1]}" for i in range(0, len(found) - 1, 2)])
)
weeks = st.dictionaries(st.sampled_from(calendar.WEEKDAYS), intervals)
bounds = (dt.datetime(2027, 1, 1), dt.datetime(2027, 12, 31))  # noqa: DTZ001 because Hypothesis adds the zone
moments = st.datetimes(*bounds, timezones=st.just(dt.UTC))
zones = st.sampled_from([ZONE, "America/St_Johns", "Pacific/Apia", "Australia/Lord_Howe", "UTC"])


@given(week=weeks, moment=moments, zone=zones)
def test_the_next_opening_is_open_and_not_before(week: Any, moment: dt.datetime, zone: str) -> None:
    desk = hours(by_weekday=week, zone=zone)

    opened = calendar.next_open(desk, moment)

    if opened is not None:
        assert opened >= moment
        assert calendar.is_open(desk, opened)
        assert opened == moment or not calendar.is_open(desk, moment)


@given(week=weeks, moment=moments, zone=zones, minutes=st.integers(1, 3000), more=st.integers(0, 3000))
def test_staffed_time_runs_forward_and_never_faster_than_time(
    week: Any, moment: dt.datetime, zone: str, minutes: int, more: int
) -> None:
    desk = hours(by_weekday=week, zone=zone)
    wait = dt.timedelta(minutes=minutes)

    first = calendar.add_staffed(desk, moment, wait)
    second = calendar.add_staffed(desk, moment, wait + dt.timedelta(minutes=more))

    if first is not None and second is not None:
        assert moment + wait <= first <= second
        # In two steps it is the same as in one.
        assert calendar.add_staffed(desk, first, dt.timedelta(minutes=more)) == second or more == 0
