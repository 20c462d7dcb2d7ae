from __future__ import annotations

import datetime as dt
from dataclasses import FrozenInstanceError
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from recovery import errors
from recovery.hotel import Guest, Property, Stay, StayStatus


def make_stay(**values: Any) -> Stay:
    defaults: dict[str, Any] = {
        "ref": "B1",
        "property_code": "CPH",
        "guest": Guest(ref="G1", name="Léa Kovács"),
        "arrival_on": dt.date(2026, 7, 11),
        "departure_on": dt.date(2026, 7, 14),
    }
    return Stay(**(defaults | values))


def test_a_fact_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        make_stay().ref = "B2"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Léa   Kovács ", "Léa Kovács"),
        ("Le\u0301a", "Léa"),
        ("Léa\r\nBcc: all@example.com", "Léa Bcc: all@example.com"),
        ("L\x00é\x07a", "Léa"),
        ("Léa\u2028Kovács", "Léa Kovács"),
        ("\u202eaéL\u202c", "aéL"),
        ("\ud800Léa", "Léa"),
        ("\U0001f469\u200d\U0001f373 Léa", "\U0001f469\u200d\U0001f373 Léa"),
        ("محمد", "محمد"),
        ("x" * 1_000_000, "x" * 160),
        ("", ""),
        (None, ""),
    ],
)
def test_a_name_becomes_one_printable_line(given: Any, kept: str) -> None:
    assert Guest(ref="G1", name=given).name == kept


def test_a_cut_never_leaves_a_joiner_dangling() -> None:
    assert Guest(ref="G1", name="x" * 159 + "\u200d\U0001f373").name == "x" * 159


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" lea@example.com ", "lea@example.com"),
        ("lea", ""),
        ("lea@", ""),
        ("lea@example.com, other@example.com", ""),
        ("lea@example.com\nBcc: all@example.com", ""),
        ("Léa <lea@example.com>", ""),
        ("x" * 250 + "@example.com", ""),
    ],
)
def test_what_cannot_be_an_address_is_none(given: str, kept: str) -> None:
    assert Guest(ref="G1", name="Léa", email=given).email == kept


@pytest.mark.parametrize(
    ("given", "kept"), [("da", "da"), ("pt_BR", "pt-br"), ("EN", "en"), ("Danish", ""), ("d", ""), ("", "")]
)
def test_a_language_is_a_code_or_nothing(given: str, kept: str) -> None:
    assert Guest(ref="G1", name="Léa", language=given).language == kept


@pytest.mark.parametrize("ref", ["", "a\nb", "a\x00", "\u202ea", "x" * 65])
def test_a_stay_needs_a_usable_reference(ref: str) -> None:
    with pytest.raises(errors.BadHotel, match=r"Stay\.ref"):
        make_stay(ref=ref)


def test_a_reference_may_be_a_number_or_a_uuid() -> None:
    key = UUID(int=7)

    assert make_stay(ref=7).ref == "7"
    assert make_stay(ref=key).ref == str(key)


@pytest.mark.parametrize(
    ("arrival", "departure", "nights"),
    [
        (dt.date(2026, 7, 11), dt.date(2026, 7, 14), 3),
        (dt.date(2026, 7, 11), dt.date(2026, 7, 11), 0),
        (dt.date(2026, 7, 11), dt.date(2026, 7, 10), None),
        (dt.date(2026, 7, 11), None, None),
        (None, dt.date(2026, 7, 11), None),
    ],
)
def test_nights_are_counted_or_unknown(
    arrival: dt.date | None, departure: dt.date | None, nights: int | None
) -> None:
    assert make_stay(arrival_on=arrival, departure_on=departure).nights == nights


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"arrival_on": dt.datetime(2026, 7, 11)}, "arrival_on"),  # noqa: DTZ001 because that is the mistake
        ({"departure_on": "2026-07-11"}, "departure_on"),
        ({"guest": "Léa"}, "guest"),
        ({"status": "somewhere"}, "status"),
        ({"room": object()}, "object"),
        ({"agency": ["a"]}, "list"),
    ],
)
def test_a_wrong_type_is_refused_with_the_name_of_the_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(errors.BadHotel, match=field):
        make_stay(**values)


def test_plain_words_become_facts() -> None:
    stay = make_stay(status="in_house", nightly_rate="99,50", currency="dkk", room=12, guest=None)

    assert stay.status is StayStatus.IN_HOUSE
    assert (stay.nightly_rate, stay.currency, stay.room) == (Decimal("99.50"), "DKK", "12")


@pytest.mark.parametrize("currency", ["$", "kr.", "EURO", "E1R", ""])
def test_a_sign_is_no_currency(currency: str) -> None:
    assert make_stay(currency=currency).currency == ""


def test_a_house_has_a_clock() -> None:
    house = Property(code="CPH", name="Hotel", time_zone="Europe/Copenhagen")

    assert house.zone.key == "Europe/Copenhagen"


@pytest.mark.parametrize("zone", ["", "Copenhagen", "CEST+2", "../etc/passwd", "Europe/\x00"])
def test_a_house_with_a_wrong_zone_is_refused(zone: str) -> None:
    with pytest.raises(errors.BadHotel, match="IANA"):
        Property(code="CPH", name="Hotel", time_zone=zone)


def test_the_address_of_a_house_is_cleaned_line_by_line() -> None:
    lines: Any = ("Quay 1\r\n", "", "  1000   Town", None)
    text: Any = "Quay 1\n1000 Town"

    assert Property(code="A", name="A", time_zone="UTC", address=lines).address == ("Quay 1", "1000 Town")
    assert Property(code="A", name="A", time_zone="UTC", address=text).address == ("Quay 1", "1000 Town")


@pytest.mark.parametrize("latitude", [91.0, -91.0, float("nan"), "north", True, None])
def test_a_place_off_the_globe_is_no_place(latitude: Any) -> None:
    assert Property(code="A", name="A", time_zone="UTC", latitude=latitude).latitude is None
