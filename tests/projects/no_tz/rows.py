from __future__ import annotations

import datetime as dt
from typing import Any

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Chamber, Person, Visit


def make_stay(number: int, name: str, arrival: dt.date, **values: Any) -> Visit:
    person = Person.objects.create(full_name=name, tel=values.pop("tel", ""))
    start = dt.datetime.combine(arrival, dt.time(23, 30))
    return Visit.objects.create(number=number, person=person, start=start, **values)


def make_lost_reservation() -> LostReservation:
    chamber = Chamber.objects.create(number=7)
    visit = make_stay(4711, "Bo Østergaard", ENTERED, nights=2, called_off=True, chamber=chamber)
    return LostReservation(
        stay_ref="4711",
        guest_ref=str(visit.person.pk),
        property_code="inn",
        guest_name="Bo Østergaard",
        guest_email="",
        room="7",
        nights=2,
        misheard="Bo Ostergard",
    )


def make_other_guests(count: int, *, since: int = 1) -> None:
    for number in range(count):
        make_stay(number + since, f"Guest Number{number}", TODAY + dt.timedelta(days=number % 40 - 20))
