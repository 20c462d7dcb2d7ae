from __future__ import annotations

from typing import Any

from recovery.hotel import ModelHotel


class RoleHotel(ModelHotel):
    stay_model = "uuid_roles.Stay"
    stay_guest = "guest"
    arrival, departure = "arrival_date", "departure_date"
    room, nightly_rate = "unit", "rate"
    cancelled = "is_cancelled"

    guest_name, guest_email = "called", "mail"

    property_model = "uuid_roles.Setup"
    property_code, property_name = "label", "title"
    property_time_zone, property_currency = "zone", "money"

    def property_code_of(self, row: Any) -> str:
        """No stay says where it is: there is one house."""
        return self.properties()[0].code
