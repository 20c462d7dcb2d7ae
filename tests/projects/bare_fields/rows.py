from __future__ import annotations

import datetime as dt
from typing import Any

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Booking, Room


def make_stay(name: str, arrival: dt.date | str, **values: Any) -> Booking:
    defaults: dict[str, Any] = {"hotel": "N", "nights": 2, "total": 2000, "status": "Confirmed"}
    return Booking.objects.create(guest_name=name, first_night=str(arrival), **(defaults | values))


def make_lost_reservation() -> LostReservation:
    stay = make_stay(
        "Jürgen Åkesson",
        ENTERED,
        guest_email="jurgen@example.com",
        guest_phone="(+46) 70-123 45 67",
        status="Annulleret",
        room=Room.objects.create(label="Sea 4", kind="double"),
    )
    return LostReservation(
        stay_ref=str(stay.pk),
        guest_ref=f"stay:{stay.pk}",
        property_code="N",
        guest_name="Jürgen Åkesson",
        guest_email="jurgen@example.com",
        room="Sea 4",
        nights=2,
        misheard="Jurgen Akeson",
    )


def make_other_guests(count: int) -> None:
    for number in range(count):
        make_stay(f"Guest Number{number}", TODAY + dt.timedelta(days=number % 40 - 20))
