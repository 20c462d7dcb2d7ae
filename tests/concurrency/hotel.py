"""The hotel of the races: as many stays as there are racers."""

from __future__ import annotations

import dataclasses
import datetime as dt

from recovery.hotel import Stay
from tests import hotel_double

PATH = "tests.concurrency.hotel.HOTEL"
_NEXT, _PAST = "NEXT-", "PAST-"


def next_stay(number: int) -> str:
    """The reference of one of many stays: two nights next spring."""
    return f"{_NEXT}{number}"


def past_stay(number: int) -> str:
    """One of many stays that began fifty days ago."""
    return f"{_PAST}{number}"


class BusyHotel(hotel_double.HotelDouble):
    """Knows every stay that is asked for by such a reference."""

    def get_stay(self, ref: str) -> Stay | None:
        if ref.startswith(_NEXT):
            return dataclasses.replace(hotel_double.RETURN, ref=ref)
        if ref.startswith(_PAST):
            arrival = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=50)
            departure = arrival + dt.timedelta(days=2)
            return dataclasses.replace(
                hotel_double.RETURN, ref=ref, arrival_on=arrival, departure_on=departure
            )
        return super().get_stay(ref)


HOTEL = BusyHotel()
