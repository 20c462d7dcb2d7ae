"""Turn what a host stores into plain text, dates, amounts and truth values.

Nothing here calls ``str()`` on a host's record: some crash, others print a guest's phone number.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.utils.functional import Promise

from .. import errors

_NO_WORDS = frozenset({"", "0", "f", "false", "n", "no", "off", "none", "null"})
_MOST_NIGHTS = 3660
_MOST_MONEY = Decimal(10) ** 10

# Only forms that mean one day everywhere. 03/04/2026 is March or April: no date is better.
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T ].*)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}", re.ASCII)


def to_text(value: object) -> str:
    """The text of a plain value; nothing for ``None``.

    :raises BadHotel: if the value is a record, a list or another thing without a text of its own.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (int, float, Decimal, UUID, Promise)):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    if isinstance(value, ZoneInfo):
        return value.key
    # Values of custom fields (a phone number, a country) print themselves; records do not.
    if _prints_itself(value):
        try:
            return str(value)
        except Exception as error:  # because a stranger's __str__ may raise anything
            raise errors.BadHotel(problem=f"a {type(value).__name__} cannot be printed: {error}.") from error
    raise errors.BadHotel(
        problem=f"expected text and got a {type(value).__name__}. End the path at one of its fields."
    )


def _prints_itself(value: object) -> bool:
    if isinstance(value, (Model, list, tuple, set, frozenset, dict)):
        return False
    return type(value).__str__ is not object.__str__


def to_date(value: object, zone: Callable[[], dt.tzinfo]) -> dt.date | None:
    """The calendar day at the property; ``None`` where it cannot be told.

    ``zone`` is asked only for aware datetimes, so that a date costs no look-up.
    """
    if isinstance(value, dt.datetime):
        if value.tzinfo is None or value.utcoffset() is None:
            return value.date()
        try:
            return value.astimezone(zone()).date()
        except OverflowError:
            return value.date()
    if isinstance(value, dt.date):
        return value
    return _date_from_text(value.strip(), zone) if isinstance(value, str) else None


def _date_from_text(text: str, zone: Callable[[], dt.tzinfo]) -> dt.date | None:
    if len(text) > 40:
        return None
    try:
        if match := _YEAR_FIRST.fullmatch(text):
            if len(text) > 10:
                return to_date(dt.datetime.fromisoformat(text), zone)
            return dt.date(int(match[1]), int(match[3]), int(match[4]))
        if match := _DOTTED.fullmatch(text):
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
    return None


def to_decimal(value: object) -> Decimal | None:
    """An amount, zero or above; ``None`` where there is none or it cannot be one."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        # Four decimals: no currency has more, and 0.1 + 0.2 must not print seventeen.
        amount = Decimal(repr(round(value, 4)))
    elif isinstance(value, (int, Decimal)):
        amount = Decimal(value)
    elif isinstance(value, str):
        text = value.strip()[:40]
        if _DECIMAL_COMMA.fullmatch(text):
            text = text.replace(",", ".")
        try:
            amount = Decimal(text)
        except InvalidOperation:
            return None
    else:
        return None
    return amount if amount.is_finite() and 0 <= amount < _MOST_MONEY else None


def to_nights(value: object) -> int | None:
    """A whole number of nights, or ``None``."""
    amount = to_decimal(value)
    if amount is None or amount != amount.to_integral_value() or amount > _MOST_NIGHTS:
        return None
    return int(amount)


def to_bool(value: object) -> bool:
    """Whether a flag is set. A date counts as set: ``deleted_at`` is a flag with a time."""
    if isinstance(value, str):
        return value.strip().casefold() not in _NO_WORDS
    if value is None or isinstance(value, (bool, int, Decimal, dt.date)):
        return bool(value)
    raise errors.BadHotel(problem=f"expected yes or no and got a {type(value).__name__}.")


def to_coordinate(value: object, *, limit: float) -> float | None:
    """Degrees between ``-limit`` and ``limit``, or ``None``."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        return None
    try:
        degrees = float(value)
    except (ValueError, OverflowError):
        return None
    return degrees if -limit <= degrees <= limit else None
