from __future__ import annotations

import datetime as dt
from typing import Any

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Reservation


def make_stay(ref: str, first: str, last: str, day: dt.date, **values: Any) -> Reservation:
    return Reservation.objects.create(ref=ref, first=first, last=last, day=day, **values)


def make_lost_reservation() -> LostReservation:
    make_stay("LATE/7", "Per", "Ågård", ENTERED, contact="per@example.com", deleted=True, table_of_rooms="7")
    return LostReservation(
        stay_ref="LATE/7",
        guest_ref="stay:LATE/7",
        property_code="queue",
        guest_name="Per Ågård",
        guest_email="per@example.com",
        room="7",
        nights=2,
        misheard="Peer Agard",
    )


def make_other_guests(count: int) -> None:
    for number in range(count):
        make_stay(f"N-{number}", "Guest", f"Number{number}", TODAY + dt.timedelta(days=number % 40 - 20))
