"""Is each house ready to be left alone? Three queries, however many houses and people there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from ..choices import House
from ..models import AuthorityLimit, Brand, HouseProfile, StaffMember
from ..rules import clocks, readiness


@dataclass(frozen=True, kw_only=True)
class HouseReadiness:
    property_code: str
    lines: tuple[readiness.ReadyLine, ...]

    @property
    def ready(self) -> bool:
        return all(line.ok for line in self.lines)


def readiness_of(
    *, now: dt.datetime, playbooks: int, codes: Collection[str] | None = None
) -> list[HouseReadiness]:
    """Every prepared house, by code. ``codes``: only these. ``playbooks``: how many there are."""
    profiles = HouseProfile.objects.order_by("property_code")
    if codes is not None:
        profiles = profiles.filter(property_code__in=sorted(codes))
    brands = {brand.property_code: brand for brand in Brand.objects.defer("logo")}
    people = list(StaffMember.objects.order_by("pk"))
    limits = list(AuthorityLimit.objects.all())
    return [
        HouseReadiness(
            property_code=profile.property_code,
            lines=tuple(
                readiness.check(
                    readiness.Facts(
                        house=House(profile.house),
                        people=_people(profile, people, now),
                        roles_with_limit=_roles_with_limit(profile, limits),
                        has_brand=profile.property_code in brands,
                        sender=_sender(brands.get(profile.property_code)),
                        playbooks=playbooks,
                    )
                )
            ),
        )
        for profile in profiles
    ]


def _people(
    profile: HouseProfile, people: list[StaffMember], now: dt.datetime
) -> tuple[readiness.Person, ...]:
    today = clocks.local_date(now, profile.time_zone)
    return tuple(
        readiness.Person(
            name=person.name,
            roles=tuple(person.roles),
            on_duty=person.on_duty,
            on_call=person.on_call,
            phone=person.phone,
            email=person.email,
        )
        for person in people
        if person.works_at(profile.property_code)
        and (person.active_until is None or person.active_until >= today)
    )


def _roles_with_limit(profile: HouseProfile, limits: list[AuthorityLimit]) -> frozenset[str]:
    """Roles that may give something here: an amount in another currency counts for nothing."""
    return frozenset(
        limit.role
        for limit in limits
        if limit.property_code in ("", profile.property_code)
        and (limit.unlimited or limit.share_percent or (limit.amount and limit.currency == profile.currency))
    )


def _sender(brand: Brand | None) -> str:
    return brand.sender_email if brand is not None and brand.name else ""
