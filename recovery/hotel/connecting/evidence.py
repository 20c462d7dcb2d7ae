"""What a few values say about a column: does it hold what its name promises?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ... import errors
from ..cleaning import CODE_LIMIT, REF_LIMIT, clean_currency, clean_email, clean_language, is_clean_ref
from ..facts import is_zone
from ..normalise import to_date, to_decimal, to_nights, to_text
from .samples import Broken

#: Points for a column whose values all fit.
FITS = 10
#: Points for a column that is empty in every row: right name, nothing in it.
EMPTY = -12
_PHONE = re.compile(r"[+\d()/.\-\s]{5,40}( ?(x|ext)\.? ?\d+)?", re.ASCII)
_REPR = re.compile(r"<.*>|.* object( \(.*\))?")
#: Below this share of fitting values the column is something else.
_LEAST = 0.3


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """``points`` on top; ``is_refused``: the values are something else; ``why``: for the table."""

    points: int = 0
    is_refused: bool = False
    why: str = ""


def judge(test: str, values: Sequence[object] | None, *, is_text: bool = False) -> Verdict:
    """What the values say. ``is_text``: it is a text column, so only its values can make it a date.

    No rows, or no test: nothing is said.
    """
    if values is None or not test:
        return Verdict()
    broken = next((value for value in values if isinstance(value, Broken)), None)
    if broken is not None:
        return Verdict(is_refused=True, why=f"it raises {broken.error} when it is read")
    filled = [value for value in values if not _is_blank(value)]
    if not filled:
        return Verdict(points=EMPTY, why=f"empty in all {len(values)} rows" if len(values) > 1 else "empty")
    share = sum(_TESTS[test](value) for value in filled) / len(filled)
    if share < _LEAST:
        return Verdict(is_refused=True, why=f"its values are no {_WORDS.get(test, test)}")
    points = round(FITS * (share - 0.5) * 2)
    if test == "date" and is_text:
        points += 24  # because nothing but its values makes a text a date
    missing = len(values) - len(filled)
    return Verdict(points=points, why=f"empty in {missing} of {len(values)} rows" if missing else "")


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _text(value: object) -> str:
    try:
        return to_text(value).strip()
    except errors.BadHotel:
        return ""


def _is_date(value: object) -> bool:
    return to_date(value, lambda: dt.UTC) is not None


def _is_nights(value: object) -> bool:
    nights = to_nights(value)
    return nights is not None and nights < 400


def _is_money(value: object) -> bool:
    amount = to_decimal(value)
    return amount is not None and amount > 0


def _is_name(value: object) -> bool:
    text = _text(value)
    return sum(letter.isalpha() for letter in text) * 2 > len(text) and not _REPR.fullmatch(text)


def _is_phone(value: object) -> bool:
    text = _text(value)
    return sum(letter.isdigit() for letter in text) >= 5 and bool(_PHONE.fullmatch(text))


def _is_plain_text(value: object) -> bool:
    text = _text(value)
    return bool(text) and not _REPR.fullmatch(text)


_TESTS: dict[str, Callable[[object], bool]] = {
    "date": _is_date,
    "nights": _is_nights,
    "money": _is_money,
    "text": _is_plain_text,
    "name": _is_name,
    "email": lambda value: bool(clean_email(_text(value))),
    "phone": _is_phone,
    "language": lambda value: bool(clean_language(_text(value))),
    "currency": lambda value: bool(clean_currency(_text(value))),
    "zone": lambda value: is_zone(_text(value)),
    "code": lambda value: is_clean_ref(_text(value), limit=CODE_LIMIT),
    "reference": lambda value: is_clean_ref(_text(value), limit=REF_LIMIT),
}
_WORDS = {
    "date": "dates that mean one day everywhere (2026-07-11 or 11.7.2026)",
    "nights": "numbers of nights",
    "money": "amounts",
    "name": "names",
    "email": "e-mail addresses",
    "phone": "telephone numbers",
    "language": "language codes such as da or pt-br",
    "currency": "currency codes such as EUR",
    "zone": "time zones such as Europe/Copenhagen",
    "code": "codes of at most 40 characters",
    "reference": "references of at most 64 characters",
}
