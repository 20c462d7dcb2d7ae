from __future__ import annotations

from recovery.hotel import ModelHotel, Property


class ReplicaHotel(ModelHotel):
    stay_model = "replica.Booking"
    stay_ref = "number"
    arrival, departure = "arrival", "departure"
    room, nightly_rate = "room", "price"
    cancelled = "is_void"

    guest_name, guest_email = "name", "email"

    single_property = Property(
        code="lag", name="Hotel Lag", time_zone="Europe/Copenhagen", currency="DKK", phone="+45 00 11 22 33"
    )
