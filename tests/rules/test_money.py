from __future__ import annotations

import decimal
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery import errors
from recovery.rules import money

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10) ** 9, allow_nan=False, places=2)


@pytest.mark.parametrize(
    ("currency", "places"),
    [("EUR", 2), ("DKK", 2), ("JPY", 0), ("ISK", 0), ("XAF", 0), ("BHD", 3), ("IQD", 3), ("CLF", 4)],
)
def test_each_currency_has_its_decimals(currency: str, places: int) -> None:
    assert money.minor_units(currency) == places
    assert money.quantise(Decimal("7"), currency).as_tuple().exponent == -places


@pytest.mark.parametrize(
    "currency", ["", "eur", "EU", "EURO", "EUR\n", "\u20ac", "E\0R", "ÆØÅ", "A" * 1_000_000]
)
def test_what_is_not_three_capital_letters_is_no_currency(currency: str) -> None:
    with pytest.raises(errors.BadCurrency) as refusal:
        money.check_amount(Decimal("1"), currency)
    assert len(refusal.value.sentence) < 200


def test_halves_are_rounded_away_from_zero() -> None:
    assert money.quantise(Decimal("0.125"), "EUR") == Decimal("0.13")
    assert money.quantise(Decimal("-0.125"), "EUR") == Decimal("-0.13")
    assert money.quantise(Decimal("2.5"), "JPY") == Decimal("3")


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+100", "1E+999999"])
def test_what_is_no_sane_number_cannot_be_quantised(amount: str) -> None:
    with pytest.raises(errors.BadAmount):
        money.quantise(Decimal(amount), "EUR")


def test_an_amount_comes_back_with_the_decimals_of_its_currency() -> None:
    checked = money.check_amount(Decimal("1200.5"), "DKK")
    assert str(checked) == "1200.50"
    assert str(money.check_amount(Decimal("1.5E+3"), "JPY")) == "1500"
    assert str(money.check_amount(Decimal("10.5000"), "EUR")) == "10.50"


@pytest.mark.parametrize(
    "amount", ["0", "-0.00", "-1", "0.001", "10.005", "NaN", "sNaN", "Infinity", "-Infinity", "1E-999999"]
)
def test_an_amount_that_nobody_can_be_given_is_refused(amount: str) -> None:
    with pytest.raises(errors.BadAmount) as refusal:
        money.check_amount(Decimal(amount), "EUR")
    assert refusal.value.code == "bad_amount"
    assert "2 decimals in EUR" in refusal.value.sentence


def test_a_yen_has_no_hundredths() -> None:
    with pytest.raises(errors.BadAmount, match="0 decimals in JPY"):
        money.check_amount(Decimal("100.5"), "JPY")


@pytest.mark.parametrize("amount", ["1000000000.01", "1E+10", "1E+999999"])
def test_an_absurd_amount_is_refused_with_its_own_sentence(amount: str) -> None:
    with pytest.raises(errors.AmountTooLarge, match="1,000,000,000 EUR"):
        money.check_amount(Decimal(amount), "EUR")
    assert issubclass(errors.AmountTooLarge, errors.BadAmount)


def test_the_largest_amount_is_still_allowed() -> None:
    assert money.check_amount(money.LARGEST_AMOUNT, "CLF") == money.LARGEST_AMOUNT


@given(amounts)
def test_a_checked_amount_stays_the_same_however_often_it_is_checked(amount: Decimal) -> None:
    once = money.check_amount(amount, "EUR")
    assert once == amount
    assert str(money.check_amount(once, "EUR")) == str(once)


def test_currencies_are_not_mixed() -> None:
    money.check_same_currency(expected="DKK", given="DKK")
    with pytest.raises(errors.CurrencyMismatch, match="in DKK, not in EUR"):
        money.check_same_currency(expected="DKK", given="EUR")


def test_a_share_is_rounded_once_at_the_end() -> None:
    assert money.share(Decimal("1295.00"), Decimal("150"), "DKK") == Decimal("1942.50")
    assert money.share(Decimal("99.99"), Decimal("33.335"), "EUR") == Decimal("33.33")
    assert money.share(Decimal("1235"), Decimal("50"), "JPY") == Decimal("618")


def test_a_share_of_no_number_is_refused() -> None:
    with pytest.raises(errors.BadAmount):
        money.share(Decimal("NaN"), Decimal("50"), "EUR")
    with pytest.raises(errors.BadAmount):
        money.share(Decimal("1"), Decimal("Infinity"), "EUR")


def test_a_host_that_changed_the_decimal_context_changes_nothing_here() -> None:
    with decimal.localcontext() as context:
        context.prec = 3
        context.rounding = decimal.ROUND_DOWN
        assert money.share(Decimal("123456.78"), Decimal("50"), "EUR") == Decimal("61728.39")
        assert str(money.check_amount(Decimal("123456.78"), "EUR")) == "123456.78"
        assert money.quantise(Decimal("0.125"), "EUR") == Decimal("0.13")


@pytest.mark.parametrize(
    ("amount", "currency", "language", "written"),
    [
        ("1200", "DKK", "en", "DKK 1,200.00"),
        ("1200", "DKK", "da", "1.200,00 kr."),
        ("1200", "EUR", "da", "1.200,00 EUR"),
        ("1234567.891", "EUR", "en-gb", "EUR 1,234,567.89"),
        ("1234567.891", "DKK", "da-DK", "1.234.567,89 kr."),
        ("45000", "JPY", "en", "JPY 45,000"),
        ("12.5", "BHD", "da", "12,500 BHD"),
        ("-5", "EUR", "en", "EUR -5.00"),
        ("1000000000", "EUR", "en", "EUR 1,000,000,000.00"),
        ("9.5", "EUR", "xx", "EUR 9.50"),
        ("9.5", "EUR", "", "EUR 9.50"),
    ],
)
def test_an_amount_is_written_as_the_language_writes_it(
    amount: str, currency: str, language: str, written: str
) -> None:
    shown = money.format_amount(Decimal(amount), currency, language)
    assert shown.replace("\u00a0", " ") == written


def test_figures_and_unit_are_never_torn_apart_by_a_line_break() -> None:
    for language in ("en", "da"):
        assert " " not in money.format_amount(Decimal("1200"), "DKK", language)
