from __future__ import annotations

from recovery.hotel import ModelHotel, Property


class OldInn(ModelHotel):
    stay_model = "no_tz.Visit"
    stay_guest = "person"
    arrival, nights = "start", "nights"
    room, nightly_rate = "chamber.number", "chamber.price"
    cancelled = "called_off"

    guest_name, guest_phone = "called", "tel"

    single_property = Property(
        code="inn", name="The Old Inn", time_zone="Europe/Copenhagen", currency="DKK", phone="+45 11 22 33 44"
    )
