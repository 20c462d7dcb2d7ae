from __future__ import annotations

from recovery.hotel import ModelHotel, Property


class Badehotel(ModelHotel):
    stay_model = "danish_odd.Booking"
    stay_guest = "gaest"
    arrival, nights = "ankomst", "naetter"
    room, nightly_rate = "vaerelse", "pris_pr_nat"
    cancelled = cancelled_on = "slettet"

    guest_first_name, guest_last_name = "first_name", "last_name"
    guest_email, guest_phone = "email", "mobil"

    single_property = Property(
        code="bade",
        name="Badehotellet",
        time_zone="Europe/Copenhagen",
        currency="DKK",
        phone="+45 00 98 44 10",
    )
