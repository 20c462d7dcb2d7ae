"""What ``recovery_connect`` found, as a table that a person reads once and understands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..hotel import Property, StayStatus
from ..hotel.connecting.masking import some
from ..hotel.connecting.proposal import Finding, Proposal
from ..hotel.connecting.source import LOOK_AGAIN

_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Stay",
        ("stay_ref", "arrival", "departure", "nights", "room", "room_type", "nightly_rate", "total_price",
         "currency", "status", "status_words", "cancelled", "cancelled_on", "agency", "agency_ref",
         "source_note"),
    ),
    (
        "Guest",
        ("stay_guest", "guest_name", "guest_first_name", "guest_last_name", "guest_email", "guest_phone",
         "guest_language", "guest_tier", "guest_is_minor",
         "guest_is_vip"),
    ),
    (
        "House",
        ("stay_property", "property_model", "property_code", "property_name", "property_time_zone",
         "property_currency", "property_phone", "property_email", "property_address", "property_country",
         "property_latitude", "property_longitude", "property_list", "single_property"),
    ),
)  # fmt: skip
#: What a developer would ask about when it is not there, and what happens without it.
_MISSED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("departure", ("departure", "nights"), "a stay has no end: nights are asked at the desk"),
    ("room", ("room",), "the desk types the room"),
    ("price of a night", ("nightly_rate", "total_price"), "the house's reference rate counts"),
    ("currency", ("currency", "property_currency"), "set default_currency, or the currency of each house"),
    ("status", ("status", "cancelled", "cancelled_on"), "cancelled stays look like all others"),
    ("agency reference", ("agency_ref",), "stays are not found by an agency's number"),
    ("guest's telephone", ("guest_phone",), "letters without an address have no second way"),
    ("guest's e-mail", ("guest_email",), "letters are printed and handed over"),
    ("guest's language", ("guest_language",), "the first of LANGUAGES is used"),
)


_WIDEST = 40


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. ``is_doubtful``: a person should look at it."""

    name: str
    value: str
    sure: int
    samples: str = ""
    is_doubtful: bool = False


def table(proposal: Proposal) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The three parts of the adapter: title, and lines of one width, each with whether it is doubtful."""
    parts = [
        (title, [_row(proposal.findings[name]) for name in names if name in proposal.findings])
        for title, names in _PARTS
    ]
    rows = [row for _, part in parts for row in part]
    names = max(len(row.name) for row in rows)
    values = min(_WIDEST, max(len(row.value) for row in rows))
    return [(title, [line for row in part for line in _lines(row, names, values)]) for title, part in parts]


def missed(proposal: Proposal) -> list[tuple[str, str]]:
    """What was not found, and what that means."""
    return [
        (name, consequence)
        for name, attributes, consequence in _MISSED
        if not any(attribute in proposal.findings for attribute in attributes)
        and not (name == "status" and proposal.flags)
        and not (name == "currency" and _has_currency(proposal))
    ]


def _has_currency(proposal: Proposal) -> bool:
    """Houses that are written out may say it themselves."""
    written = [
        proposal.findings[name].value
        for name in ("single_property", "property_list")
        if name in proposal.findings
    ]
    houses = [house for value in written for house in (value if isinstance(value, tuple) else (value,))]
    return bool(houses) and all(house.currency for house in houses)


def _row(finding: Finding) -> Row:
    samples = some(finding.attribute, finding.samples)
    if finding.why:
        samples = f"{samples}  ({finding.why})" if samples else f"({finding.why})"
    return Row(
        name=finding.attribute,
        value=_value(finding.value),
        sure=finding.sure,
        samples=samples,
        is_doubtful=finding.sure < LOOK_AGAIN,
    )


def _value(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Property):
        return f"{value.name} ({value.code}, {value.time_zone})"
    if isinstance(value, dict):
        return ", ".join(
            f"{key}: {status.value}" if isinstance(status, StayStatus) else str(key)
            for key, status in value.items()
        )
    if isinstance(value, Sequence):
        return ", ".join(item.code if isinstance(item, Property) else str(item) for item in value)
    return str(value)


def _lines(row: Row, names: int, values: int) -> list[tuple[str, bool]]:
    value, rest = _split(row.value, values)
    line = f"  {row.name:<{names}}  {value:<{values}}  {row.sure:>3} %  {row.samples}"
    more = [(f"  {'':<{names}}  {text}", row.is_doubtful) for text in rest]
    return [(line.rstrip(), row.is_doubtful), *more]


def _split(text: str, width: int) -> tuple[str, list[str]]:
    """The text in lines of at most ``width``, cut at commas where it has some."""
    lines: list[str] = []
    for piece in text.split(", "):
        if lines and len(lines[-1]) + len(piece) + 2 <= width:
            lines[-1] += f", {piece}"
        else:
            lines.append(piece)
    return lines[0], lines[1:]
