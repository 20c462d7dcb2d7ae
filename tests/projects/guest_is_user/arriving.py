"""Who arrives, in a host with rooms that many stays share. Run by ``drive.py``."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery.errors import HotelCannot
from recovery.hotel import Capability, ModelHotel, Property, StayStatus, get_hotel
from tests.projects.story import TODAY

from .adapter import ChainHotel
from .models import Account, Reservation, Room
from .rows import make_guest, make_house, make_stay

pytestmark = pytest.mark.django_db


def arriving(hotel: ModelHotel, code: str = "CPH", on: dt.date = TODAY) -> list[str]:
    return [stay.ref for stay in hotel.arrivals(code, on)]


def test_who_arrives_is_asked_in_the_same_few_questions_however_many_come() -> None:
    counts = []
    for _ in range(2):
        for number in range(4):
            guest = make_guest("Ole", "Dam", f"o{Account.objects.count()}@example.com", mobile="1")
            stay = make_stay(guest, TODAY)
            stay.rooms.add(*(Room.objects.create(house=stay.house, number=f"{number}{n}") for n in "ab"))
        with CaptureQueriesContext(connection) as queries:
            found = get_hotel().arrivals("CPH", TODAY)
        counts.append((len(found), len(queries)))

    # The stays, the houses, the rooms.
    assert counts == [(4, 3), (8, 3)]
    assert found[0].room == "0a, 0b"


def test_a_stay_arrives_on_the_day_at_its_house_wherever_that_is() -> None:
    zones = {"AKL": "Pacific/Auckland", "KIR": "Pacific/Kiritimati", "PAG": "Pacific/Pago_Pago"}
    refs = {
        code: str(make_stay(None, TODAY, house=make_house(code, zone)).pk) for code, zone in zones.items()
    }

    for code, ref in refs.items():
        assert arriving(get_hotel(), code) == [ref]
        assert arriving(get_hotel(), code, TODAY - dt.timedelta(days=1)) == []
        assert arriving(get_hotel(), code, TODAY + dt.timedelta(days=1)) == []


def test_a_stay_without_a_day_or_in_another_house_arrives_nowhere() -> None:
    mine = make_stay(None, TODAY)
    make_stay(None, TODAY, house=make_house("AAR"))
    Reservation.objects.create(guest=None, house=mine.house)

    assert arriving(get_hotel()) == [str(mine.pk)]
    assert (
        arriving(get_hotel(), "cph") == arriving(get_hotel(), "C" * 5000) == arriving(get_hotel(), "") == []
    )


def test_arrivals_need_no_model_of_houses() -> None:
    class Listed(ChainHotel):
        property_model = ""
        property_list = (Property(code="CPH", name="Quay", time_zone="Europe/Copenhagen", currency="DKK"),)

    known = make_stay(None, TODAY)
    unknown = make_stay(None, TODAY, house=make_house("AAR"))

    assert arriving(Listed()) == [str(known.pk)]
    # Nobody described that house: the project's own zone, America/New_York, says which day it is.
    assert arriving(Listed(), "AAR") == [str(unknown.pk)]


def test_a_single_house_takes_what_names_none() -> None:
    class Only(ChainHotel):
        property_model, stay_property = "", "channel"
        single_property = Property(code="CPH", name="Quay", time_zone="Europe/Copenhagen", currency="DKK")

    unsaid, elsewhere = make_stay(None, TODAY), make_stay(None, TODAY, channel="AAR")

    assert arriving(Only()) == [str(unsaid.pk)]
    assert arriving(Only(), "AAR") == [str(elsewhere.pk)]


def test_a_house_behind_several_rooms_names_a_stay_once() -> None:
    class Roomy(ChainHotel):
        stay_property = "rooms.house.code"

    stay = make_stay(None, TODAY)
    stay.rooms.add(*(Room.objects.create(house=stay.house, number=number) for number in ("1", "2")))

    assert arriving(Roomy()) == [str(stay.pk)]


def test_a_house_that_a_method_names_is_asked_of_each_row() -> None:
    class Own(ChainHotel):
        stay_property = ""

        def property_code_of(self, row: Any) -> str:
            return f"the {row.house.code}"

    stay = make_stay(None, TODAY)

    assert arriving(Own(), "the CPH") == [str(stay.pk)]
    assert arriving(Own(), "CPH") == []


@pytest.mark.parametrize("arrival", ["check_in", "check_in.date"])
def test_dates_that_the_host_reads_itself_count(arrival: str) -> None:
    class NightDesk(ChainHotel):
        def dates_of(self, row: Any, houses: Any) -> Any:
            arrival, departure = super().dates_of(row, houses)
            return (arrival and arrival - dt.timedelta(days=2)), departure

    NightDesk.arrival = arrival
    stay = make_stay(None, TODAY)

    assert arriving(NightDesk(), on=TODAY - dt.timedelta(days=2)) == [str(stay.pk)]
    assert arriving(NightDesk()) == []


def test_a_day_that_is_no_column_is_looked_for_among_the_newest(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Day(ChainHotel):
        arrival = "check_in.date"

    refs = [str(make_stay(None, TODAY).pk) for _ in range(3)]
    monkeypatch.setattr("recovery.hotel.model_arrivals.MOST_UNDATED", 2)

    assert arriving(Day()) == refs[1:]
    assert "newest 2 stays only" in caplog.text


def test_one_broken_row_hides_no_other_arrival(caplog: pytest.LogCaptureFixture) -> None:
    class Fragile(ChainHotel):
        def guest_from(self, row: Any) -> Any:
            if row.email == "bad@example.com":
                raise ZeroDivisionError
            return super().guest_from(row)

    make_stay(make_guest("Ole", "Dam", "bad@example.com"), TODAY)
    good = make_stay(make_guest("Ole", "Dam", "good@example.com"), TODAY)

    assert arriving(Fragile()) == [str(good.pk)]
    assert "ZeroDivisionError" in caplog.text
    good.delete()
    with pytest.raises(ZeroDivisionError):
        Fragile().arrivals("CPH", TODAY)


def test_what_the_host_says_of_a_stay_itself_counts() -> None:
    class Knows(ChainHotel):
        def stay_from(self, row: Any, houses: Any = None) -> Any:
            stay = super().stay_from(row, houses)
            return replace(stay, status=StayStatus.CANCELLED) if stay.agency == "bankrupt" else stay

    make_stay(None, TODAY, channel="bankrupt")

    assert arriving(Knows()) == []


def test_an_adapter_that_does_not_say_when_stays_begin_cannot_tell() -> None:
    class Dateless(ChainHotel):
        arrival = ""

    assert get_hotel().has(Capability.ARRIVALS)
    assert not Dateless().has(Capability.ARRIVALS)
    with pytest.raises(HotelCannot):
        Dateless().arrivals("CPH", TODAY)
