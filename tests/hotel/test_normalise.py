from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from recovery import errors
from recovery.choices import Role
from recovery.hotel.normalise import to_bool, to_coordinate, to_date, to_decimal, to_nights, to_text

DAY = dt.date(2026, 7, 11)
AUCKLAND = ZoneInfo("Pacific/Auckland")


class Telephone:
    """A value of a custom field, as of a telephone library."""

    def __str__(self) -> str:
        return "+45 11 22 33 44"


class Crash:
    def __str__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (None, ""),
        ("a", "a"),
        (SafeString("<b>"), "<b>"),
        (Role.FRONT_DESK, "FD"),
        (gettext_lazy("in person"), "in person"),
        (7, "7"),
        (Decimal("7.50"), "7.50"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"caf\xc3\xa9 \xff", "café \ufffd"),
        (DAY, "2026-07-11"),
        (AUCKLAND, "Pacific/Auckland"),
        (Telephone(), "+45 11 22 33 44"),
    ],
)
def test_a_plain_value_has_a_text(given: Any, text: str) -> None:
    assert to_text(given) == text
    assert type(to_text(given)) is str


@pytest.mark.parametrize("given", [object(), [1], {"a": 1}, (1,), {1}, Crash()])
def test_anything_else_is_refused_and_never_printed(given: Any) -> None:
    with pytest.raises(errors.BadHotel, match=type(given).__name__):
        to_text(given)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (None, None),
        (DAY, DAY),
        (dt.datetime(2026, 7, 11, 23, 59), DAY),  # noqa: DTZ001 because hosts store naive moments
        (dt.datetime(2026, 7, 10, 12, 0, tzinfo=dt.UTC), DAY),  # midnight in Auckland
        (dt.datetime(2026, 7, 10, 11, 59, tzinfo=dt.UTC), DAY - dt.timedelta(days=1)),
        ("2026-07-11", DAY),
        (" 2026-07-11 ", DAY),
        ("2026/07/11", DAY),
        ("2026.07.11", DAY),
        ("20260711", DAY),
        ("11.7.2026", DAY),
        ("11.07.2026", DAY),
        ("2026-07-11T15:00:00", DAY),
        ("2026-07-11 15:00", DAY),
        ("2026-07-10T12:00:00+00:00", DAY),
        ("2026-07-10T12:00:00Z", DAY),
        ("07/11/2026", None),
        ("11-07-2026", None),
        ("11.7.26", None),
        ("2026-07/11", None),
        ("2026-02-30", None),
        ("tomorrow", None),
        ("", None),
        ("9" * 10_000, None),
        ("٢٠٢٦-٠٧-١١", None),
        (20260711, None),
        (1.5, None),
        (object(), None),
        (dt.datetime.max.replace(tzinfo=dt.UTC), dt.date.max),
    ],
)
def test_a_date_is_the_day_at_the_house_or_none(given: Any, day: dt.date | None) -> None:
    assert to_date(given, lambda: AUCKLAND) == day


def test_the_zone_is_asked_only_for_a_moment() -> None:
    def nobody() -> dt.tzinfo:
        raise AssertionError("asked")

    assert to_date(DAY, nobody) == DAY
    assert to_date("2026-07-11", nobody) == DAY


@pytest.mark.parametrize(
    ("given", "amount"),
    [
        (None, None),
        (True, None),
        (0, Decimal(0)),
        (1450, Decimal(1450)),
        (Decimal("99.50"), Decimal("99.50")),
        (0.1 + 0.2, Decimal("0.3")),
        (1e9, Decimal(10**9)),
        ("99.50", Decimal("99.50")),
        (" 99,50 ", Decimal("99.50")),
        ("1,234", None),  # a thousand or one and a bit?
        ("1.234,50", None),
        ("EUR 5", None),
        ("", None),
        (-1, None),
        ("NaN", None),
        ("Infinity", None),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("sNaN"), None),
        (10**10, None),
        ("9" * 10_000, None),
        (object(), None),
    ],
)
def test_an_amount_is_exact_or_none(given: Any, amount: Decimal | None) -> None:
    assert to_decimal(given) == amount


@pytest.mark.parametrize(
    ("given", "nights"),
    [
        (2, 2),
        ("2", 2),
        (2.0, 2),
        (Decimal("2"), 2),
        (0, 0),
        (2.5, None),
        (-1, None),
        (9999, None),
        (None, None),
        ("x", None),
    ],
)
def test_nights_are_whole_or_none(given: Any, nights: int | None) -> None:
    assert to_nights(given) == nights


@pytest.mark.parametrize(
    ("given", "flag"),
    [
        (True, True),
        (False, False),
        (None, False),
        (1, True),
        (0, False),
        ("yes", True),
        ("No", False),
        ("0", False),
        ("", False),
        (DAY, True),
    ],
)
def test_a_flag_is_set_or_not(given: Any, flag: bool) -> None:
    assert to_bool(given) is flag


def test_a_record_is_no_flag() -> None:
    with pytest.raises(errors.BadHotel):
        to_bool(object())


@pytest.mark.parametrize(
    ("given", "degrees"), [("57.7", 57.7), (Decimal("57.7"), 57.7), (200, None), ("1e999", None)]
)
def test_degrees_are_on_the_globe_or_none(given: Any, degrees: float | None) -> None:
    assert to_coordinate(given, limit=180) == degrees
