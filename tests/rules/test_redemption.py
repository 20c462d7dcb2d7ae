from __future__ import annotations

import dataclasses
import datetime as dt
import time
from typing import Any

import pytest

from recovery import errors
from recovery.rules import redemption
from recovery.rules.redemption import Asked, Face

LAST = dt.date(2029, 7, 31)
ASKED = Asked(
    nights=1,
    property_code="QUAY",
    guest_ref="1",
    arrival_on=dt.date(2028, 4, 21),
    stay_nights=2,
    cancelled=False,
)
FACE = Face(
    nights_left=2,
    houses=(),
    guest_ref="1",
    transferable=True,
    last_arrival_on=LAST,
    void=False,
    void_reason="",
    expired=False,
)


def check(asked: dict[str, Any] | None = None, **face: Any) -> None:
    redemption.check(
        dataclasses.replace(ASKED, **(asked or {})), dataclasses.replace(FACE, **face), grace_days=30
    )


def test_a_good_certificate_is_taken() -> None:
    check()
    check({"nights": 2})
    check({"stay_nights": None, "nights": 2})


@pytest.mark.parametrize("nights", [0, -1, -(10**9), True, False, 1.0, "1", None])
def test_what_is_no_number_of_nights_is_refused(nights: Any) -> None:
    with pytest.raises(errors.BadNights):
        check({"nights": nights})


@pytest.mark.parametrize("nights", [3, 10**9])
def test_more_nights_than_are_left_are_refused(nights: int) -> None:
    with pytest.raises(errors.TooFewNights):
        check({"nights": nights})


def test_a_stay_cannot_take_more_nights_than_it_has() -> None:
    with pytest.raises(errors.StayTooShort):
        check({"nights": 2, "stay_nights": 1})


@pytest.mark.parametrize(
    ("face", "refusal"),
    [
        ({"void": True, "void_reason": "issued twice"}, errors.CertificateVoid),
        ({"expired": True}, errors.CertificateExpired),
        ({"nights_left": 0}, errors.CertificateUsed),
        ({"houses": ("STRAND",)}, errors.CertificateOutOfScope),
        ({"transferable": False, "guest_ref": "2"}, errors.CertificateForeign),
    ],
)
def test_each_reason_has_its_own_refusal(face: dict[str, Any], refusal: type[errors.RecoveryError]) -> None:
    with pytest.raises(refusal):
        check(**face)


def test_a_cancelled_stay_takes_no_night() -> None:
    with pytest.raises(errors.StayCancelled):
        check({"cancelled": True})


@pytest.mark.parametrize(("late", "taken"), [(0, True), (30, True), (31, False)])
def test_the_arrival_counts_with_thirty_days_of_grace(late: int, taken: bool) -> None:
    asked = {"arrival_on": LAST + dt.timedelta(days=late)}
    if taken:
        check(asked)
    else:
        with pytest.raises(errors.CertificateExpired) as refusal:
            check(asked)
        assert "2029-07-31" in refusal.value.sentence


def test_a_personal_certificate_without_a_known_guest_is_not_refused() -> None:
    check({"guest_ref": "2"}, transferable=False, guest_ref="")


def test_a_personal_certificate_is_for_its_guest() -> None:
    check(transferable=False)
    with pytest.raises(errors.CertificateForeign):
        check({"guest_ref": ""}, transferable=False)


def test_a_withdrawn_certificate_says_so_before_anything_else() -> None:
    with pytest.raises(errors.CertificateVoid) as refusal:
        check({"cancelled": True}, void=True, void_reason="issued twice", expired=True, nights_left=0)

    assert "issued twice" in refusal.value.sentence


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("daniel whitfield", "Daniel Whitfield"),
        ("Whitfield, Daniel", "Daniel Whitfield"),
        ("André  Müller", "andre muller"),
        ("O'Neill Mary-Ann", "Mary Ann O’Neill"),
    ],
)
def test_an_id_may_write_a_name_another_way(typed: str, printed: str) -> None:
    assert redemption.same_name(typed, printed)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("", ""),
        ("", "Daniel"),
        (" - ", " - "),
        ("Daniel", "Daniel Whitfield"),
        ("Dan Whitfield", "Daniel Whitfield"),
    ],
)
def test_another_name_is_another_name(typed: str, printed: str) -> None:
    assert not redemption.same_name(typed, printed)


@pytest.mark.parametrize("typed", ["a" * 1_000_000, "e" + "\u0301\u0323" * 500_000])
def test_a_megabyte_of_name_is_refused_at_once(typed: str) -> None:
    begun = time.monotonic()

    assert not redemption.same_name(typed, "Daniel Whitfield")
    assert time.monotonic() - begun < 0.5
