from __future__ import annotations

import datetime as dt
from typing import Any

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Booking, Customer


def make_stay(number: str, given: str, family: str, starts: dt.date, **values: Any) -> Booking:
    guest = Customer.objects.create(given=given, family=family, email=values.pop("email", ""))
    booking = Booking.objects.create(
        number=number, starts=starts, ends=starts + dt.timedelta(days=2), price=1300, **values
    )
    booking.customers.add(guest)
    return booking


def make_lost_reservation() -> LostReservation:
    booking = make_stay("T-1", "Runa", "Eskelund", ENTERED, email="runa@example.com", cancelled=True)
    return LostReservation(
        stay_ref="T-1",
        guest_ref=str(booking.customers.get().pk),
        property_code="atom",
        guest_name="Runa Eskelund",
        guest_email="runa@example.com",
        room="",
        nights=2,
        misheard="Runna Eskelun",
    )


def make_other_guests(count: int) -> None:
    for number in range(count):
        make_stay(f"N-{number}", "Guest", f"Number{number}", TODAY + dt.timedelta(days=number % 40 - 20))
