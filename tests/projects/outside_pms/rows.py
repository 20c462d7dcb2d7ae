"""No model of a stay anywhere: these are records of the other system."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.projects.story import ENTERED, TODAY, LostReservation

from .pms import PMS

HOUSE = {
    "code": "pms",
    "name": "Hotel Elsewhere",
    "time_zone": "Europe/Copenhagen",
    "currency": "DKK",
    "phone": "+45 00 11 22 33",
}


def make_stay(ref: str, name: str, arrival: dt.date, *, email: str = "", **values: Any) -> None:
    PMS.records["/houses"] = [HOUSE]
    guest = {"ref": f"G-{ref}", "name": name, "email": email}
    PMS.records[f"/guests/{guest['ref']}"] = guest
    PMS.records[f"/stays/{ref}"] = {
        "ref": ref,
        "property_code": "pms",
        "guest": guest,
        "arrival_on": arrival.isoformat(),
        "departure_on": (arrival + dt.timedelta(days=2)).isoformat(),
        "nightly_rate": "1250.00",
        "currency": "DKK",
        "status": "booked",
    } | values


def make_lost_reservation() -> LostReservation:
    make_stay("P-1", "Saga Lindqvist", ENTERED, email="saga@example.com", status="cancelled", room="12")
    return LostReservation(
        stay_ref="P-1",
        guest_ref="G-P-1",
        property_code="pms",
        guest_name="Saga Lindqvist",
        guest_email="saga@example.com",
        room="12",
        nights=2,
        misheard="Saga Lindkvist",
    )


def make_other_guests(count: int) -> None:
    PMS.reset()
    for number in range(count):
        make_stay(f"N-{number}", f"Guest Number{number}", TODAY + dt.timedelta(days=number % 40 - 20))
