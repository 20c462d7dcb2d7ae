from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery import errors
from recovery.rules import clocks

MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
COPENHAGEN = "Europe/Copenhagen"

# Forty zones: half hours, quarter hours, half-hour summer time, gaps at midnight, the day that Samoa
# never had, clocks set back over midnight, both sides of the date line, Ireland's negative winter time.
ZONES = """
UTC Europe/Copenhagen Europe/London Europe/Dublin Europe/Lisbon Europe/Moscow Europe/Istanbul Atlantic/Azores
Atlantic/Reykjavik America/New_York America/Chicago America/Los_Angeles America/St_Johns America/Sao_Paulo
America/Havana America/Asuncion America/Santiago America/Caracas America/Godthab America/Scoresbysund
America/Argentina/San_Luis Africa/Cairo Africa/Casablanca Africa/Monrovia Asia/Beirut Asia/Tehran Asia/Gaza
Asia/Kathmandu Asia/Kolkata Asia/Tokyo Asia/Pyongyang Asia/Amman Australia/Lord_Howe Australia/Adelaide
Australia/Sydney Pacific/Apia Pacific/Kiritimati Pacific/Chatham Pacific/Kwajalein Antarctica/Troll
""".split()  # noqa: SIM905 because a line per zone would hide the list


def changes(zone: str, first: int = 1990, last: int = 2027) -> list[dt.datetime]:
    """Instants, to the minute, at which the clock of the zone was or will be changed."""
    tz = ZoneInfo(zone)
    found: list[dt.datetime] = []
    moment = dt.datetime(first, 1, 1, tzinfo=dt.UTC)
    while moment.year < last:
        later = moment + 7 * DAY
        if moment.astimezone(tz).utcoffset() != later.astimezone(tz).utcoffset():
            low, high = moment, later
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                if middle.astimezone(tz).utcoffset() == moment.astimezone(tz).utcoffset():
                    low = middle
                else:
                    high = middle
            found.append(high)
        moment = later
    return found


CHANGES = {zone: changes(zone) for zone in ZONES}

zones = st.sampled_from(ZONES)
ordinary = st.datetimes(
    min_value=dt.datetime(1990, 1, 1),  # noqa: DTZ001 because hypothesis adds the zone
    max_value=dt.datetime(2040, 1, 1),  # noqa: DTZ001 because hypothesis adds the zone
    timezones=st.just(dt.UTC),
)


@st.composite
def near_a_change(draw: st.DrawFn) -> tuple[str, dt.datetime]:
    """A zone, and an instant that is likely to be close to a change of its clock."""
    zone = draw(zones)
    if not CHANGES[zone] or draw(st.integers(0, 3)) == 0:
        return zone, draw(ordinary)
    change = draw(st.sampled_from(CHANGES[zone]))
    return zone, change + draw(st.integers(-30 * 3600, 30 * 3600)) * dt.timedelta(seconds=1)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


def on_the_wall(moment: dt.datetime, zone: str) -> dt.datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def test_the_sample_holds_forty_zones_and_many_changes() -> None:
    assert len(set(ZONES)) == 40
    assert sum(map(len, CHANGES.values())) > 1000


# --- durations ---------------------------------------------------------------------------------


def test_a_duration_is_real_time_even_while_the_clock_is_changed() -> None:
    start = dt.datetime(2026, 3, 29, 1, 30, tzinfo=ZoneInfo(COPENHAGEN))  # half an hour before the gap
    assert clocks.add_duration(start, HOUR) == utc(2026, 3, 29, 1, 30)
    assert on_the_wall(clocks.add_duration(start, HOUR), COPENHAGEN).hour == 3


@given(near_a_change(), st.timedeltas(dt.timedelta(0), 30 * DAY), st.timedeltas(dt.timedelta(0), DAY))
def test_durations_are_monotonic_aware_and_nothing_at_zero(
    place: tuple[str, dt.datetime], delta: dt.timedelta, later: dt.timedelta
) -> None:
    zone, moment = place
    start = moment.astimezone(ZoneInfo(zone))
    due = clocks.add_duration(start, delta)
    assert due.tzinfo is dt.UTC
    assert due - moment == delta
    assert clocks.add_duration(start, dt.timedelta(0)) == moment
    assert clocks.add_duration(clocks.add_duration(start, later), delta) >= due


def test_a_naive_start_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="naive"):
        clocks.add_duration(dt.datetime(2026, 7, 4), HOUR)  # noqa: DTZ001 because that is the point


# --- wall time ---------------------------------------------------------------------------------


def test_a_time_that_the_clock_skips_moves_to_the_first_one_that_exists() -> None:
    three_o_clock = utc(2026, 3, 29, 1)
    for skipped in (dt.time(2, 0), dt.time(2, 30), dt.time(2, 59, 59, 999_999)):
        assert clocks.wall_time(dt.date(2026, 3, 29), skipped, COPENHAGEN) == three_o_clock


