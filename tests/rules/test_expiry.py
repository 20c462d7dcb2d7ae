from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.choices import CertificateState
from recovery.rules import expiry

days = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2027, 7, 17), 24, dt.date(2029, 7, 17)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2027, 1, 31), 1, dt.date(2027, 2, 28)),
        (dt.date(2027, 12, 31), 2, dt.date(2028, 2, 29)),
        (dt.date(2027, 11, 30), 1, dt.date(2027, 12, 30)),
    ],
)
def test_months_are_added_on_the_calendar(day: dt.date, months: int, expected: dt.date) -> None:
    assert expiry.add_months(day, months) == expected


@given(days, st.integers(1, 60))
def test_a_certificate_ends_with_a_month_and_not_before_its_time(day: dt.date, months: int) -> None:
    last = expiry.last_arrival(issued_on=day, months=months)

    assert last >= expiry.add_months(day, months)
    assert (last + dt.timedelta(days=1)).day == 1


@given(days, days)
def test_a_night_that_is_given_back_is_good_for_ninety_days(last: dt.date, today: dt.date) -> None:
    after = expiry.after_return(last_arrival_on=last, today=today)

    assert after >= today + dt.timedelta(days=90)
    assert after >= last


@pytest.mark.parametrize(("days_late", "in_time"), [(-1, True), (0, True), (30, True), (31, False)])
def test_the_desk_honours_thirty_days_of_grace(days_late: int, in_time: bool) -> None:
    last = dt.date(2029, 7, 31)

    found = expiry.is_in_time(
        last_arrival_on=last, arrival_on=last + dt.timedelta(days=days_late), grace_days=30
    )

    assert found is in_time


@pytest.mark.parametrize(
    ("void", "expired", "left", "days_late", "state"),
    [
        (False, False, 1, 0, CertificateState.VALID),
        (False, False, 1, 30, CertificateState.VALID),
        (False, False, 1, 31, CertificateState.EXPIRED),
        (False, False, 0, 0, CertificateState.USED),
        (False, False, 0, 400, CertificateState.USED),
        (False, True, 0, 400, CertificateState.EXPIRED),
        (True, True, 0, 400, CertificateState.VOID),
        (True, False, 0, 0, CertificateState.VOID),
    ],
)
def test_a_certificate_stands_in_one_state(
    void: bool, expired: bool, left: int, days_late: int, state: CertificateState
) -> None:
    last = dt.date(2029, 7, 31)

    found = expiry.certificate_state(
        void=void,
        expired=expired,
        nights_left=left,
        last_arrival_on=last,
        today=last + dt.timedelta(days=days_late),
        grace_days=30,
    )

    assert found is state
