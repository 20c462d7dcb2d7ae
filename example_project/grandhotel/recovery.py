"""Where ``recovery`` finds our guests, bookings and houses."""

from __future__ import annotations

from django.contrib.auth.models import User

from recovery.hotel import Guest, ModelHotel, Stay

from .models import Booking, Employee, FolioLine
from .models import Guest as GuestRow


class GrandHotel(ModelHotel):
    stay_model = "grandhotel.Booking"
    stay_ref = "reference"
    stay_property = "hotel.code"
    arrival = "arrival"
    departure = "departure"
    room = "room.number"
    room_type = "room_type.name"
    nightly_rate = "nightly_rate"
    currency = "hotel.currency"
    status = "status"
    cancelled_on = "cancelled_at"
    cancel_until = "cancel_until"
    agency = "agency"
    agency_ref = "agency_ref"
    source_note = "cancellation_note"

    stay_guest = "guest"
    guest_first_name = "first_name"
    guest_last_name = "last_name"
    guest_email = "email"
    guest_phone = "phone"
    guest_language = "language"

    property_model = "grandhotel.Hotel"
    property_code = "code"
    property_name = "name"
    property_time_zone = "time_zone"
    property_currency = "currency"
    property_phone = "phone"
    property_email = "email"
    property_address = ("street", "postal_town")
    property_country = "country"

    def properties_for(self, user: User) -> frozenset[str] | None:
        if user.is_superuser:
            return None
        employee = Employee.objects.filter(user=user).first()
        if employee is None:
            return frozenset()
        return frozenset(employee.hotels.values_list("code", flat=True)) or None

    def may_write_to(self, guest: Guest) -> bool:
        return not GuestRow.objects.filter(pk=guest.ref, no_letters=True).exists()

    def book_certificate_nights(
        self, *, certificate_ref: str, stay: Stay, nights: int, request_key: str
    ) -> str:
        return _post(f"Free night, certificate {certificate_ref}", stay, -nights, request_key)

    def cancel_certificate_nights(
        self, *, certificate_ref: str, stay: Stay, nights: int, request_key: str
    ) -> str:
        return _post(f"Free night taken back, certificate {certificate_ref}", stay, nights, request_key)


def _post(text: str, stay: Stay, nights: int, posting_key: str) -> str:
    """Post nights to the folio at the booked price, once for each key; returns the line's number."""
    booking = Booking.objects.get(reference=stay.ref)
    line, _ = FolioLine.objects.get_or_create(
        posting_key=posting_key,
        defaults={
            "booking": booking,
            "text": text[:120],
            "nights": nights,
            "amount": nights * booking.nightly_rate,
        },
    )
    return f"folio line {line.pk}"
