"""The typed proof that a task asks for: substitute hotel, distance, confirmation number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from ..errors import EvidenceMissing
from . import text

KINDS = frozenset({"text", "decimal", "count", "yes", "yes_no"})
LIMIT = 300
#: A larger distance or figure is a slip.
MOST = Decimal(10) ** 6


def check(title: str, fields: Sequence[Mapping[str, Any]], given: Mapping[str, Any]) -> dict[str, str]:
    """The proof, cleaned, in the order of the fields; decimals as text so that JSON keeps them.

    ``fields``: ``{"key", "label", "kind": text|decimal|count|yes|yes_no, "optional": bool}``.

    :raises EvidenceMissing: naming every field that is missing or has the wrong form.
    """
    proof: dict[str, str] = {}
    missing: list[str] = []
    for field in fields:
        key = str(field["key"])
        raw = given.get(key)
        value = text.clean_line(str(raw), field=str(field["label"]), limit=LIMIT) if raw is not None else ""
        if text.is_blank(value):
            value = ""
        kept = _in_form(value, str(field.get("kind", "text")))
        if kept:
            proof[key] = kept
        elif value or not field.get("optional", False):
            missing.append(str(field["label"]))
    if missing:
        raise EvidenceMissing(task=title, fields=", ".join(missing))
    return proof


def _in_form(value: str, kind: str) -> str:
    """The value as it is kept, or nothing if it does not have the form of its kind."""
    if kind == "decimal":
        return _decimal(value)
    if kind == "count":
        return value if value.isascii() and value.isdigit() else ""
    if kind == "yes":
        return value if value.lower() in ("yes", "true", "on", "1") else ""
    if kind == "yes_no":
        return value.lower() if value.lower() in ("yes", "no") else ""
    return value


def _decimal(value: str) -> str:
    # A comma, because half of our guests' countries write it.
    plain = value.replace(",", ".", 1)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return ""
    return plain if number.is_finite() and 0 <= number < MOST else ""
