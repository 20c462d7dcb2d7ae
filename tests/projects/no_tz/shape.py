"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from recovery.hotel import MatchReason, StayStatus, get_hotel
from recovery.testing import AdapterContract, KnownStay, hotel_clock, make_complaint, run_due
from tests.projects.story import ENTERED, TODAY

from .models import Visit
from .rows import make_lost_reservation, make_other_guests, make_stay

pytestmark = pytest.mark.django_db


def test_a_naive_moment_late_in_the_evening_is_that_day() -> None:
    make_stay(1, "Ole Dam", TODAY)

    stay = get_hotel().get_stay("1")

    assert stay is not None
    assert stay.arrival_on == TODAY
    assert stay.departure_on == TODAY + dt.timedelta(days=1)


def test_a_guest_without_an_address_is_a_guest() -> None:
    make_stay(1, "Ole Dam", TODAY, tel="11 22 33 44")

    stay = get_hotel().get_stay("1")

    assert stay is not None
    assert stay.guest is not None
    assert (stay.guest.name, stay.guest.email, stay.guest.phone) == ("Ole Dam", "", "11 22 33 44")


def test_a_price_in_floating_point_is_rounded() -> None:
    make_lost_reservation()

    stay = get_hotel().get_stay("4711")

    assert stay is not None
    assert stay.nightly_rate == Decimal("0.3")


def test_a_status_that_the_host_does_not_keep_is_unknown() -> None:
    make_stay(1, "Ole Dam", TODAY)

    stay = get_hotel().get_stay("1")

    assert stay is not None
    assert stay.status is StayStatus.UNKNOWN


def test_the_booking_number_finds_the_stay() -> None:
    make_lost_reservation()

    found = get_hotel().find_stays("4711", TODAY)

    assert MatchReason.STAY_REF in found[0].why


def test_the_edges_of_the_window_are_inside() -> None:
    for number, days in enumerate((-63, -62, 62, 63), 1):
        make_stay(number, "Ole Dam", TODAY + dt.timedelta(days=days))

    found = get_hotel().find_stays("Ole Dam", TODAY)

    assert {match.stay.ref for match in found} == {"2", "3"}


@pytest.mark.parametrize("around", [dt.date.min, dt.date.max])
def test_the_first_and_the_last_day_of_the_calendar_can_be_asked(around: dt.date) -> None:
    make_lost_reservation()

    assert get_hotel().find_stays("Bo Østergaard", around) == []


def test_a_name_that_a_method_makes_is_found_near_the_day() -> None:
    lost = make_lost_reservation()
    make_other_guests(10)

    assert get_hotel().find_stays(lost.misheard, TODAY)[0].stay.ref == "4711"


class TestContract(AdapterContract):
    """``recovery.testing`` in a project without time zones, with a room number for a key."""

    def known_stays(self) -> list[KnownStay]:
        lost = make_lost_reservation()
        row = Visit.objects.get(pk=4711)
        return [
            KnownStay(
                ref=lost.stay_ref,
                guest_ref=lost.guest_ref,
                name=lost.guest_name,
                arrival_on=ENTERED,
                is_cancelled=True,
                row=row,
                guest_row=row.person,
            )
        ]

    def make_more_stays(self, count: int) -> None:
        make_other_guests(count, since=Visit.objects.count() + 1)


def test_what_is_due_is_delivered_by_the_hosts_naive_clock() -> None:
    complaint = make_complaint(stay_ref=make_lost_reservation().stay_ref, channel="email")

    with hotel_clock(dt.datetime(2026, 7, 11, 22, 0)) as here:  # noqa: DTZ001 because this host has no zones
        ran = run_due(at=dt.datetime(2026, 7, 12, 9, 0))  # noqa: DTZ001 because this host has no zones

    assert here.now == dt.datetime(2026, 7, 12, 7, 0, tzinfo=dt.UTC)
    assert str(ran) == "nothing was due"  # the guest has no address
    assert complaint.letters.count() == 0
