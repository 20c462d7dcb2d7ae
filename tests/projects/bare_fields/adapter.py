from __future__ import annotations

from recovery.hotel import ModelHotel, Property, StayStatus


class BareHotel(ModelHotel):
    stay_model = "bare_fields.Booking"
    stay_property = "hotel"
    arrival, nights = "first_night", "nights"
    room, room_type = "room.label", "room.kind"
    total_price = "total"
    status = "status"
    status_words = {"annulleret": StayStatus.CANCELLED}
    cancelled = "removed_at"

    guest_name, guest_email, guest_phone = "guest_name", "guest_email", "guest_phone"

    property_list = (
        Property(code="N", name="Hotel North", time_zone="Europe/Copenhagen", currency="DKK"),
        Property(code="S", name="Hotel South", time_zone="Europe/Madrid", currency="EUR"),
    )
