"""The contract passes a good adapter, and each of its rules is broken by an adapter that breaks it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any
from unittest import SkipTest

import pytest
from django.contrib.auth.models import Group
from django.db import connection

from recovery import testing
from recovery.hotel import Guest, Hotel, MemoryHotel, Property, Stay, StayMatch
from recovery.hotel.problems import Problem, ProblemKind
from recovery.testing import AdapterContract, KnownStay
from tests.factories import BY_AGENCY, LOST, NO_ADDRESS
from tests.hotel_double import AKSELS, ALICES, HotelDouble
from tests.hotel_double import LOST as LOST_STAY

pytestmark = pytest.mark.django_db


class TestTheMemoryHotel(AdapterContract):
    """Ours is the first to keep it."""

    def known_stays(self) -> Sequence[KnownStay]:
        return [
            KnownStay(
                ref=LOST,
                guest_ref="1",
                name="Daniel Whitfield",
                phone="07700 900211",
                email="daniel.whitfield@example.com",
                arrival_on=LOST_STAY.arrival_on,
                is_cancelled=True,
            ),
            KnownStay(ref=NO_ADDRESS, guest_ref="3", name="Aksel Thygesen", arrival_on=AKSELS.arrival_on),
            KnownStay(
                ref=BY_AGENCY, name="Alice Thornbury", agency_ref="4183021997", arrival_on=ALICES.arrival_on
            ),
        ]

    def make_more_stays(self, count: int) -> None:
        hotel = self.hotel()
        assert isinstance(hotel, MemoryHotel)
        number = len(hotel._stays)
        for index in range(count):
            guest = Guest(ref=f"G{number + index}", name=f"Daniel Whitfield {number + index}")
            hotel.put(dataclasses.replace(LOST_STAY, ref=f"M{number + index}", guest=guest))

    def users(self) -> Sequence[Any]:
        return [SimpleNamespace(get_username=lambda: "helen")]


# --- each rule, broken -----------------------------------------------------------------------------


class Wrong(HotelDouble):
    """An adapter with one mistake."""


class OtherRef(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        stay = super().get_stay(ref)
        return stay and dataclasses.replace(stay, ref=f"{ref}-1")


class Forgiving(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        return super().get_stay(ref.strip())


class Raising(Wrong):
    def get_guest(self, ref: str) -> Guest | None:
        return self._guests[ref]


class HidesCancelled(Wrong):
    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        return [match for match in super().find_stays(words, around) if not match.stay.is_cancelled]


class CallsItBooked(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        stay = super().get_stay(ref)
        return stay and dataclasses.replace(stay, status="booked")  # type: ignore[arg-type]


class AnotherGuest(Wrong):
    def get_guest(self, ref: str) -> Guest | None:
        guest = super().get_guest(ref)
        return guest and dataclasses.replace(guest, name="Somebody Else")


class NoCurrency(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        stay = super().get_stay(ref)
        return stay and dataclasses.replace(stay, currency="")


class DayLate(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        stay = super().get_stay(ref)
        return stay and dataclasses.replace(stay, arrival_on=stay.arrival_on + dt.timedelta(days=1))


class Nameless(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        stay = super().get_stay(ref)
        return stay and dataclasses.replace(stay, guest=dataclasses.replace(stay.guest, name="–"))


class TwiceTheSameHouse(Wrong):
    def properties(self) -> Sequence[Property]:
        return [*super().properties(), *super().properties()]


class Breaks(Wrong):
    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        words.encode()  # raises for half a character
        return super().find_stays(words, around)


class FindsEverybody(Wrong):
    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        found = super().find_stays(words, around)
        return found or [StayMatch(stay=LOST_STAY, why=(), score=1)]


class ExactNamesOnly(Wrong):
    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        is_name = words.replace(" ", "").isalpha()
        known = {stay.guest.name for stay in self._stays.values() if stay.guest}
        return [] if is_name and words not in known else super().find_stays(words, around)


class OneMonth(Wrong):
    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        found = super().find_stays(words, around)
        return [m for m in found if around is None or abs((m.stay.arrival_on - around).days) <= 31]


class AnyDate(Wrong):
    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        return super().find_stays(words)


class NamesTheCancelled(Wrong):
    def arrivals(self, property_code: str, on: dt.date) -> Sequence[Stay]:
        stays = self._stays.values()
        return [stay for stay in stays if (stay.property_code, stay.arrival_on) == (property_code, on)]


class NobodyArrives(Wrong):
    def arrivals(self, property_code: str, on: dt.date) -> Sequence[Stay]:
        return []


class EveryHouse(Wrong):
    def arrivals(self, property_code: str, on: dt.date) -> Sequence[Stay]:
        return [ALICES]


class ArrivesTwice(Wrong):
    def arrivals(self, property_code: str, on: dt.date) -> Sequence[Stay]:
        return [*super().arrivals(property_code, on), *super().arrivals(property_code, on)]


class AsksForEachArrival(Wrong):
    def arrivals(self, property_code: str, on: dt.date) -> Sequence[Stay]:
        for stay in self._stays.values():
            if stay.arrival_on == on:
                Group.objects.count()
        return super().arrivals(property_code, on)


class Writes(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        Group.objects.filter(name="nobody").update(name="somebody")
        return super().get_stay(ref)


class Prints(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        str(Group(name="a guest's phone"))
        return super().get_stay(ref)


class PrintsOnTheScreen(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        print(ref)
        return super().get_stay(ref)


class AsksForEach(Wrong):
    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        found = super().find_stays(words, around)
        for _ in found:
            Group.objects.count()
        return found


class AsksALot(Wrong):
    def get_stay(self, ref: str) -> Stay | None:
        for _ in range(13):
            Group.objects.count()
        return super().get_stay(ref)


class InventsAHouse(Wrong):
    def properties_for(self, user: Any) -> frozenset[str] | None:
        return frozenset({"NOWHERE"})


class Undecided(Wrong):
    def may_write_to(self, guest: Guest) -> bool:
        return guest.email  # type: ignore[return-value]


class KnowsItsFault(Wrong):
    def problems(self) -> Sequence[Problem]:
        return [Problem(kind=ProblemKind.PATH, where="arrival", what="leads nowhere", fix="Name a column.")]


class BooksTwice(Wrong):
    def book_certificate_nights(self, *, request_key: str, **given: Any) -> str:
        return super().book_certificate_nights(request_key=f"{request_key}{len(self.booked)}", **given)


class EveryRecord(Wrong):
    def ref_of_stay(self, row: Any) -> str | None:
        return LOST


_ARRIVALS = "test_who_arrives_is_told_for_that_house_and_day_without_the_cancelled"
MISTAKES: list[tuple[type[Hotel], str, str]] = [
    (OtherRef, "test_a_known_stay_is_found_by_its_reference", "must be 'Q10231'"),
    (CallsItBooked, "test_a_cancelled_stay_is_known_as_cancelled", "is_cancelled"),
    (AnotherGuest, "test_the_guest_of_a_stay_is_found_by_reference", "and the stay's guest"),
    (Raising, "test_an_unknown_reference_is_none", "raises KeyError"),
    (Forgiving, "test_an_unknown_reference_is_none", "it must be None"),
    (EveryRecord, "test_a_record_of_yours_leads_to_its_reference", "a stranger"),
    (NoCurrency, "test_dates_are_days_and_money_has_a_currency", "has a price and no currency"),
    (DayLate, "test_dates_are_days_and_money_has_a_currency", "arrival_on"),
    (Nameless, "test_what_is_known_of_the_guest_is_read", "guest.name"),
    (TwiceTheSameHouse, "test_every_stay_is_at_a_house_that_exists", "each once"),
    (Breaks, "test_hostile_words_find_nothing_and_break_nothing", "raises UnicodeEncodeError"),
    (FindsEverybody, "test_hostile_words_find_nothing_and_break_nothing", "must be an empty list"),
    (HidesCancelled, "test_a_stay_is_found_by_name_phone_mail_and_numbers", "does not find Q10231"),
    (ExactNamesOnly, "test_a_stay_is_found_by_name_phone_mail_and_numbers", "whitfield daniel"),
    (OneMonth, "test_a_stay_is_found_two_months_around_its_arrival_and_not_beyond", "does not find"),
    (AnyDate, "test_a_stay_is_found_two_months_around_its_arrival_and_not_beyond", "too far away"),
    (NamesTheCancelled, _ARRIVALS, "names Q10231, which is cancelled"),
    (NobodyArrives, _ARRIVALS, "does not name"),
    (EveryHouse, _ARRIVALS, "names"),
    (ArrivesTwice, _ARRIVALS, "each stay once"),
    (AsksForEachArrival, "test_arrivals_take_as_many_statements_for_many_stays_as_for_few", "with few"),
    (Writes, "test_reading_writes_nothing", "writes into the hotel's tables"),
    (Prints, "test_reading_prints_no_record", "turns a Group into text"),
    (PrintsOnTheScreen, "test_reading_prints_no_record", "the adapter prints: Q10231"),
    (AsksALot, "test_one_stay_takes_few_statements", "takes 13 statements"),
    (AsksForEach, "test_a_search_takes_as_many_statements_for_many_stays_as_for_few", "with few"),
    (InventsAHouse, "test_nobody_is_given_a_house_that_does_not_exist", "NOWHERE"),
    (Undecided, "test_whether_a_guest_may_be_written_to_is_yes_or_no", "answer True or False"),
    (KnowsItsFault, "test_it_finds_nothing_wrong_with_itself", "leads nowhere"),
    (BooksTwice, "test_booking_a_free_night_twice_books_it_once", "the same request"),
]


def contract_of(hotel: Hotel) -> TestTheMemoryHotel:
    contract = TestTheMemoryHotel()
    contract.hotel = lambda: hotel  # type: ignore[method-assign]
    return contract


@pytest.mark.parametrize(
    ("wrong", "rule", "sentence"), MISTAKES, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_mistake_is_named(wrong: Callable[[], Hotel], rule: str, sentence: str) -> None:
    with pytest.raises(AssertionError) as refused:
        getattr(contract_of(wrong()), rule)()

    assert sentence in str(refused.value)


def test_every_rule_is_broken_by_one_of_these() -> None:
    rules = {name for name in dir(AdapterContract) if name.startswith("test_")}

    assert rules == {rule for _wrong, rule, _sentence in MISTAKES}


def test_what_an_adapter_cannot_do_is_skipped() -> None:
    hotel = MemoryHotel(properties=HotelDouble().properties(), stays=[LOST_STAY], cannot=["find_stays"])

    with pytest.raises(SkipTest, match="has no find_stays"):
        contract_of(hotel).test_hostile_words_find_nothing_and_break_nothing()


def test_a_contract_without_stays_tests_nothing_and_says_so() -> None:
    class Empty(AdapterContract):
        def known_stays(self) -> Sequence[KnownStay]:
            return []

    with pytest.raises(AssertionError, match="give at least one stay"):
        Empty().test_a_known_stay_is_found_by_its_reference()


def test_records_can_be_printed_again_afterwards() -> None:
    contract_of(HotelDouble()).test_reading_prints_no_record()

    assert str(Group(name="night shift")) == "night shift"
    assert connection.execute_wrappers == []


def test_the_memory_hotel_of_the_fixtures_is_the_one_that_verbs_ask(
    recovery_memory_hotel: MemoryHotel,
) -> None:
    recovery_memory_hotel.put(dataclasses.replace(LOST_STAY, property_code="HOME"))

    complaint = testing.make_complaint(stay_ref=LOST)

    assert complaint.property_code == "HOME"


def test_the_house_of_the_fixtures_is_ready_to_work(recovery_house: testing.House) -> None:
    assert recovery_house.code == "QUAY"
    assert recovery_house.general_manager.name == "Helen Marsh"
    assert testing.make_house() == recovery_house


def test_permissions_can_be_given_by_name_and_only_by_name(django_user_model: Any) -> None:
    user = django_user_model.objects.create_user(username="ole")

    testing.allow(user, "release_letter")

    assert user.has_perm("recovery.release_letter")
    with pytest.raises(ValueError, match="release_leter"):
        testing.allow(user, "release_leter")