def test_a_time_that_the_clock_shows_twice_is_the_earlier_one() -> None:
    assert clocks.wall_time(dt.date(2026, 10, 25), dt.time(2, 30), COPENHAGEN) == utc(2026, 10, 25, 0, 30)


def test_the_day_that_samoa_never_had_begins_with_the_next() -> None:
    found = clocks.wall_time(dt.date(2011, 12, 30), dt.time(9), "Pacific/Apia")
    assert found == utc(2011, 12, 30, 10)
    assert on_the_wall(found, "Pacific/Apia").isoformat() == "2011-12-31T00:00:00"


@given(near_a_change())
def test_wall_time_is_the_first_instant_that_shows_it_or_more(place: tuple[str, dt.datetime]) -> None:
    zone, moment = place
    wanted = on_the_wall(moment, zone)
    found = clocks.wall_time(wanted.date(), wanted.time(), zone)
    assert found.tzinfo is dt.UTC
    assert found <= moment
    assert on_the_wall(found, zone) == wanted
    for minutes in range(1, 181):
        assert on_the_wall(found - minutes * MINUTE, zone) < wanted


@given(near_a_change(), st.integers(0, 86_399), st.integers(0, 999_999))
def test_no_wall_time_is_too_odd(place: tuple[str, dt.datetime], second: int, micro: int) -> None:
    zone, moment = place
    day = on_the_wall(moment, zone).date()
    wanted = dt.datetime.combine(day, dt.time.min) + dt.timedelta(seconds=second, microseconds=micro)
    found = clocks.wall_time(day, wanted.time(), zone)
    assert found.tzinfo is dt.UTC
    assert on_the_wall(found, zone) >= wanted
    if on_the_wall(found, zone) > wanted:  # it lay in a gap, and this is its very end
        assert on_the_wall(found - dt.timedelta(microseconds=1), zone) < wanted


@pytest.mark.parametrize(
    "zone",
    [
        "",
        " ",
        "Europe",
        "Mars/Olympus",
        "../../etc/passwd",
        "/etc/passwd",
        "UTC\0",
        "\ud800",
        "CEST",
        "x" * 1_000_000,
    ],
    ids=lambda zone: ascii(zone[:12]),
)
def test_a_zone_that_does_not_exist_is_named_in_the_refusal(zone: str) -> None:
    with pytest.raises(errors.BadTimeZone) as refusal:
        clocks.wall_time(dt.date(2026, 7, 4), dt.time(9), zone)
    assert zone[:64] in refusal.value.sentence
    assert len(refusal.value.sentence) < 200


# --- dates -------------------------------------------------------------------------------------


def test_at_one_in_the_night_the_hotel_is_still_in_yesterday() -> None:
    night = utc(2026, 7, 4, 23)  # one o'clock on the fifth
    assert clocks.local_date(night, COPENHAGEN) == dt.date(2026, 7, 5)
    assert clocks.property_date(night, COPENHAGEN) == dt.date(2026, 7, 4)
    assert clocks.property_date(utc(2026, 7, 5, 2, 59), COPENHAGEN) == dt.date(2026, 7, 4)
    assert clocks.property_date(utc(2026, 7, 5, 3), COPENHAGEN) == dt.date(2026, 7, 5)
    assert clocks.property_date(night, COPENHAGEN, dt.time(0)) == dt.date(2026, 7, 5)


def test_a_clock_that_is_set_back_over_midnight_does_not_bring_yesterday_back() -> None:
    # In St. John's, 00:01 became 23:01 of the day before.
    for moment in (utc(2010, 11, 7, 2, 30), utc(2010, 11, 7, 2, 31), utc(2010, 11, 7, 4, 0)):
        assert clocks.property_date(moment, "America/St_Johns", dt.time(0)) == dt.date(2010, 11, 7)
    assert clocks.local_date(utc(2010, 11, 7, 2, 31), "America/St_Johns") == dt.date(2010, 11, 6)


