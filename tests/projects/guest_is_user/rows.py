from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.projects.story import ENTERED, TODAY, LostReservation

from .models import Account, House, Profile, Reservation, Room

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def make_house(code: str = "CPH", zone: str = "Europe/Copenhagen", currency: str = "DKK") -> House:
    values = {"title": f"House {code}", "zone": zone, "currency": currency, "address": "Quay 1\n1000 Town"}
    return House.objects.get_or_create(code=code, defaults=values)[0]


def make_guest(given: str, family: str, email: str, **profile: Any) -> Account:
    guest = Account.objects.create(given_name=given, family_name=family, email=email)
    if profile:
        Profile.objects.create(account=guest, **profile)
    return guest


def make_stay(guest: Account | None, arrival: dt.date, nights: int = 2, **values: Any) -> Reservation:
    house = values.pop("house", None) or make_house()
    at = dt.datetime.combine(arrival, dt.time(15), tzinfo=ZoneInfo(house.zone))
    values.setdefault("rate", Decimal("1450.00"))
    return Reservation.objects.create(
        guest=guest, house=house, check_in=at, check_out=at + dt.timedelta(days=nights, hours=-4), **values
    )


def make_lost_reservation() -> LostReservation:
    guest = make_guest("Léa", "Kovács", "lea@example.com", mobile="+36 20 123 4567", language="fr")
    stay = make_stay(guest, ENTERED, nights=3, state=Reservation.State.GONE)
    for number in ("12", "11"):
        stay.rooms.add(Room.objects.create(house=stay.house, number=number))
    return LostReservation(
        stay_ref=str(stay.pk),
        guest_ref=str(guest.pk),
        property_code="CPH",
        guest_name="Léa Kovács",
        guest_email="lea@example.com",
        room="12, 11",
        nights=3,
        misheard="Lea Kovach",
    )


def make_other_guests(count: int) -> None:
    for number in range(count):
        guest = make_guest("Guest", f"Number{number}", f"g{number}@example.com")
        make_stay(guest, TODAY + dt.timedelta(days=number % 40 - 20))
