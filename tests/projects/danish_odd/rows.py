from __future__ import annotations

import datetime as dt
from typing import Any

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Booking, Gaest


def make_stay(first: str, last: str, arrival: dt.date, email: str, **values: Any) -> Booking:
    guest = Gaest.objects.create(username=email, first_name=first, last_name=last, email=email)
    given = {"vaerelse": 1204, "naetter": 2, "pris_pr_nat": 1450} | values
    return Booking.objects.create(gaest=guest, ankomst=arrival, **given)


def make_lost_reservation() -> LostReservation:
    booking = make_stay("Åse", "Kjærgaard", ENTERED, "aase@example.com", slettet=ENTERED)
    assert booking.gaest is not None
    return LostReservation(
        stay_ref=str(booking.pk),
        guest_ref=str(booking.gaest.pk),
        property_code="bade",
        guest_name="Åse Kjærgaard",
        guest_email="aase@example.com",
        room="1204",
        nights=2,
        misheard="Aase Kergaard",
    )


def make_other_guests(count: int) -> None:
    for number in range(count):
        days = dt.timedelta(days=number % 40 - 20)
        make_stay("Guest", f"Number{number}", TODAY + days, f"g{number}@example.com")
