from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Booking


def make_stay(number: str, name: str, arrival: dt.date, **values: Any) -> Booking:
    given = {"departure": arrival + dt.timedelta(days=2), "price": Decimal(1000)} | values
    booking = Booking.objects.create(number=number, name=name, arrival=arrival, **given)
    # The hotel's own rows have arrived on the replica. Nothing else ever does.
    booking.save(using="replica", force_insert=True)
    return booking


def make_lost_reservation() -> LostReservation:
    make_stay("R-1", "Nils Holm", ENTERED, email="nils@example.com", is_void=True, room="9")
    return LostReservation(
        stay_ref="R-1",
        guest_ref="stay:R-1",
        property_code="lag",
        guest_name="Nils Holm",
        guest_email="nils@example.com",
        room="9",
        nights=2,
        misheard="Niels Hollm",
    )


def make_other_guests(count: int) -> None:
    for number in range(count):
        make_stay(f"N-{number}", f"Guest Number{number}", TODAY + dt.timedelta(days=number % 40 - 20))
