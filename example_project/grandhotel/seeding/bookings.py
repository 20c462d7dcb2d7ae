"""Bookings: those of the story on fixed dates, and a normal fortnight around a day of one's choice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

#: Booked for July, entered for June, then cancelled by staff.
LOST_BOOKING = "Q10231"
#: Where the free night is used next spring, and where it is tried a second time.
RETURN_BOOKING = "Q11874"
SECOND_RETURN_BOOKING = "S20417"

WEDDING_DAY = dt.date(2027, 7, 17)


class Reservation(NamedTuple):
    reference: str
    house: str
    guest: str  # key in guests.PEOPLE
    room_kind: str
    arrival: dt.date
    nights: int
    booked_on: dt.date
    #: Empty: the first free one, as soon as the stay is near.
    room: str = ""
    nightly_rate: Decimal | None = None
    agency: str = ""
    agency_ref: str = ""
    cancelled_at: dt.datetime | None = None
    cancelled_by: str = ""
    cancellation_note: str = ""
    notes: str = ""


DANIEL = (
    Reservation(
        LOST_BOOKING,
        "QUAY",
        "daniel",
        "Quayside double",
        dt.date(2027, 6, 17),  # he said, and was confirmed, 17 July
        2,
        dt.date(2027, 1, 23),
        nightly_rate=Decimal(168),
        cancelled_at=dt.datetime(2027, 6, 2, 9, 14, tzinfo=dt.UTC),
        cancelled_by="Priya Nair",
        cancellation_note="Cancelled by staff: no-show list clean-up",
        notes="By phone. Best man, wedding Sat 17th, 2 pm, St. Aldhelm's Church. Quiet room please.",
    ),
    Reservation(
        RETURN_BOOKING,
        "QUAY",
        "daniel",
        "Quayside double",
        dt.date(2028, 4, 21),
        2,
        dt.date(2028, 1, 9),
        nightly_rate=Decimal(172),
        notes="Has a free-night certificate.",
    ),
    Reservation(
        SECOND_RETURN_BOOKING,
        "STRAND",
        "daniel",
        "Havværelse",
        dt.date(2028, 5, 12),
        2,
        dt.date(2028, 2, 20),
        nightly_rate=Decimal(1495),
    ),
)

# Who sleeps in Bristol on the night of the wedding: every room of the house.
# guest, room, arrival (day of July), nights, booked on, agency, agency reference
_FULL_HOUSE = (
    ("hannah", "302", 15, 4, "2026-09-04", "", ""),
    ("tom", "301", 16, 3, "2026-09-04", "", ""),
    ("margaret", "203", 16, 2, "2026-10-12", "", ""),
    ("colin", "204", 16, 2, "2026-10-12", "", ""),
    ("sophie", "101", 17, 1, "2026-11-30", "", ""),
    ("ines", "102", 16, 3, "2027-01-08", "", ""),
    ("gareth", "103", 17, 1, "2027-02-14", "", ""),
    ("yusuf", "104", 17, 2, "2027-03-01", "", ""),
    ("karin", "201", 17, 2, "2027-03-19", "", ""),
    ("alice", "202", 17, 1, "2027-05-22", "Booking.com", "4183021997"),
    ("bernd", "303", 14, 5, "2027-04-02", "", ""),
    ("rupert", "304", 17, 1, "2027-06-28", "", ""),
)

# A normal fortnight: guest, house, room kind, arrival (days from the chosen day), nights, booked days before.
_FORTNIGHT = (
    ("neil", "QUAY", "Quayside double", -9, 3, 40),
    ("deepa", "QUAY", "Attic single", -8, 2, 12),
    ("mette", "STRAND", "Havværelse", -8, 4, 90),
    ("george", "QUAY", "Harbour double", -7, 2, 30),
    ("laura", "QUAY", "Attic single", -6, 3, 12),
    ("soeren", "STRAND", "Gårdværelse", -6, 5, 61),
    ("ruth", "QUAY", "Quayside double", -5, 2, 75),
    ("alice", "QUAY", "Quayside double", -4, 1, 8),
    ("birgit", "STRAND", "Familieværelse", -3, 7, 120),
    ("karin", "QUAY", "Harbour double", -2, 4, 33),
    ("aksel", "STRAND", "Gårdværelse", -2, 3, 21),
    ("rupert", "QUAY", "Quayside double", -1, 2, 5),
    ("gareth", "QUAY", "Family room", -1, 3, 48),
    ("line", "STRAND", "Havværelse", -1, 2, 17),
    ("deepa", "QUAY", "Quayside double", 0, 2, 12),
    ("yusuf", "QUAY", "Quayside double", 0, 1, 2),
    ("jonas", "STRAND", "Havværelse", 0, 5, 140),
    ("ines", "QUAY", "Harbour double", 1, 3, 66),
    ("anders", "STRAND", "Gårdværelse", 2, 2, 26),
    ("margaret", "QUAY", "Quayside double", 3, 2, 19),
    ("ulla", "STRAND", "Havværelse", 4, 3, 58),
    ("laura", "QUAY", "Attic single", 5, 2, 12),
    ("bernd", "QUAY", "Family room", 7, 4, 84),
    ("mette", "STRAND", "Familieværelse", 9, 3, 33),
    ("neil", "QUAY", "Quayside double", 12, 2, 50),
)
#: Every year has a fortnight of its own, so that a group can be filled around two days.
_FIRST_NUMBER = {"QUAY": 30104, "STRAND": 40104}
#: Of the fortnight, cancelled by the guests themselves: number of the line.
_CANCELLED_BY_GUEST = {7, 19}


def all_reservations(around: dt.date) -> Iterator[Reservation]:
    """Every booking; those of the story first, because they hold their rooms."""
    yield from DANIEL
    yield from _full_house()
    yield from _fortnight(around)


def _full_house() -> Iterator[Reservation]:
    for number, (guest, room, day, nights, booked, agency, agency_ref) in enumerate(_FULL_HOUSE):
        yield Reservation(
            reference=f"Q{10302 + 9 * number}",
            house="QUAY",
            guest=guest,
            room_kind="",
            arrival=WEDDING_DAY.replace(day=day),
            nights=nights,
            booked_on=dt.date.fromisoformat(booked),
            room=room,
            agency=agency,
            agency_ref=agency_ref,
        )


def _fortnight(around: dt.date) -> Iterator[Reservation]:
    for number, (guest, house, room_kind, offset, nights, days_before) in enumerate(_FORTNIGHT):
        arrival = around + dt.timedelta(days=offset)
        booked_on = arrival - dt.timedelta(days=days_before)
        cancelled_on = booked_on + dt.timedelta(days=1) if number in _CANCELLED_BY_GUEST else None
        noon = dt.time(12, tzinfo=dt.UTC)
        yield Reservation(
            reference=f"{house[0]}{_FIRST_NUMBER[house] + 1000 * (around.year % 10) + 7 * number}",
            house=house,
            guest=guest,
            room_kind=room_kind,
            arrival=arrival,
            nights=nights,
            booked_on=booked_on,
            cancelled_at=dt.datetime.combine(cancelled_on, noon) if cancelled_on else None,
            cancelled_by="guest" if cancelled_on else "",
            cancellation_note="Cancelled by the guest" if cancelled_on else "",
        )
