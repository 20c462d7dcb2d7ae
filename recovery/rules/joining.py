"""Which open complaint a new word belongs to: for certain, or perhaps.

For certain only where a mistake is impossible: the same stay; the same room on a day inside the stay; a
phone or address that no other current stay has. Everything else is asked, with one tap.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """Why a complaint was suggested. Machine words; the screen translates them."""

    STAY = "stay"
    ROOM = "room"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True, kw_only=True)
class Word:
    """What is known of the person who said it, and where."""

    property_code: str
    on: dt.date
    stay_ref: str = ""
    room: str = ""
    phone: str = ""
    email: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Open:
    """An open complaint, as far as joining goes. Dates are the property's calendar days."""

    pk: int
    property_code: str
    stay_ref: str = ""
    room: str = ""
    arrival_on: dt.date | None = None
    departure_on: dt.date | None = None
    phones: frozenset[str] = field(default_factory=frozenset)
    emails: frozenset[str] = field(default_factory=frozenset)
    names: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, kw_only=True)
class Belongs:
    """What was found. ``certain`` is the complaint to join without asking."""

    certain: int | None
    perhaps: tuple[tuple[int, tuple[Why, ...]], ...]


def belongs_to(
    word: Word, complaints: Iterable[Open], *, current_stays_with: Sequence[str] | None
) -> Belongs:
    """Where a word belongs.

    ``current_stays_with``: the references of current stays that have this phone or address; ``None`` when
    the hotel's system cannot say, and then a phone or an address proves nothing.
    """
    found: dict[int, set[Why]] = {}
    certain: set[int] = set()
    for row in complaints:
        why = _why(word, row)
        if not why:
            continue
        found[row.pk] = why
        if _is_certain(word, row, why, current_stays_with):
            certain.add(row.pk)
    # Two certain ones – two complaints of one stay – are one too many to choose without asking.
    sure = certain.pop() if len(certain) == 1 else None
    ordered = sorted(found.items(), key=lambda item: (item[0] not in certain, -len(item[1]), -item[0]))
    return Belongs(certain=sure, perhaps=tuple((pk, tuple(sorted(why))) for pk, why in ordered))


def same_phone(one: str, other: str) -> bool:
    """Whether two written numbers are one: compared by their last eight digits."""
    digits, others = _digits(one), _digits(other)
    return len(digits) >= 6 and len(others) >= 6 and digits[-8:] == others[-8:]


def _why(word: Word, row: Open) -> set[Why]:
    if word.stay_ref and word.stay_ref == row.stay_ref:
        return {Why.STAY}
    if row.property_code != word.property_code:
        return set()
    why: set[Why] = set()
    if word.room and _plain(word.room) == _plain(row.room) and _is_inside(word.on, row):
        why.add(Why.ROOM)
    if word.phone and any(same_phone(word.phone, phone) for phone in row.phones):
        why.add(Why.PHONE)
    if word.email and _plain(word.email) in {_plain(email) for email in row.emails}:
        why.add(Why.EMAIL)
    if word.name and _plain(word.name) in {_plain(name) for name in row.names}:
        why.add(Why.NAME)
    return why


def _is_certain(word: Word, row: Open, why: set[Why], current: Sequence[str] | None) -> bool:
    if Why.STAY in why:
        return True
    if word.stay_ref and row.stay_ref:
        return False  # because it is another stay, whatever else fits
    if Why.ROOM in why:
        return True
    if (Why.PHONE in why or Why.EMAIL in why) and current is not None:
        return set(current) <= {row.stay_ref}
    return False


def _is_inside(on: dt.date, row: Open) -> bool:
    if row.arrival_on is None or row.departure_on is None:
        return False
    return row.arrival_on <= on <= row.departure_on


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
