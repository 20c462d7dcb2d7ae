from __future__ import annotations

import datetime as dt
from typing import Any

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Colleague, Guest, Setup, Stay


def make_stay(name: str, arrival: dt.date, **values: Any) -> Stay:
    Setup.objects.get_or_create(
        label="villa", defaults={"title": "Villa Uuid", "zone": "Europe/Copenhagen", "money": "DKK"}
    )
    guest = Guest.objects.create(called=name, mail=values.pop("mail", ""))
    given = {"rate": 900.0, "departure_date": arrival + dt.timedelta(days=2), "unit": "B2"} | values
    return Stay.objects.create(guest=guest, arrival_date=arrival, **given)


def make_lost_reservation() -> LostReservation:
    stay = make_stay("Zoë O’Brien", ENTERED, mail="zoe@example.com", is_cancelled=True)
    return LostReservation(
        stay_ref=str(stay.pk),
        guest_ref=str(stay.guest.pk),
        property_code="villa",
        guest_name="Zoë O’Brien",
        guest_email="zoe@example.com",
        room="B2",
        nights=2,
        misheard="Zoe Obrein",
    )


def make_other_guests(count: int) -> None:
    for number in range(count):
        make_stay(f"Guest Number{number}", TODAY + dt.timedelta(days=number % 40 - 20))


def make_colleague(role: str) -> Colleague:
    return Colleague.objects.create(login=role, role=role)
