"""How a property runs, read from our own tables."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

from ..choices import Role
from ..errors import NobodyOnDuty, NoBrand, NoProfile, OwnerNotHere, RateUnknown
from ..models import Brand, Complaint, HouseProfile, StaffMember
from ..rules import calendar, clocks

#: Whom to ask when nobody in the wanted role is there; every chain ends at the manager.
_FALLBACK = (Role.DUTY_MANAGER, Role.GENERAL_MANAGER)


def profile_of(property_code: str) -> HouseProfile:
    """:raises NoProfile: if the property was never prepared."""
    profile = HouseProfile.objects.filter(property_code=property_code).first()
    if profile is None:
        raise NoProfile(property_code=property_code)
    return profile


def zone_of(property_code: str) -> ZoneInfo:
    """:raises NoProfile: if the property was never prepared."""
    return ZoneInfo(profile_of(property_code).time_zone)


def calendar_of(profile: HouseProfile) -> calendar.Calendar:
    """The desk hours of a property."""
    return calendar.read(
        zone=profile.time_zone,
        opens=profile.desk_opens,
        closes=profile.desk_closes,
        by_weekday=profile.desk_hours,
        special=profile.holidays,
    )


def brand_of(property_code: str) -> Brand:
    """:raises NoBrand: if nobody said how the property's letters look."""
    brand = Brand.objects.filter(property_code=property_code).first()
    if brand is None:
        raise NoBrand(property_code=property_code)
    return brand


def business_date(profile: HouseProfile, now: dt.datetime) -> dt.date:
    """The hotel business day of an instant at that property."""
    return clocks.property_date(now, profile.time_zone, profile.business_day_starts)


def local_date(profile: HouseProfile, now: dt.datetime) -> dt.date:
    """The calendar date of an instant at that property."""
    return clocks.local_date(now, profile.time_zone)


def staff_in(property_code: str, role: Role, *, today: dt.date) -> list[StaffMember]:
    """Who works there in that role, those on duty first."""
    people = StaffMember.objects.active(on=today).order_by("-on_duty", "pk")
    return [p for p in people if p.works_at(property_code) and p.has_role(role)]


def person_for(property_code: str, role: Role, *, today: dt.date) -> StaffMember | None:
    """Somebody in the role, else a manager; on duty before off duty."""
    for candidate in (role, *_FALLBACK):
        people = staff_in(property_code, candidate, today=today)
        if people:
            return people[0]
    return None


def manager_for(property_code: str, *, today: dt.date) -> StaffMember:
    """:raises NobodyOnDuty: if the property has no manager at all."""
    person = person_for(property_code, Role.DUTY_MANAGER, today=today)
    if person is None:
        raise NobodyOnDuty(property_code=property_code)
    return person


def check_works_here(person: StaffMember, property_code: str, *, today: dt.date) -> None:
    """:raises OwnerNotHere: if that person has left, or works at other houses only."""
    gone = person.active_until is not None and person.active_until < today
    if gone or not person.works_at(property_code):
        raise OwnerNotHere(name=person.name, property_code=property_code)


def is_in_house(complaint: Complaint, *, today: dt.date) -> bool:
    """Whether the guest sleeps with us: from the day of arrival to the day of departure."""
    arrives, leaves = complaint.arrival_on, complaint.departure_on
    return arrives is not None and leaves is not None and arrives <= today <= leaves


def nightly_rate(complaint: Complaint) -> Decimal:
    """The affected charge of one night: the stay's own rate, else the house's reference rate.

    In the house's currency: a stay that was booked in another one has no rate here, because
    amounts are never converted.

    :raises RateUnknown: if neither is known.
    """
    profile = profile_of(complaint.property_code)
    own = complaint.nightly_rate if complaint.currency == profile.currency else None
    rate = own or profile.reference_rate
    if not rate:
        raise RateUnknown(property_code=complaint.property_code)
    return rate
