"""Two houses: a hotel in Bristol and a small house in Skagen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple


class RoomKind(NamedTuple):
    name: str
    sleeps: int
    rooms: tuple[str, ...]
    #: Price of a night in the house's currency: this year's, and from May 2027.
    rates: tuple[Decimal, Decimal]


class House(NamedTuple):
    facts: dict[str, Any]
    room_kinds: tuple[RoomKind, ...]


class Colleague(NamedTuple):
    username: str
    first_name: str
    last_name: str
    job_title: str
    #: Codes of houses; none is head office.
    houses: tuple[str, ...]
    phone: str


RATES_FROM = (dt.date(2025, 1, 1), dt.date(2027, 5, 1))


def _prices(this_year: str, from_2027: str) -> tuple[Decimal, Decimal]:
    return Decimal(this_year), Decimal(from_2027)


HOUSES = (
    House(
        {
            "code": "QUAY",
            "name": "The Quayside",
            "street": "3 Lantern Quay",
            "postcode": "BS0 3QY",
            "city": "Bristol",
            "country": "United Kingdom",
            "time_zone": "Europe/London",
            "currency": "GBP",
            "phone": "+44 117 496 0140",
            "email": "quayside@quay-strand.example",
        },
        (
            RoomKind("Quayside double", 2, ("101", "102", "103", "104", "201", "202"), _prices("158", "168")),
            RoomKind("Harbour double", 2, ("203", "204", "301", "302"), _prices("184", "196")),
            RoomKind("Family room", 4, ("303",), _prices("224", "238")),
            RoomKind("Attic single", 1, ("304",), _prices("104", "112")),
        ),
    ),
    House(
        {
            "code": "STRAND",
            "name": "Strandgården",
            "street": "Havgusstien 2",
            "postcode": "9990",
            "city": "Skagen",
            "country": "Danmark",
            "time_zone": "Europe/Copenhagen",
            "currency": "DKK",
            "phone": "+45 00 98 44 10",
            "email": "strandgaarden@quay-strand.example",
        },
        (
            RoomKind("Havværelse", 2, ("1", "2", "3"), _prices("1395", "1450")),
            RoomKind("Gårdværelse", 2, ("4", "5"), _prices("1095", "1150")),
            RoomKind("Familieværelse", 4, ("6",), _prices("1795", "1850")),
        ),
    ),
)

COLLEAGUES = (
    Colleague("amelia", "Amelia", "Trent", "Receptionist", ("QUAY",), "+44 117 496 0141"),
    Colleague("joseph", "Joseph", "Okafor", "Duty manager", ("QUAY",), "+44 7700 900142"),
    Colleague("helen", "Helen", "Marsh", "General manager", ("QUAY",), "+44 7700 900143"),
    Colleague("priya", "Priya", "Nair", "Reservations", (), "+44 117 496 0144"),
    Colleague("kirsten", "Kirsten", "Lund", "Vært", ("STRAND",), "+45 00 98 44 11"),
)
