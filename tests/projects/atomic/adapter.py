from __future__ import annotations

from recovery.hotel import ModelHotel, Property


class AtomicHotel(ModelHotel):
    stay_model = "atomic.Booking"
    stay_ref = "number"
    stay_guest = "customers"
    arrival, departure = "starts", "ends"
    nightly_rate = "price"
    cancelled = "cancelled"

    guest_model = "atomic.Customer"
    guest_name, guest_email = "name", "email"
    guest_first_name, guest_last_name = "given", "family"

    single_property = Property(
        code="atom", name="Hotel Atom", time_zone="Europe/Copenhagen", currency="DKK", phone="+45 00 11 22 33"
    )
