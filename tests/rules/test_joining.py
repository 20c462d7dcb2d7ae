from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest

from recovery.rules import joining
from recovery.rules.joining import Why

TODAY = dt.date(2027, 7, 17)


def row(pk: int = 1, **facts: Any) -> joining.Open:
    values: dict[str, Any] = {
        "property_code": "QUAY",
        "stay_ref": "Q1",
        "room": "412",
        "arrival_on": dt.date(2027, 7, 15),
        "departure_on": dt.date(2027, 7, 19),
        "phones": frozenset({"+44 7700 900211"}),
        "emails": frozenset({"daniel@example.com"}),
        "names": frozenset({"Daniel Whitfield"}),
    }
    return joining.Open(pk=pk, **(values | facts))


def found(*rows: joining.Open, current: Sequence[str] | None = ("Q1",), **word: Any) -> joining.Belongs:
    values: dict[str, Any] = {"property_code": "QUAY", "on": TODAY}
    return joining.belongs_to(joining.Word(**(values | word)), rows, current_stays_with=current)


def test_the_same_stay_is_certain() -> None:
    assert found(row(), stay_ref="Q1").certain == 1


def test_the_same_room_inside_the_stay_is_certain() -> None:
    assert found(row(), room=" 412 ").certain == 1


@pytest.mark.parametrize("on", [dt.date(2027, 7, 14), dt.date(2027, 7, 20)])
def test_the_same_room_before_or_after_the_stay_is_somebody_else(on: dt.date) -> None:
    assert found(row(), room="412", on=on).perhaps == ()


@pytest.mark.parametrize("phone", ["07700 900211", "0044-7700-900211", "+44 (7700) 900 211"])
def test_a_phone_that_no_other_current_stay_has_is_certain(phone: str) -> None:
    assert found(row(), phone=phone).certain == 1


def test_a_phone_that_another_current_stay_has_too_is_asked() -> None:
    belongs = found(row(), phone="+44 7700 900211", current=("Q1", "Q2"))

    assert (belongs.certain, belongs.perhaps) == (None, ((1, (Why.PHONE,)),))


def test_a_phone_of_another_current_stay_only_is_asked() -> None:
    assert found(row(), phone="+44 7700 900211", current=("Q2",)).certain is None


def test_a_hotel_that_cannot_say_who_else_has_a_phone_proves_nothing() -> None:
    assert found(row(), email="DANIEL@example.com", current=None).certain is None
    assert found(row(), email="DANIEL@example.com", current=None).perhaps == ((1, (Why.EMAIL,)),)


def test_a_name_is_never_certain() -> None:
    assert found(row(), name="daniel whitfield").certain is None


def test_two_complaints_of_one_stay_are_asked_about() -> None:
    belongs = found(row(1), row(2), stay_ref="Q1")

    assert belongs.certain is None
    assert [pk for pk, _why in belongs.perhaps] == [2, 1]


def test_another_stay_is_never_joined_however_much_else_fits() -> None:
    assert found(row(), stay_ref="Q9", room="412", phone="+44 7700 900211").certain is None


def test_another_house_is_not_looked_at() -> None:
    assert found(row(property_code="STRAND", stay_ref="S1"), room="412").perhaps == ()


@pytest.mark.parametrize("phone", ["", "1", "900", "+"])
def test_a_number_that_is_none_finds_nobody(phone: str) -> None:
    assert found(row(phones=frozenset({phone})), phone=phone).perhaps == ()


def test_the_one_with_most_in_common_comes_first() -> None:
    belongs = found(
        row(1, stay_ref="Q1", room="1", phones=frozenset(), emails=frozenset()),
        row(2, stay_ref="Q2", room="2", phones=frozenset({"+44 7700 900211"})),
        current=None,
        name="Daniel Whitfield",
        phone="+44 7700 900211",
    )

    assert [pk for pk, _why in belongs.perhaps] == [2, 1]
