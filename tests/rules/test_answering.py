from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from recovery.choices import Channel, Severity, Urgency
from recovery.rules import answering, calendar
from recovery.rules.answering import Where

LONDON = ZoneInfo("Europe/London")
SEVEN, TEN = dt.time(7), dt.time(22)


def at(hour: int, minute: int = 0, *, day: int = 17) -> dt.datetime:
    return dt.datetime(2027, 7, day, hour, minute, tzinfo=LONDON)


def due(
    now: dt.datetime,
    *,
    severity: int = 3,
    channel: Channel = Channel.QR,
    where: Where = Where.IN_HOUSE,
    urgency: Urgency = Urgency.NORMAL,
    opens: dt.time = SEVEN,
    closes: dt.time = TEN,
) -> dt.datetime:
    found = answering.answer_due(
        now=now,
        severity=Severity(severity),
        channel=channel,
        where=where,
        urgency=urgency,
        hours=calendar.read(zone="Europe/London", opens=opens, closes=closes),
    )
    return found.astimezone(LONDON)


@pytest.mark.parametrize(("severity", "minutes"), [(1, 30), (2, 15), (3, 10), (4, 5), (5, 5)])
def test_the_graver_the_sooner(severity: int, minutes: int) -> None:
    assert due(at(12), severity=severity) == at(12, minutes)


def test_a_guest_who_is_not_here_is_answered_in_four_hours() -> None:
    assert due(at(12), where=Where.DEPARTED) == at(16)


def test_four_hours_are_hours_at_the_desk() -> None:
    assert due(at(20), where=Where.DEPARTED) == at(9, day=18)


def test_nobody_waits_longer_than_a_day_whatever_the_desk_hours() -> None:
    assert due(at(21), where=Where.DEPARTED, opens=dt.time(20), closes=dt.time(22)) == at(21, day=18)


@pytest.mark.parametrize(
    ("where", "hours"), [(Where.ARRIVING, 4), (Where.ARRIVING_SOON, 1), (Where.UNKNOWN, 4)]
)
def test_who_arrives_soon_is_answered_sooner(where: Where, hours: int) -> None:
    assert due(at(12), where=where) == at(12 + hours)


@pytest.mark.parametrize(("channel", "minutes"), [(Channel.QR, 10), (Channel.SMS, 10), (Channel.EMAIL, 30)])
def test_a_screen_in_the_room_is_answered_sooner_than_a_mail(channel: Channel, minutes: int) -> None:
    assert due(at(12), channel=channel) == at(12, minutes)


def test_an_emergency_is_answered_like_the_gravest() -> None:
    assert due(at(12), severity=1, urgency=Urgency.EMERGENCY) == at(12, 5)


def test_a_grave_matter_in_the_house_does_not_wait_for_the_desk_to_open() -> None:
    assert due(at(3), severity=4) == at(3, 5)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (dt.date(2027, 7, 10), Where.ARRIVING),
        (dt.date(2027, 7, 13), Where.ARRIVING_SOON),
        (dt.date(2027, 7, 15), Where.IN_HOUSE),
        (dt.date(2027, 7, 19), Where.IN_HOUSE),
        (dt.date(2027, 7, 20), Where.DEPARTED),
    ],
)
def test_where_a_guest_is_follows_from_the_stay(today: dt.date, expected: Where) -> None:
    arrival, departure = dt.date(2027, 7, 15), dt.date(2027, 7, 19)

    assert answering.whereabouts(arrival_on=arrival, departure_on=departure, today=today) is expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [(at(6, 59), at(7, 10)), (at(7), at(7, 10)), (at(21, 59), at(22, 9)), (at(22), at(7, 10, day=18))],
)
def test_with_the_desk_closed_the_clock_starts_at_opening(now: dt.datetime, expected: dt.datetime) -> None:
    assert due(now) == expected


def test_a_desk_that_never_closes_never_waits() -> None:
    assert due(at(3), opens=SEVEN, closes=SEVEN) == at(3, 10)


@pytest.mark.parametrize(
    ("now", "expected"), [(at(23), at(23, 10)), (at(1), at(1, 10)), (at(3), at(18, 10)), (at(18), at(18, 10))]
)
def test_a_desk_that_is_open_over_midnight_is_open(now: dt.datetime, expected: dt.datetime) -> None:
    assert due(now, opens=dt.time(18), closes=dt.time(2)) == expected


def test_the_night_in_which_the_clock_jumps_has_a_real_opening() -> None:
    night = dt.datetime(2027, 3, 28, 0, 30, tzinfo=LONDON)

    assert due(night, opens=dt.time(1, 30), closes=TEN) == dt.datetime(2027, 3, 28, 2, 10, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("severity", "in_house", "minutes"),
    [(1, True, 10), (2, True, 10), (3, True, 5), (5, True, 5), (1, False, 120), (5, False, 120)],
)
def test_a_fix_is_told_soon(severity: int, in_house: bool, minutes: int) -> None:
    assert answering.tell_within(Severity(severity), in_house=in_house) == dt.timedelta(minutes=minutes)
