from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission, User

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Booking, Guest, House, Room

_HOUSES = {
    "cph": ("Copenhagen Quay", "Europe/Copenhagen", "DKK", "+45 00 11 22 33"),
    "akl": ("Auckland Harbour", "Pacific/Auckland", "NZD", "+64 00 11 22 33"),
}


def make_house(code: str = "cph") -> House:
    name, zone, currency, telephone = _HOUSES[code]
    given = {"name": name, "zone": zone, "currency": currency, "telephone": telephone}
    return House.objects.get_or_create(code=code, defaults=given)[0]


def make_stay(
    code: str, name: str, arrival: dt.date, *, house: str = "cph", email: str = "", **values: Any
) -> Booking:
    where = make_house(house)
    account = User.objects.create(username=f"guest-{code}", email=email) if email else None
    begins = dt.datetime.combine(arrival, dt.time(15), tzinfo=ZoneInfo(where.zone))
    return Booking.objects.create(
        code=code,
        guest=Guest.objects.create(name=name, account=account),
        room=Room.objects.get_or_create(house=where, door="301")[0],
        begins=begins,
        ends=begins + dt.timedelta(days=2, hours=-4),
        price=Decimal(2400),
        **values,
    )


def make_lost_reservation() -> LostReservation:
    booking = make_stay("C-1", "Ingrid Sørensen", ENTERED, email="ingrid@example.com", state="void")
    assert booking.guest is not None
    return LostReservation(
        stay_ref="C-1",
        guest_ref=str(booking.guest.pk),
        property_code="cph",
        guest_name="Ingrid Sørensen",
        guest_email="ingrid@example.com",
        room="301",
        nights=2,
        misheard="Ingrit Sorenson",
    )


def make_other_guests(count: int) -> None:
    for number in range(count):
        make_stay(f"N-{number}", f"Guest Number{number}", TODAY + dt.timedelta(days=number % 40 - 20))


def make_colleague(name: str, *houses: str) -> User:
    """Somebody with every permission of the app, at these houses only."""
    user = User.objects.create(username=name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="recovery"))
    for code in houses:
        make_house(code).team.add(user)
    return user
