"""The declarative adapter for hosts whose bookings are Django models."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from . import model_arrivals, model_refs
from .facts import Stay, StayMatch
from .model_check import find_problems
from .model_rows import ModelRows
from .model_search import find_stays
from .problems import Problem
from .protocol import Capability


class ModelHotel(ModelRows):
    """Say where the facts are; everything else follows.

    .. code-block:: python

        class GrandHotel(ModelHotel):
            stay_model = "bookings.Booking"
            stay_guest = "customer"
            stay_property = "room.hotel.code"
            arrival, departure = "check_in", "check_out"
            room = "room.number"
            guest_name = ("user.first_name", "user.last_name")
            guest_email = "user.email"
            property_model = "hotels.Hotel"
            property_code, property_name = "code", "name"
            property_time_zone = "timezone"

    Rows are only read: never saved, never printed. The attributes are in ``model_paths``.
    """

    def has(self, capability: str) -> bool:
        wanted = Capability(capability)
        if wanted is Capability.ARRIVALS and type(self).arrivals is ModelHotel.arrivals:
            return model_arrivals.can_tell(self)
        return super().has(wanted)

    def arrivals(self, property_code: str, on: dt.date) -> Sequence[Stay]:
        """:raises HotelCannot: if the adapter does not say when stays begin."""
        if not model_arrivals.can_tell(self):
            return super().arrivals(property_code, on)
        return model_arrivals.arrivals(self, property_code, on)

    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        return find_stays(self, words, around)

    def problems(self) -> Sequence[Problem]:
        return find_problems(self)

    def ref_of_stay(self, row: Any) -> str | None:
        return model_refs.ref_of_stay(self, row)

    def ref_of_guest(self, row: Any) -> str | None:
        return model_refs.ref_of_guest(self, row)

    def refs_of_stays(self, rows: Sequence[Any]) -> list[str | None]:
        model_refs.read_ahead(rows, self.stay_class, self.stay_ref)
        return super().refs_of_stays(rows)

    def refs_of_guests(self, rows: Sequence[Any]) -> list[str | None]:
        model_refs.read_ahead(rows, self.guest_class or self.stay_class, self.guest_ref)
        return super().refs_of_guests(rows)
