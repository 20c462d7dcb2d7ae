"""What a letter is held against: the facts of the record, as plain values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from ...choices import ApologyPart, Category, Severity, Stance


@dataclass(frozen=True, kw_only=True)
class Case:
    """The record. Times are of the property's wall."""

    language: str
    category: Category
    severity: Severity
    stance: Stance
    guest_name: str
    #: Nobody knows yet whose fault it was, or somebody was hurt.
    fault_open: bool = False
    restatement: str = ""
    impact: str = ""
    #: Approved compensation and stored charges: value and ISO 4217 code.
    amounts: frozenset[tuple[Decimal, str]] = frozenset()
    points: frozenset[Decimal] = frozenset()
    #: Per cent.
    shares: frozenset[Decimal] = frozenset()
    #: Due times of open tasks that the guest was told about.
    promised: frozenset[dt.time] = frozenset()
    #: Times of contacts, finished tasks, events, the stay, the desk.
    known: frozenset[dt.time] = frozenset()
    #: Names of guests whom this letter is not about.
    other_guests: tuple[str, ...] = ()
    #: Rooms that were or are this guest's.
    rooms: frozenset[str] = frozenset()
    suppliers: tuple[str, ...] = ()
    #: This guest was sent exactly this text before.
    had_this_text: bool = False
    second_reader: str = ""
    signed_by_general_manager: bool = False


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The letter: everything that the guest reads, and of it what a person wrote for this guest."""

    text: str
    own: tuple[str, ...] = ()
    #: Parts that the template marks.
    parts: frozenset[ApologyPart] = frozenset()
    is_apology: bool = True
