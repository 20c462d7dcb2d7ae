"""Amounts: how many decimals, what can be an amount at all, how it is written. Never a float."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from .. import errors

#: No grant of a hotel is larger, in any currency: more is a missing decimal point.
LARGEST_AMOUNT = Decimal(10) ** 9

_DEFAULT_PLACES = 2
# ISO 4217 minor units, where they are not two.
# fmt: off
_PLACES = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
    "CLF": 4, "UYW": 4,
}
# fmt: on
_CURRENCY = re.compile(r"[A-Z]{3}")
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)  # ours, because a host may change the thread's
_LONGEST_EXPONENT = 40

# Per language: thousands mark, decimal mark, pattern, and the sign of currencies that have one there.
_STYLES: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "en": (",", ".", "{unit}\u00a0{figures}", {}),
    "da": (".", ",", "{figures}\u00a0{unit}", {"DKK": "kr."}),
}


def minor_units(currency: str) -> int:
    """How many decimals the currency has.

    :raises BadCurrency: if this is not three capital letters.
    """
    if not _CURRENCY.fullmatch(currency):
        raise errors.BadCurrency(currency=currency[:12])
    return _PLACES.get(currency, _DEFAULT_PLACES)


def quantise(amount: Decimal, currency: str) -> Decimal:
    """The amount with exactly the currency's decimals, halves away from zero.

    :raises BadCurrency: if this is not three capital letters.
    :raises BadAmount: if the amount is not a number of a sane length.
    """
    places = minor_units(currency)
    if not amount.is_finite() or amount.adjusted() > _LONGEST_EXPONENT:
        raise errors.BadAmount(places=places, currency=currency)
    return amount.quantize(Decimal(1).scaleb(-places), context=_EXACT)


def check_amount(amount: Decimal, currency: str) -> Decimal:
    """The amount, quantised, if it can be given to somebody.

    :raises BadCurrency: if the currency is not three capital letters.
    :raises BadAmount: if it is zero, negative, no number, or has too many decimals.
    :raises AmountTooLarge: if it is above 1,000,000,000; also a ``BadAmount``.
    """
    places = minor_units(currency)
    if not amount.is_finite() or amount <= 0:
        raise errors.BadAmount(places=places, currency=currency)
    if amount > LARGEST_AMOUNT:
        raise errors.AmountTooLarge(most=f"{LARGEST_AMOUNT:,}", currency=currency)
    exact = quantise(amount, currency)
    if exact != amount:
        raise errors.BadAmount(places=places, currency=currency)
    return exact


def check_same_currency(*, expected: str, given: str) -> None:
    """Refuse to mix currencies.

    :raises CurrencyMismatch: if they differ.
    """
    if expected != given:
        raise errors.CurrencyMismatch(expected=expected[:12], given=given[:12])


def share(amount: Decimal, percent: Decimal, currency: str) -> Decimal:
    """``percent`` of the amount, rounded to the currency's decimals.

    :raises BadAmount: if either is not a number.
    """
    if not amount.is_finite() or not percent.is_finite():
        raise errors.BadAmount(places=minor_units(currency), currency=currency)
    return quantise(_EXACT.divide(_EXACT.multiply(amount, percent), Decimal(100)), currency)


def format_amount(amount: Decimal, currency: str, language: str) -> str:
    """The amount as a letter writes it: ``DKK 1,200.00`` in English, ``1.200,00 kr.`` in Danish.

    Figures and unit are held together by a no-break space. Other languages read the English form.
    """
    thousands, point, pattern, signs = _STYLES.get(language[:2].lower(), _STYLES["en"])
    marks = str.maketrans({",": thousands, ".": point})
    figures = f"{quantise(amount, currency):,f}".translate(marks)
    return pattern.format(unit=signs.get(currency, currency), figures=figures)