@given(near_a_change(), st.integers(0, 3 * 86_400), st.integers(0, 12 * 60 - 1))
def test_the_business_date_never_runs_backwards(
    place: tuple[str, dt.datetime], seconds: int, starts: int
) -> None:
    zone, moment = place
    starts_at = dt.time(starts // 60, starts % 60)
    later = moment + dt.timedelta(seconds=seconds)
    first, second = (clocks.property_date(at, zone, starts_at) for at in (moment, later))
    assert first <= second
    assert abs(clocks.local_date(moment, zone) - first) <= DAY


# --- calendar promises -------------------------------------------------------------------------


def test_tomorrow_at_nine_is_nine_on_the_wall_although_the_day_has_23_hours() -> None:
    assert clocks.calendar_due(utc(2026, 3, 28, 12), COPENHAGEN, 1, dt.time(9)) == utc(2026, 3, 29, 7)
    assert clocks.calendar_due(utc(2026, 3, 27, 12), COPENHAGEN, 1, dt.time(9)) == utc(2026, 3, 28, 8)


def test_tomorrow_at_nine_said_after_midnight_is_after_this_nights_sleep() -> None:
    assert clocks.calendar_due(utc(2026, 7, 4, 22, 30), COPENHAGEN, 1, dt.time(9)) == utc(2026, 7, 5, 7)


def test_an_hour_of_the_night_that_has_just_passed_is_meant_for_the_next() -> None:
    at_half_past_four = utc(2026, 7, 5, 2, 30)
    assert clocks.calendar_due(at_half_past_four, COPENHAGEN, 1, dt.time(4)) == utc(2026, 7, 6, 2)


@given(near_a_change(), st.integers(0, 2 * 86_400), st.integers(1, 30), st.integers(0, 24 * 60 - 1))
def test_calendar_promises_are_monotonic_aware_and_ahead(
    place: tuple[str, dt.datetime], seconds: int, days: int, minute: int
) -> None:
    zone, moment = place
    at = dt.time(minute // 60, minute % 60)
    due = clocks.calendar_due(moment, zone, days, at)
    later = clocks.calendar_due(moment + dt.timedelta(seconds=seconds), zone, days, at)
    assert due.tzinfo is dt.UTC
    assert moment < due <= later
    assert due - moment < (days + 2) * DAY


# --- due rules ---------------------------------------------------------------------------------

NOON = utc(2026, 7, 4, 10)  # in Copenhagen


def due(rule: str, **changes: Any) -> dt.datetime:
    return clocks.parse_due_rule(rule, playbook="P01", **{"now": NOON, "zone": COPENHAGEN, **changes}).at


@pytest.mark.parametrize(
    ("rule", "at"),
    [
        ("0m", NOON),
        ("5m", NOON + 5 * MINUTE),
        ("15m", NOON + 15 * MINUTE),
        ("2h", NOON + 2 * HOUR),
        ("72h", NOON + 72 * HOUR),
        ("today 15:00", utc(2026, 7, 4, 13)),
        ("today 08:00", NOON),
        ("tomorrow 09:00", utc(2026, 7, 5, 7)),
    ],
)
def test_every_rule_of_a_playbook_is_understood(rule: str, at: dt.datetime) -> None:
    assert due(rule) == at


def test_a_due_time_keeps_its_zone_and_its_rule() -> None:
    kept = clocks.parse_due_rule("5m", playbook="P01", now=NOON, zone=COPENHAGEN)
    assert kept == clocks.Due(at=NOON + 5 * MINUTE, zone=COPENHAGEN, rule="5m")


def test_the_guests_deadline_comes_first_if_it_is_earlier() -> None:
    assert due("2h", deadline=NOON + HOUR) == NOON + 45 * MINUTE
    assert due("2h", deadline=NOON + HOUR, buffer=5 * MINUTE) == NOON + 55 * MINUTE
    assert due("15m", deadline=NOON + HOUR) == NOON + 15 * MINUTE
    assert due("tomorrow 09:00", deadline=NOON + HOUR) == NOON + 45 * MINUTE


def test_nothing_is_due_before_now() -> None:
    assert due("2h", deadline=NOON + 10 * MINUTE) == NOON
    assert due("2h", deadline=NOON - DAY) == NOON
    assert due("5m", start=NOON - HOUR) == NOON


def test_a_rule_counts_from_the_first_word() -> None:
    assert due("2h", start=NOON - HOUR) == NOON + HOUR
    assert due("tomorrow 09:00", start=NOON - DAY) == NOON


@given(
    near_a_change(),
    st.sampled_from(["0m", "5m", "72h", "today 02:30", "tomorrow 02:30"]),
    st.integers(-9999, 9999),
)
def test_a_due_time_is_never_naive_never_past_and_never_behind_the_deadline(
    place: tuple[str, dt.datetime], rule: str, minutes: int
) -> None:
    zone, moment = place
    deadline = moment + minutes * MINUTE
    at = due(rule, now=moment.astimezone(ZoneInfo(zone)), zone=zone, deadline=deadline)
    assert at.tzinfo is dt.UTC
    assert at >= moment
    assert at == moment or at <= deadline - clocks.DEADLINE_BUFFER


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "5",
        "m",
        "5 m",
        "-5m",
        "5d",
        "5M",
        "5m\n",
        "\u0665m",
        "99999h",
        "tomorrow",
        "tomorrow 9:00",
        "tomorrow 24:00",
        "tomorrow  09:00",
        "with:3",
        "9" * 1_000_000 + "h",
    ],
    ids=lambda rule: ascii(rule[:16]),
)
def test_a_rule_that_nobody_can_reckon_with_is_refused_with_the_playbook(rule: str) -> None:
    with pytest.raises(errors.BadPlaybook, match="Playbook P01") as refusal:
        due(rule)
    assert len(refusal.value.sentence) < 200
    with pytest.raises(errors.BadPlaybook):
        clocks.check_due_rule(rule, playbook="P01")


def test_even_a_duration_needs_a_zone_that_exists() -> None:
    with pytest.raises(errors.BadTimeZone):
        clocks.parse_due_rule("5m", playbook="P01", now=NOON, zone="Europe/Kopenhagen")
