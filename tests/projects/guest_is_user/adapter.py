from __future__ import annotations

from recovery.hotel import ModelHotel, StayStatus


class ChainHotel(ModelHotel):
    stay_model = "guest_is_user.Reservation"
    stay_guest = "guest"
    stay_property = "house.code"
    arrival, departure = "check_in", "check_out"
    room = "rooms.number"
    nightly_rate = "rate"
    status = "state"
    status_words = {
        "O": StayStatus.BOOKED,
        "H": StayStatus.IN_HOUSE,
        "L": StayStatus.DEPARTED,
        "X": StayStatus.CANCELLED,
    }
    agency, agency_ref = "channel", "channel_ref"

    guest_first_name, guest_last_name = "given_name", "family_name"
    guest_email = "email"
    guest_phone, guest_language = "profile.mobile", "profile.language"

    property_model = "guest_is_user.House"
    property_code, property_name = "code", "title"
    property_time_zone, property_currency = "zone", "currency"
    property_address = "address"
