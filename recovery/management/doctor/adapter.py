"""Ask the adapter everything that a verb would ask it, about real rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldError
from django.db import Error as DatabaseError

from ... import clock
from ...hotel import Capability, Guest, Hotel, ModelHotel, Property, Stay, StayStatus
from ...hotel.connecting.masking import masked_name
from ...models import Complaint, HouseProfile, StaffMember
from .line import Line, green, guarded, red

MOST_STAYS = 5
_NOBODY = "no-such-reference-0"
_FIX_METHOD = "Fix that method of the adapter; docs/adapter.md says what it must return."


def lines(hotel: Hotel, *, stay_ref: str = "") -> list[Line]:
    """One line for each method; a method that raises is red and hides no other."""
    houses: list[Property] = []
    stays: list[Stay] = []
    found = guarded("properties()", lambda: _properties(hotel, houses), fix=_FIX_METHOD)
    found += guarded("get_stay()", lambda: _stays(hotel, stays, houses, stay_ref), fix=_FIX_METHOD)
    guests = [stay.guest for stay in stays if stay.guest is not None]
    found += guarded("get_guest()", lambda: _guests(hotel, guests), fix=_FIX_METHOD)
    found += guarded("facts of guests", lambda: _facts(hotel, stays, guests), fix=_FIX_METHOD)
    found += guarded("price of a night", lambda: _prices(stays, houses), fix=_FIX_METHOD)
    found += guarded("find_stays()", lambda: _search(hotel, stays), fix=_FIX_METHOD)
    found += guarded("arrivals()", lambda: _arrivals(hotel, stays, houses), fix=_FIX_METHOD)
    found += guarded("properties_for()", lambda: _access(hotel, houses), fix=_FIX_METHOD)
    found += guarded("may_write_to()", lambda: _veto(hotel, guests), fix=_FIX_METHOD)
    found += guarded("free nights", lambda: _booking(hotel), fix=_FIX_METHOD)
    return found


# --- houses --------------------------------------------------------------------------------------


def _properties(hotel: Hotel, houses: list[Property]) -> Iterator[Line]:
    name = "properties()"
    found = list(hotel.properties())
    strange = next((house for house in found if not isinstance(house, Property)), None)
    if strange is not None:
        yield red(name, f"it returned a {type(strange).__name__}", "Return Property values.")
        return
    houses += found
    codes = [house.code for house in houses]
    if not houses:
        yield red(name, "no house", "Add a row to your model of houses, or set single_property.")
    elif len(set(codes)) < len(codes):
        yield red(name, "two houses have the same code", "Name a unique column in property_code.")
    else:
        yield green(
            name, ", ".join(f"{house.name} ({house.code})" for house in houses[:4]) + _more(houses, 4)
        )
    for house in houses[:MOST_STAYS]:
        again = hotel.get_property(house.code)
        if again != house:
            fix = "get_property must return the house that properties() lists under that code."
            yield red("get_property()", f"“{house.code}” is not the same house there", fix)
        missing = [what for what, text in (("name", house.name), ("currency", house.currency)) if not text]
        if missing:
            fix = "Name its column (property_name, property_currency), or write it into the Property."
            yield red(f"house {house.code}", f"it has no {' and no '.join(missing)}", fix)


def _more(found: list[Any], shown: int) -> str:
    return f" and {len(found) - shown} more" if len(found) > shown else ""


# --- stays and guests ----------------------------------------------------------------------------


def _refs(hotel: Hotel, stay_ref: str) -> list[str]:
    """References of stays to ask about: the one that was named, the newest, or those of complaints."""
    if stay_ref:
        return [stay_ref]
    if isinstance(hotel, ModelHotel):
        rows = hotel.stay_rows().order_by("-pk")[:MOST_STAYS]
        return [hotel.stay_from(row).ref for row in rows]
    try:
        refs = Complaint.objects.exclude(stay_ref="").order_by("-pk").values_list("stay_ref", flat=True)
        return list(dict.fromkeys(refs[:MOST_STAYS]))
    except DatabaseError:
        return []  # because our tables are not there yet, which another line says


def _stays(hotel: Hotel, stays: list[Stay], houses: list[Property], stay_ref: str) -> Iterator[Line]:
    name = "get_stay()"
    refs = _refs(hotel, stay_ref)
    if not refs:
        why = "no stay to ask about"
        if isinstance(hotel, ModelHotel):
            yield green(
                name, f"{why}: {hotel.stay_model} is empty", fix="Run it again when there are bookings."
            )
        else:
            yield green(name, why, fix="Name one: recovery_doctor --stay REF.")
    for ref in refs:
        stay = hotel.get_stay(ref)
        if not isinstance(stay, Stay):
            what = "nothing" if stay is None else f"a {type(stay).__name__}"
            yield red(
                name, f"for “{ref}” it returned {what}", "It must find every reference that it gives out."
            )
        elif stay.ref != ref:
            yield red(name, f"for “{ref}” it returned “{stay.ref}”", "A reference must name one stay only.")
        else:
            stays.append(stay)
    if hotel.get_stay(_NOBODY) is not None:
        yield red(name, "it found a stay that cannot exist", "Return None for a reference that is not there.")
    if stays:
        yield green(name, f"{len(stays)} recent stays were read")
        yield from _dates(stays)
        yield from _houses_of(stays, houses)


def _dates(stays: list[Stay]) -> Iterator[Line]:
    without = [stay.ref for stay in stays if stay.arrival_on is None]
    backwards = [stay.ref for stay in stays if stay.arrival_on and stay.departure_on and stay.nights is None]
    if len(without) == len(stays):
        fix = "Name the column in arrival; texts must be written as 2026-07-11 or 11.7.2026."
        yield red("days of stays", "none has a day of arrival", fix)
    elif backwards:
        fix = "Are arrival and departure the right way round in the adapter?"
        yield red("days of stays", f"“{backwards[0]}” departs before it arrives", fix)
    else:
        open_ended = sum(stay.departure_on is None for stay in stays)
        detail = f"{len(stays) - len(without)} of {len(stays)} have a day of arrival"
        yield green("days of stays", detail + (f", {open_ended} no departure" if open_ended else ""))


def _houses_of(stays: list[Stay], houses: list[Property]) -> Iterator[Line]:
    codes = {house.code for house in houses}
    lost = next((stay for stay in stays if stay.property_code not in codes), None)
    if lost is not None:
        fix = "stay_property must end at the same column as property_code."
        yield red("house of a stay", f"“{lost.ref}” is in “{lost.property_code}”, which no house is", fix)


def _guests(hotel: Hotel, guests: list[Guest]) -> Iterator[Line]:
    name = "get_guest()"
    with_ref = [guest for guest in guests if guest.ref]
    for guest in with_ref:
        again = hotel.get_guest(guest.ref)
        if not isinstance(again, Guest):
            yield red(name, "it does not find the guest of a stay", "It must find every Guest.ref of a stay.")
            return
        if again.ref != guest.ref:
            yield red(name, "it returned somebody else", "A reference must name one guest only.")
            return
    if hotel.get_guest(_NOBODY) is not None:
        yield red(name, "it found a guest who cannot exist", "Return None for a reference that is not there.")
    yield green(name, f"{len(with_ref)} guests were read again" if with_ref else "no guest to ask about")


def _facts(hotel: Hotel, stays: list[Stay], guests: list[Guest]) -> Iterator[Line]:
    """How many of the recent guests can be written to, and in which language."""
    if not stays:
        return
    if not guests:
        yield red("guests", "no recent stay has a guest", "Name the way to the guest in stay_guest.")
        return
    yield _filled(
        hotel, "guest's name", "guest_name guest_first_name guest_last_name", [g.name for g in guests]
    )
    yield _filled(hotel, "guest's e-mail", "guest_email", [guest.email for guest in guests])
    yield _filled(hotel, "guest's telephone", "guest_phone", [guest.phone for guest in guests])
    yield _filled(hotel, "guest's language", "guest_language", [guest.language for guest in guests])


def _filled(hotel: Hotel, name: str, attributes: str, values: list[str]) -> Line:
    filled = sum(bool(value) for value in values)
    paths = [
        f"{attribute} = {path!r}"
        for attribute in attributes.split()
        if (path := getattr(hotel, attribute, ""))
    ]
    detail = f"{filled} of {len(values)} recent guests have one"
    if filled or (not paths and name != "guest's name"):
        return green(name, detail if paths or filled else f"{detail}; the adapter names no path for it")
    via = "; ".join(paths) or "no path"
    fix = (
        f"The adapter reads {via}. If it goes over a profile that these guests do not have, name a column "
        f"that is filled; check it with recovery_connect."
    )
    return red(name, detail, fix)


def _prices(stays: list[Stay], houses: list[Property]) -> Iterator[Line]:
    """A free night is worth what a night costs: without a price, the letter that gives one is refused."""
    name = "price of a night"
    if not stays:
        return
    try:
        rates = dict(HouseProfile.objects.values_list("property_code", "reference_rate"))
    except DatabaseError:
        return  # because our tables are not there yet, which another line says
    currencies = {house.code: house.currency for house in houses}
    unpriced = [
        stay
        for stay in stays
        if not stay.nightly_rate or stay.currency not in ("", currencies.get(stay.property_code, ""))
    ]
    without = sorted(code for code, rate in rates.items() if not rate)
    stuck = [stay for stay in unpriced if stay.property_code in without]
    detail = f"{len(stays) - len(unpriced)} of {len(stays)} recent stays have one"
    where = "Enter the reference rate under House profiles in the admin"
    if stuck:
        house = stuck[0].property_code
        fix = f"{where}: until then “{stuck[0].ref}” gets no letter with a free night."
        yield red(name, f"{detail}, and {house} has no reference rate", fix)
    elif without:
        fix = f"{where} ({without[0]}): a guest whom the system does not know has no price of their own."
        yield green(name, detail, fix=fix)
    else:
        yield green(name, f"{detail}; the others have the reference rate of their house")


# --- the rest ------------------------------------------------------------------------------------


def _search(hotel: Hotel, stays: list[Stay]) -> Iterator[Line]:
    name = "find_stays()"
    if not hotel.has(Capability.FIND_STAYS):
        yield green(
            name, "not there: the desk types the reference", fix="docs/adapter.md shows how to add it."
        )
        return
    known = next((stay for stay in stays if stay.guest and stay.guest.name), None)
    if known is None or known.guest is None:
        found = hotel.find_stays("Nobody Atall")
        yield green(name, f"it answered ({len(found)} found); there was no name to look for")
        return
    found = hotel.find_stays(known.guest.name, known.arrival_on)
    asked = f"“{masked_name(known.guest.name)}”"
    if any(match.stay.ref == known.ref for match in found):
        yield green(name, f"{asked} was found, with {len(found) - 1} others")
    elif found:
        yield green(name, f"{asked} was asked for and {len(found)} others came first")
    else:
        fix = "The search reads guest_name, guest_first_name and guest_last_name: do these hold the name?"
        yield red(name, f"{asked} was not found although the stay exists", fix)


def _arrivals(hotel: Hotel, stays: list[Stay], houses: list[Property]) -> Iterator[Line]:
    """Asked about the day of a stay that we know: an empty list of today proves nothing."""
    name, codes = "arrivals()", {house.code for house in houses}
    if not houses:
        return  # because another line says so
    if not hotel.has(Capability.ARRIVALS):
        yield green(name, "not there: the morning sheet says so", fix="docs/adapter.md shows how to add it.")
        return
    known = next((s for s in stays if s.arrival_on and not s.is_cancelled and s.property_code in codes), None)
    code = known.property_code if known else houses[0].code
    day = (known.arrival_on if known else None) or clock.now().astimezone(houses[0].zone).date()
    found = list(hotel.arrivals(code, day))
    strange = next((stay for stay in found if not isinstance(stay, Stay)), None)
    wrong = next((stay for stay in found if isinstance(stay, Stay) and stay.is_cancelled), None)
    if strange is not None:
        yield red(name, f"it returned a {type(strange).__name__}", "Return Stay values.")
    elif wrong is not None:
        yield red(name, f"“{wrong.ref}” is cancelled", "Leave cancelled stays out: nobody comes.")
    elif known is None:
        yield green(name, f"it answered ({len(found)} today); there was no stay to look for")
    elif known.ref in {stay.ref for stay in found}:
        yield green(name, f"“{known.ref}” was found on its day, with {len(found) - 1} others")
    elif known.status in (StayStatus.IN_HOUSE, StayStatus.DEPARTED):
        yield green(name, f"it answered ({len(found)} on {day}); “{known.ref}” is here already")
    else:
        fix = "Is the day asked for as a day at the house, and the house by the code of properties()?"
        yield red(name, f"“{known.ref}” arrives at “{code}” on {day} and is not among {len(found)}", fix)


def _access(hotel: Hotel, houses: list[Property]) -> Iterator[Line]:
    name = "properties_for()"
    user = _staff_user()
    if user is None:
        yield green(name, "no user to ask about", fix="Make a user account for a colleague.")
        return
    found: Any = hotel.properties_for(user)  # because a host may return anything
    if found is None:
        yield green(name, "this colleague sees every house")
        return
    if isinstance(found, str) or not all(isinstance(code, str) for code in found):
        yield red(
            name, f"it returned a {type(found).__name__}", "Return a frozenset of codes, or None for all."
        )
        return
    unknown = sorted(set(found) - {house.code for house in houses})
    if unknown:
        yield red(name, f"“{unknown[0]}” is no house", "Return codes as properties() gives them.")
    else:
        yield green(name, f"this colleague sees {len(set(found))} of {len(houses)} houses")


def _staff_user() -> Any:
    """A colleague's account, else any that may sign in to the admin, else any."""
    try:
        member = StaffMember.objects.filter(user__isnull=False).select_related("user").first()
    except DatabaseError:
        member = None  # because our tables are not there yet, which another line says
    if member is not None:
        return member.user
    users = get_user_model()._default_manager.order_by("pk")
    try:
        return users.filter(is_staff=True, is_active=True).first() or users.first()
    except FieldError:  # because a swapped user may have neither
        return users.first()


