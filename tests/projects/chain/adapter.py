from __future__ import annotations

from typing import Any

from recovery.hotel import ModelHotel, StayStatus


class Chain(ModelHotel):
    stay_model = "chain.Booking"
    stay_guest = "guest"
    stay_property = "room.house.code"
    arrival, departure = "begins", "ends"
    room, total_price = "room.door", "price"
    status = "state"
    status_words = {"open": StayStatus.BOOKED, "void": StayStatus.CANCELLED}

    guest_name, guest_email = "name", "account.email"

    property_model = "chain.House"
    property_code, property_name = "code", "name"
    property_time_zone, property_currency = "zone", "currency"
    property_phone = "telephone"

    def properties_for(self, user: Any) -> frozenset[str] | None:
        if user.is_superuser:
            return None
        return frozenset(user.house_set.values_list("code", flat=True))
