"""The end of a shift and of an employment: nothing is left without somebody whom the guest can name."""

from __future__ import annotations

import datetime as dt
import logging

from django.db.models import F, Q

from ..errors import NobodyOnDuty
from ..models import Complaint, StaffMember
from . import chains, houses
from .actor import Actor
from .authority import check_may
from .engine import Turn, verb
from .hand_overs import hand_over_all, inherit, open_work
from .morning_sheets import plan_morning_sheets
from .rosters import take_roster

log = logging.getLogger("recovery.shifts")


def change_shifts(*, by: Actor, now: dt.datetime) -> int:
    """Offer the open work of everybody who has gone off duty since the last look. Returns how much.

    Looks at the list of staff alone, and at nothing while nobody comes or goes. Whoever wrote
    ``on_duty`` – a roster, the admin, code of the host – the change is noticed.
    """
    check_may(by, "change_shifts", property_code="")
    del now
    StaffMember.objects.filter(was_on_duty=False, on_duty=True).update(was_on_duty=True)
    offered = 0
    for person in StaffMember.objects.filter(was_on_duty=True, on_duty=False).order_by("pk"):
        offered += hand_over_all(giver=person, by=by)
        # Last, so that a crash in between offers again what was not offered; an offer is made once.
        StaffMember.objects.filter(pk=person.pk, on_duty=False).update(was_on_duty=False)
    return offered


def inherit_work(*, by: Actor, now: dt.datetime) -> int:
    """Open work of people who have left goes on: complaints and tasks get another owner. Returns how many.

    Each leaver is looked at until nothing of theirs is open, and then never again.
    """
    check_may(by, "inherit_work", property_code="")
    # Dates are the property's; a day's slack, and the verb looks at the property's own date.
    gone = StaffMember.objects.filter(active_until__lt=now.date() + dt.timedelta(days=1))
    gone = gone.filter(Q(passed_on_for__isnull=True) | ~Q(passed_on_for=F("active_until")))
    moved = 0
    # Sorted here: sorted by the database, SQLite reads everybody who ever worked in the group.
    for person in sorted(gone, key=lambda one: one.pk):
        last_day = person.active_until
        for complaint in open_work(person):
            # Asked before the verb is: it writes, and a page that is open would be stale at every sweep.
            if not _has_left(person, complaint, now=now):
                continue
            try:
                _inherit(complaint=complaint, by=by, person=person)
            except NobodyOnDuty:
                # A house without a manager must not keep the others' work from going on.
                log.error("nobody can inherit the work of %s at %s", person.pk, complaint.property_code)
                continue
            moved += 1
        # The longest way round the world: after that the day has passed in every house.
        is_over = last_day is not None and last_day < (now - dt.timedelta(hours=12)).date()
        if is_over and not open_work(person).exists():
            StaffMember.objects.filter(pk=person.pk, active_until=last_day).update(passed_on_for=last_day)
    return moved


@verb.named("inherit_work")
def _inherit(turn: Turn, /, *, complaint: Complaint, by: Actor, person: StaffMember) -> Complaint:
    current = turn.complaint
    if not _has_left(person, current, now=turn.now):
        return current
    manager = chains.manager_for(current, now=turn.now)
    inherit(turn, giver=person, heir=manager)
    return current


def _has_left(person: StaffMember, complaint: Complaint, *, now: dt.datetime) -> bool:
    today = houses.local_date(houses.profile_of(complaint.property_code), now)
    return person.active_until is not None and person.active_until < today


def keep_shifts(*, by: Actor, now: dt.datetime) -> None:
    """What every sweep does for the people: roster, ends of shifts, leavers, the morning sheets.

    One that fails hides none of the others: a roster that cannot be read is no reason to forget a sheet.
    """
    for step in (take_roster, change_shifts, inherit_work, plan_morning_sheets):
        try:
            step(by=by, now=now)
        except Exception:  # because a host's roster may raise whatever it likes
            log.exception("%s failed; the next sweep tries again", step.__name__)
