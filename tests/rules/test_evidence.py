from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from recovery.errors import EvidenceMissing, TextTooLong
from recovery.rules import evidence

ROOM = (
    {"key": "hotel", "label": "hotel"},
    {"key": "distance_km", "label": "distance, km", "kind": "decimal"},
    {"key": "guests", "label": "for how many", "kind": "count", "optional": True},
    {"key": "held", "label": "held", "kind": "yes", "optional": True},
)


def check(**given: Any) -> dict[str, str]:
    return evidence.check("Find another room", ROOM, {"hotel": "The Lantern", "distance_km": "0.4"} | given)


def test_proof_is_kept_as_text_in_the_order_of_the_fields() -> None:
    found = check(guests=2, distance_km=Decimal("0.40"), hotel="  The\u00a0Lantern ")

    assert list(found.items()) == [("hotel", "The Lantern"), ("distance_km", "0.40"), ("guests", "2")]


def test_every_missing_field_is_named_at_once() -> None:
    with pytest.raises(EvidenceMissing) as refusal:
        check(hotel="", distance_km=None)

    assert "hotel, distance, km" in refusal.value.sentence
    assert "Find another room" in refusal.value.sentence


@pytest.mark.parametrize("distance", ["far", "-1", "NaN", "Infinity", "1e400", "", "0.4 km", "1,2,3"])
def test_a_distance_that_is_none_is_refused(distance: str) -> None:
    with pytest.raises(EvidenceMissing):
        check(distance_km=distance)


@pytest.mark.parametrize(("typed", "kept"), [("0,6", "0.6"), ("12", "12"), ("0.40", "0.40")])
def test_a_distance_may_be_typed_with_a_comma(typed: str, kept: str) -> None:
    assert check(distance_km=typed)["distance_km"] == kept


@pytest.mark.parametrize("count", ["two", "-1", "1.5", "\u00b2", "\u0662"])
def test_a_count_that_is_none_is_refused(count: str) -> None:
    with pytest.raises(EvidenceMissing):
        check(guests=count)


@pytest.mark.parametrize(("typed", "accepted"), [("yes", True), (True, True), ("on", True), ("no", False)])
def test_yes_is_yes(typed: object, accepted: bool) -> None:
    if accepted:
        assert check(held=typed)["held"]
    else:
        with pytest.raises(EvidenceMissing):
            check(held=typed)


def test_what_nobody_asked_for_is_left_out() -> None:
    assert "secret" not in check(secret="7K3M-9QXA-T4HV")


def test_a_megabyte_is_no_proof() -> None:
    with pytest.raises(TextTooLong):
        check(hotel="a" * 1_000_000)


@pytest.mark.parametrize("nothing", ["\u200b", "   ", "\0"])
def test_invisible_proof_is_none(nothing: str) -> None:
    with pytest.raises(EvidenceMissing):
        check(hotel=nothing)


def test_a_step_that_asks_for_nothing_needs_nothing() -> None:
    assert evidence.check("Seat the guest", (), {"anything": "at all"}) == {}