def _veto(hotel: Hotel, guests: list[Guest]) -> Iterator[Line]:
    name = "may_write_to()"
    if not guests:
        yield green(name, "no guest to ask about")
        return
    answers = [hotel.may_write_to(guest) for guest in guests]
    wrong = next((answer for answer in answers if not isinstance(answer, bool)), None)
    if wrong is not None:
        yield red(name, f"it returned a {type(wrong).__name__}", "Return True or False.")
    elif not any(answers):
        fix = "Is it the right way round? True means that letters may go."
        yield red(name, f"none of {len(guests)} recent guests may be written to", fix)
    else:
        yield green(name, f"{sum(answers)} of {len(answers)} recent guests may be written to")


def _booking(hotel: Hotel) -> Iterator[Line]:
    """They change the hotel's own system, so they are never called here."""
    books, cancels = (
        hotel.has(Capability.BOOK_CERTIFICATE_NIGHTS),
        hotel.has(Capability.CANCEL_CERTIFICATE_NIGHTS),
    )
    if books and cancels:
        yield green(
            "free nights", "booked and given back in the hotel system (not tried: it would change it)"
        )
    elif books or cancels:
        has, lacks = ("booked", "cancel") if books else ("given back", "book")
        fix = f"Add {lacks}_certificate_nights, or a person must do that half by hand."
        yield green("free nights", f"only {has} by the adapter", fix=fix)
    else:
        yield green("free nights", "a task asks a person to make the night free in the hotel system")
