from __future__ import annotations

import datetime as dt

import pytest

from recovery.choices import AlarmReason, Severity
from recovery.rules import alarms

NIGHT, DAY = dt.time(2), dt.time(14)


@pytest.mark.parametrize("severity", list(Severity))
def test_only_what_is_grave_rings_by_itself(severity: Severity) -> None:
    assert alarms.rings_for_severity(severity) == (severity >= 4)


#: What waits on the board.
QUIET = (AlarmReason.APOLOGY_OUTSTANDING, AlarmReason.UNSENT_LETTER)


@pytest.mark.parametrize("reason", [r for r in AlarmReason if r not in QUIET])
def test_a_duty_manager_is_rung_at_night(reason: AlarmReason) -> None:
    assert alarms.may_ring(reason, roles=("DM",), severity=Severity.IMPAIRED, local=NIGHT)


@pytest.mark.parametrize(
    ("severity", "local", "rung"),
    [(5, NIGHT, True), (4, NIGHT, False), (4, DAY, True), (4, dt.time(7), True), (4, dt.time(6, 59), False)],
)
def test_at_night_a_general_manager_is_rung_for_severity_five_only(
    severity: int, local: dt.time, rung: bool
) -> None:
    found = alarms.may_ring(AlarmReason.EMERGENCY, roles=("GM",), severity=Severity(severity), local=local)

    assert found == rung


def test_in_a_small_house_the_one_who_is_both_is_rung() -> None:
    assert alarms.may_ring(
        AlarmReason.EMERGENCY, roles=("FD", "DM", "GM"), severity=Severity.IMPAIRED, local=NIGHT
    )


@pytest.mark.parametrize(("rung", "gathered"), [(0, False), (5, False), (6, True), (60, True)])
def test_the_seventh_alarm_of_a_shift_waits_for_the_digest(rung: int, gathered: bool) -> None:
    assert alarms.goes_into_digest(rung_this_shift=rung) == gathered


def test_a_digest_gathers_a_quarter_of_an_hour() -> None:
    now = dt.datetime(2027, 7, 17, 12, 7, 30, tzinfo=dt.UTC)

    assert alarms.digest_at(now) == dt.datetime(2027, 7, 17, 12, 15, tzinfo=dt.UTC)
    assert alarms.digest_at(alarms.digest_at(now)) == dt.datetime(2027, 7, 17, 12, 30, tzinfo=dt.UTC)
