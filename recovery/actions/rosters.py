"""Who is on duty: from the hotel's roster, where it has one."""

from __future__ import annotations

import datetime as dt

from ..hotel import Capability, get_hotel
from ..models import HouseProfile, StaffMember
from .actor import Actor
from .authority import check_may


def take_roster(*, by: Actor, now: dt.datetime) -> int:
    """Copy who is on duty and on call from the hotel's roster. Returns how many people changed.

    Only people with a roster key are touched. A roster that cannot be read leaves everything as it is:
    yesterday's duty is nearer to the truth than nobody's.
    """
    check_may(by, "take_roster", property_code="")
    hotel = get_hotel()
    if not hotel.has(Capability.ROSTER):
        return 0
    changed = 0
    people = list(StaffMember.objects.exclude(roster_ref=""))
    for code in HouseProfile.objects.values_list("property_code", flat=True):
        here = {entry.roster_ref: entry for entry in hotel.roster(code, now)}
        for person in people:
            if not person.works_at(code) or (person.property_codes and person.property_codes[0] != code):
                continue
            entry = here.get(person.roster_ref)
            duty = (entry is not None and not entry.on_call, entry is not None and entry.on_call)
            if duty != (person.on_duty, person.on_call):
                StaffMember.objects.filter(pk=person.pk).update(on_duty=duty[0], on_call=duty[1])
                changed += 1
    return changed
