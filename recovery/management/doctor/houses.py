"""Whether each house is ready to write its first letter: profile, brand, people, limits, addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from ... import clock, conf
from ...actions import Actor
from ...actions.authority import may
from ...choices import Role
from ...hotel import Property
from ...models import AuthorityLimit, Brand, HouseProfile, StaffMember
from .line import Line, green, red

WANTED = (Role.DUTY_MANAGER, Role.GENERAL_MANAGER)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 because it is only compared


def lines(houses: Sequence[Property]) -> Iterator[Line]:
    """The lines of every house, in the adapter's order."""
    profiles = {profile.property_code: profile for profile in HouseProfile.objects.all()}
    brands = {brand.property_code: brand for brand in Brand.objects.all()}
    today = clock.now().date()
    staff = list(StaffMember.objects.active(on=today).select_related("user"))
    limits = list(AuthorityLimit.objects.all())
    for house in houses:
        yield _profile(house, profiles.get(house.code))
        yield from _brand(house, brands.get(house.code))
        yield from _people(house, staff, limits, profiles.get(house.code))
    known = {house.code for house in houses}
    for code in sorted(set(profiles) - known):
        fix = "Has its code changed? Complaints keep the old one: name a column that never changes."
        yield red(f"house {code}", "it has a profile and the adapter does not know it", fix)


def _profile(house: Property, profile: HouseProfile | None) -> Line:
    name = f"profile {house.code}"
    if profile is None:
        return red(name, "there is none", f"manage.py recovery_init --property {house.code}")
    wrong = [
        f"{what} is {ours} there and {theirs} in the adapter"
        for what, ours, theirs in (
            ("time zone", profile.time_zone, house.time_zone),
            ("currency", profile.currency, house.currency),
        )
        if theirs and ours != theirs
    ]
    if wrong:
        return red(
            name, "; ".join(wrong), "Correct the one that is wrong: House profiles in the admin, or your row."
        )
    return green(name, f"{profile.get_house_display()}, {profile.time_zone}, {profile.currency}")


def _brand(house: Property, brand: Brand | None) -> Iterator[Line]:
    name = f"brand {house.code}"
    if brand is None:
        yield red(name, "there is none", f"manage.py recovery_init --property {house.code}")
        return
    missing = [
        what
        for what, value in (
            ("a name", brand.name),
            ("a sender address", brand.sender_email),
            ("a telephone", brand.phone),
            ("a postal address", brand.address_lines),
        )
        if not value
    ]
    if missing:
        yield red(
            name, f"it lacks {', '.join(missing)}", "Fill it in under Brands: guests see it on every letter."
        )
    else:
        yield green(name, f"{brand.name}, from {brand.sender_email}")
    if brand.sender_email:
        yield _domains(house, brand)


def _domains(house: Property, brand: Brand) -> Line:
    """A mail whose sender, answer and links belong to three owners looks like a fraud."""
    name = f"domains {house.code}"
    sender = brand.sender_email.rpartition("@")[2].lower()
    answers = (brand.reply_to or brand.sender_email).rpartition("@")[2].lower()
    links = _host_of(conf.current().BASE_URL)
    detail = f"From {sender}, Reply-To {answers}, links {links or 'nowhere'}"
    if not links:
        return red(name, detail, 'Set RECOVERY["BASE_URL"] to where guests reach your site.')
    if links in _LOCAL:
        if conf.is_debug():
            return green(name, f"{detail}: guests cannot open these links; fine for trying (DEBUG)")
        return red(
            name, detail, 'Set RECOVERY["BASE_URL"] to where guests reach your site, not to this machine.'
        )
    if not is_same_owner(sender, answers):
        return red(
            name, detail, "Let answers go to an address of the sender's domain: Reply-To under Brands."
        )
    if not is_same_owner(sender, links):
        fix = f"Send from an address at {links.removeprefix('www.')}, or serve the links from {sender}."
        return red(name, detail, fix)
    return green(name, detail)


def _host_of(url: object) -> str:
    try:
        return (urlsplit(url).hostname or "") if isinstance(url, str) else ""
    except ValueError:
        return ""


#: Below these a name is sold by a registry, so that "co.uk" is nobody's.
_SHARED_ENDINGS = frozenset({"co", "com", "net", "org", "ac", "gov", "edu", "gob", "or", "ne", "go", "gv"})


def owner_of(domain: str) -> str:
    """The part of a domain that somebody owns: ``mail.inn.co.uk`` and ``www.inn.co.uk`` are ``inn.co.uk``."""
    labels = domain.strip(".").lower().split(".")
    is_shared = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED_ENDINGS
    return ".".join(labels[-3:] if is_shared else labels[-2:])


def is_same_owner(one: str, other: str) -> bool:
    """Whether two domains belong together, as a guest and a spam filter see it."""
    return owner_of(one) == owner_of(other)


# --- people --------------------------------------------------------------------------------------


def _people(
    house: Property,
    staff: Sequence[StaffMember],
    limits: Iterable[AuthorityLimit],
    profile: HouseProfile | None,
) -> Iterator[Line]:
    name = f"staff {house.code}"
    here = [person for person in staff if person.works_at(house.code)]
    by_role = {role: [person for person in here if person.has_role(role)] for role in WANTED}
    missing = [role.label for role, people in by_role.items() if not people]
    if missing:
        fix = "Add one under Staff, with the role and the house. One person may have both roles."
        yield red(name, f"nobody is {' and nobody is '.join(map(str, missing))}", fix)
    else:
        names = ", ".join(f"{role.label} {people[0].name}" for role, people in by_role.items())
        yield green(name, names)
    yield from _permissions(house, by_role)
    if profile is not None:
        yield _limits(house, profile, limits)


def _permissions(house: Property, by_role: dict[Role, list[StaffMember]]) -> Iterator[Line]:
    """Somebody with an account must be allowed to send the letter that the playbook asks for."""
    with_account = [p for people in by_role.values() for p in people if p.user is not None]
    powerless = [
        person
        for person in dict.fromkeys(with_account)
        if not may(Actor.for_staff(person), "release_letter", property_code=house.code)
    ]
    if with_account and len(powerless) == len(set(with_account)):
        fix = (
            "Put the account into the group “recovery: duty manager”, and let properties_for name the house."
        )
        yield red(f"permissions {house.code}", f"{powerless[0].name} may not release a letter here", fix)


def _limits(house: Property, profile: HouseProfile, limits: Iterable[AuthorityLimit]) -> Line:
    """What the managers may give without asking; in another currency only the share counts."""
    name = f"limits {house.code}"
    mine = [limit for limit in limits if limit.property_code in ("", house.code)]
    without = [
        role.label
        for role in WANTED
        if not any(
            limit.role == role.value
            and (
                limit.unlimited
                or limit.share_percent
                or (limit.amount and limit.currency == profile.currency)
            )
            for limit in mine
        )
    ]
    if without:
        fix = f"Add one under Authority limits, in {profile.currency}; recovery_init makes the usual ones."
        return red(name, f"{' and '.join(map(str, without))} may give nothing", fix)
    return green(name, "duty manager and general manager can give what is right without asking")


def age(moment: dt.datetime | None, now: dt.datetime) -> str:
    """How long ago, in words that a person reads at a glance."""
    if moment is None:
        return "never"
    seconds = max(0, int((now - clock.aware(moment)).total_seconds()))
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * length or (seconds >= length and unit != "minute"):
            count = seconds // length
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return f"{seconds} s ago"
