from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from recovery import errors
from recovery.hotel import Guest, Hotel, MatchReason, MemoryHotel, Property, Stay, StayStatus

LEA = Guest(ref="G1", name="Léa Kovács", email="lea@example.com")
HOUSE = Property(code="CPH", name="Hotel", time_zone="Europe/Copenhagen", currency="DKK")
STAY = Stay(
    ref="B1",
    property_code="CPH",
    guest=LEA,
    arrival_on=dt.date(2026, 6, 11),
    departure_on=dt.date(2026, 6, 13),
    status=StayStatus.CANCELLED,
)


@pytest.fixture
def memory() -> MemoryHotel:
    return MemoryHotel(stays=[STAY], properties=[HOUSE])


def test_it_knows_what_it_was_given(memory: MemoryHotel) -> None:
    assert memory.get_stay("B1") == STAY
    assert memory.get_guest("G1") == LEA
    assert memory.get_property("CPH") == HOUSE
    assert memory.properties() == [HOUSE]


def test_it_does_not_know_what_it_was_not_given(memory: MemoryHotel) -> None:
    assert memory.get_stay("B2") is None
    assert memory.get_guest("") is None
    assert memory.get_property("cph") is None


def test_a_removed_stay_is_gone_and_the_guest_is_not(memory: MemoryHotel) -> None:
    memory.remove_stay("B1")

    assert memory.get_stay("B1") is None
    assert memory.get_guest("G1") == LEA


def test_it_finds_the_misheard_guest_of_another_month(memory: MemoryHotel) -> None:
    found = memory.find_stays("Lea Kovach", dt.date(2026, 7, 11))

    assert found[0].stay == STAY
    assert set(found[0].why) == {MatchReason.SIMILAR_NAME, MatchReason.OTHER_MONTH, MatchReason.CANCELLED}


def test_the_same_request_books_once(memory: MemoryHotel) -> None:
    first, second = (
        memory.book_certificate_nights(certificate_ref="C1", stay=STAY, nights=1, request_key="k1")
        for _ in range(2)
    )

    assert first == second
    assert [(b.stay_ref, b.nights, b.confirmation) for b in memory.booked] == [("B1", 1, first)]


def test_nights_are_taken_off_again_once(memory: MemoryHotel) -> None:
    for _ in range(2):
        memory.cancel_certificate_nights(certificate_ref="C1", stay=STAY, nights=1, request_key="k2")

    assert len(memory.cancelled) == 1


@pytest.mark.parametrize("capability", ["find_stays", "book_certificate_nights", "cancel_certificate_nights"])
def test_it_can_lack_what_a_host_may_lack(capability: str) -> None:
    memory = MemoryHotel(cannot=[capability])
    nights = {"certificate_ref": "C1", "stay": STAY, "nights": 1, "request_key": "k"}
    arguments = {"words": "x"} if capability == "find_stays" else nights

    assert not memory.has(capability)
    with pytest.raises(errors.HotelCannot, match=capability):
        getattr(memory, capability)(**arguments)


def test_it_vetoes_and_restricts_as_told() -> None:
    memory = MemoryHotel(vetoed=["G1"], access={"anna": ["CPH"]})
    anna, bo = (SimpleNamespace(get_username=lambda name=name: name) for name in ("anna", "bo"))

    assert not memory.may_write_to(LEA)
    assert memory.may_write_to(Guest(ref="G2", name="Bo"))
    assert memory.properties_for(anna) == frozenset({"CPH"})
    assert memory.properties_for(bo) is None


class PaperHotel(Hotel):
    """The least that a host can write."""

    def get_stay(self, ref: str) -> Stay | None:
        return STAY if ref == STAY.ref else None

    def get_guest(self, ref: str) -> Guest | None:
        return None

    def properties(self) -> list[Property]:
        return [HOUSE]


def test_the_least_adapter_has_defaults_for_the_rest() -> None:
    paper = PaperHotel()

    assert paper.get_property("CPH") == HOUSE
    assert paper.get_property("AAR") is None
    assert paper.properties_for(object()) is None
    assert paper.may_write_to(LEA)
    assert paper.problems() == ()


@pytest.mark.parametrize("capability", ["find_stays", "book_certificate_nights", "cancel_certificate_nights"])
def test_what_is_not_defined_is_not_a_capability(capability: str) -> None:
    assert not PaperHotel().has(capability)
    assert MemoryHotel().has(capability)


def test_a_misspelt_capability_is_a_mistake_not_a_no() -> None:
    with pytest.raises(ValueError, match="find_stay"):
        PaperHotel().has("find_stay")
