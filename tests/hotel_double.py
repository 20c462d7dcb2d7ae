"""The hotel of the tests: the two houses of the example, in memory.

``HOTEL`` is what ``get_hotel()`` returns; it is made afresh before each test.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from recovery.hotel import Guest, MemoryHotel, Property, Stay, StayStatus

QUAY = Property(
    code="QUAY",
    name="The Quayside",
    time_zone="Europe/London",
    currency="GBP",
    phone="+44 117 496 0140",
    email="quayside@quay-strand.example",
    address=("3 Lantern Quay", "BS0 3QY Bristol"),
    country="United Kingdom",
)
STRAND = Property(
    code="STRAND",
    name="Strandgården",
    time_zone="Europe/Copenhagen",
    currency="DKK",
    phone="+45 00 98 44 10",
    email="strandgaarden@quay-strand.example",
    address=("Havgusstien 2", "9990 Skagen"),
    country="Danmark",
)

DANIEL = Guest(
    ref="1",
    name="Daniel Whitfield",
    first_name="Daniel",
    last_name="Whitfield",
    email="daniel.whitfield@example.com",
    phone="+44 7700 900211",
    language="en",
)
METTE = Guest(
    ref="2",
    name="Mette Bjerregaard",
    first_name="Mette",
    last_name="Bjerregaard",
    email="mette.bjerregaard@example.com",
    phone="+45 00 20 31 28",
    language="da",
)
#: No e-mail address: letters are printed and handed over.
AKSEL = Guest(
    ref="3",
    name="Aksel Thygesen",
    first_name="Aksel",
    last_name="Thygesen",
    phone="+45 00 20 31 27",
    language="da",
)
#: Booked through an agency, whose alias stands where the address should be.
ALICE = Guest(
    ref="4",
    name="Alice Thornbury",
    first_name="Alice",
    last_name="Thornbury",
    email="example.4183021@guest.booking.com",
    language="en",
)

#: Booked for 17 July 2027, entered for June, cancelled by staff.
LOST = Stay(
    ref="Q10231",
    property_code="QUAY",
    guest=DANIEL,
    arrival_on=dt.date(2027, 6, 17),
    departure_on=dt.date(2027, 6, 19),
    room_type="Quayside double",
    nightly_rate=Decimal("168.00"),
    currency="GBP",
    status=StayStatus.CANCELLED,
    cancelled_on=dt.date(2027, 6, 2),
    source_note="Cancelled by staff: no-show list clean-up",
)
#: Where Daniel's free night is used.
RETURN = Stay(
    ref="Q11874",
    property_code="QUAY",
    guest=DANIEL,
    arrival_on=dt.date(2028, 4, 21),
    departure_on=dt.date(2028, 4, 23),
    room_type="Quayside double",
    nightly_rate=Decimal("172.00"),
    currency="GBP",
    status=StayStatus.BOOKED,
)
#: Where it is tried a second time.
SECOND_RETURN = Stay(
    ref="S20417",
    property_code="STRAND",
    guest=DANIEL,
    arrival_on=dt.date(2028, 5, 12),
    departure_on=dt.date(2028, 5, 14),
    room_type="Havværelse",
    nightly_rate=Decimal("1495.00"),
    currency="DKK",
    status=StayStatus.BOOKED,
)
METTES = Stay(
    ref="S40118",
    property_code="STRAND",
    guest=METTE,
    arrival_on=dt.date(2027, 7, 15),
    departure_on=dt.date(2027, 7, 19),
    room="1",
    room_type="Havværelse",
    nightly_rate=Decimal("1450.00"),
    currency="DKK",
    status=StayStatus.IN_HOUSE,
)
AKSELS = Stay(
    ref="S40174",
    property_code="STRAND",
    guest=AKSEL,
    arrival_on=dt.date(2027, 7, 15),
    departure_on=dt.date(2027, 7, 18),
    room="5",
    room_type="Gårdværelse",
    nightly_rate=Decimal("1150.00"),
    currency="DKK",
    status=StayStatus.IN_HOUSE,
)
ALICES = Stay(
    ref="Q10383",
    property_code="QUAY",
    guest=ALICE,
    arrival_on=dt.date(2027, 7, 17),
    departure_on=dt.date(2027, 7, 18),
    room="202",
    room_type="Quayside double",
    nightly_rate=Decimal("168.00"),
    currency="GBP",
    status=StayStatus.BOOKED,
    agency="Booking.com",
    agency_ref="4183021997",
)


class HotelDouble(MemoryHotel):
    """A memory hotel that can forget what a test did to it."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        super().__init__(
            properties=(QUAY, STRAND),
            stays=(LOST, RETURN, SECOND_RETURN, METTES, AKSELS, ALICES),
        )


HOTEL = HotelDouble()
