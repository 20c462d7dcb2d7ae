"""Asking the hotel's system, before any transaction: what it cannot know is refused without asking."""

from __future__ import annotations

from ..errors import HotelUnreachable, PropertyUnknown, StayUnknown
from ..hotel import Property, Stay, get_hotel
from ..hotel.cleaning import CODE_LIMIT, REF_LIMIT, is_clean_ref
from ..models import Brand, HouseProfile
from ..rules import text


def find_stay(stay_ref: str) -> Stay:
    """:raises StayUnknown: if the adapter knows no such stay."""
    stay = get_hotel().get_stay(stay_ref) if is_clean_ref(stay_ref, limit=REF_LIMIT) else None
    if stay is None:
        raise StayUnknown(stay_ref=text.soft_line(stay_ref, limit=REF_LIMIT))
    return stay


def find_property(code: str) -> Property:
    """:raises PropertyUnknown: if the adapter knows no such property; names those that it knows."""
    hotel = get_hotel()
    found = hotel.get_property(code) if is_clean_ref(code, limit=CODE_LIMIT) else None
    if found is None:
        known = ", ".join(house.code for house in hotel.properties())
        raise PropertyUnknown(property_code=text.soft_line(code, limit=CODE_LIMIT), known=known)
    return found


def check_property(code: str) -> None:
    """While the hotel's system does not answer, a house that was prepared here is known.

    :raises PropertyUnknown: if the adapter knows no such property.
    :raises HotelUnreachable: if neither it nor we can tell.
    """
    try:
        find_property(code)
    except HotelUnreachable:
        if not HouseProfile.objects.filter(property_code=code).exists():
            raise


def known_houses() -> list[Property]:
    """Every house in the hotel's own order; those prepared here while its system does not answer."""
    try:
        return list(get_hotel().properties())
    except HotelUnreachable:
        names = dict(Brand.objects.values_list("property_code", "name"))
        return [
            Property(
                code=profile.property_code,
                name=names.get(profile.property_code, profile.property_code),
                time_zone=profile.time_zone,
                currency=profile.currency,
                phone=profile.on_call_phone,
            )
            for profile in HouseProfile.objects.order_by("property_code")
        ]
