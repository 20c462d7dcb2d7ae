from __future__ import annotations

from recovery.hotel import ModelHotel, Property


class QueueHotel(ModelHotel):
    stay_model = "fixed_queues.Reservation"
    arrival, nights = "day", "days"
    room, total_price = "table_of_rooms", "whole_price"
    cancelled = "deleted"

    guest_name, guest_email = ("first", "last"), "contact"

    single_property = Property(
        code="queue",
        name="Hotel Queue",
        time_zone="Europe/Copenhagen",
        currency="DKK",
        phone="+45 00 11 22 33",
    )
