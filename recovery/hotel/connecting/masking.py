"""Show what a column holds without showing whose it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from ..cleaning import clean_line
from .samples import Broken

_LONGEST = 34
#: What stands for letters that are not shown.
DOTS = "…"
#: Facts about the house or the calendar: nobody's secret.
_OPEN = frozenset(
    {
        "arrival", "departure", "nights", "room_type", "nightly_rate", "total_price", "currency", "status",
        "cancelled", "cancelled_on", "cancel_until", "agency", "guest_language", "guest_tier", "stay_guest",
        "property_code", "property_name", "property_time_zone", "property_currency", "property_phone",
        "property_email", "property_country", "property_address", "property_latitude", "property_longitude",
    }
)  # fmt: skip


def masked(attribute: str, value: object) -> str:
    """One value for the screen: names as initials, addresses as their domain, numbers as their end."""
    text = _plain(value)
    if text is None:
        return f"({type(value).__name__})"
    if not text:
        return ""
    if attribute in _OPEN:
        return _cut(text)
    if attribute == "guest_email" or "@" in text:
        return masked_email(text)
    if attribute in ("guest_name", "guest_first_name", "guest_last_name"):
        return masked_name(text)
    if attribute == "guest_phone":
        return f"{DOTS}{text[-2:]}"
    if attribute in ("room", "guest_is_minor", "guest_is_vip"):
        return _cut(text)
    if attribute == "source_note":
        return f"({len(text)} characters)"
    return f"{text[:2]}{DOTS}" if len(text) > 3 else text


def masked_name(name: str) -> str:
    """``Daniel Whitfield`` is ``D… W…``."""
    return " ".join(f"{word[0]}{DOTS}" for word in clean_line(name, limit=80).split()[:4])


def masked_email(email: str) -> str:
    """``daniel@example.com`` is ``d…@example.com``."""
    local, _, domain = clean_line(email, limit=254).rpartition("@")
    return f"{local[:1]}{DOTS}@{domain}" if local else DOTS


def some(attribute: str, values: Iterable[object], *, most: int = 2) -> str:
    """One or two different values, masked."""
    shown: list[str] = []
    for value in values:
        text = masked(attribute, value) if value is not None else ""
        if text and text not in shown:
            shown.append(text)
        if len(shown) == most:
            break
    return ", ".join(shown)


def _plain(value: object) -> str | None:
    """The text of a plain value. A host's record is never printed: some crash, others tell a secret."""
    if isinstance(value, str):
        return clean_line(str.__str__(value), limit=200)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, (bool, int, Decimal, UUID, dt.date, dt.time)):
        return str(value)
    if isinstance(value, Broken):
        return f"({value.error})"
    return None


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + DOTS
