"""Whom to ask, in which order: who is in the role and here, who is on call, then the managers."""

from __future__ import annotations

import datetime as dt

from ..choices import Role
from ..errors import NobodyOnDuty
from ..models import Complaint, StaffMember
from . import houses

#: Every chain ends at a manager.
_MANAGERS = (Role.DUTY_MANAGER, Role.GENERAL_MANAGER)


def everybody(complaint: Complaint, *, now: dt.datetime) -> list[StaffMember]:
    """Who works at the house of the complaint, without those whom the guest named."""
    code = complaint.property_code
    today = houses.local_date(houses.profile_of(code), now)
    named = set(complaint.named_staff.values_list("pk", flat=True))
    staff = StaffMember.objects.active(on=today).order_by("pk")
    return [person for person in staff if person.works_at(code) and person.pk not in named]


def chain_for(complaint: Complaint, role: Role | None, *, now: dt.datetime) -> list[StaffMember]:
    """Everybody who may be asked for this complaint, the nearest first; nobody whom the guest named."""
    return chain_of(everybody(complaint, now=now), role)


def chain_of(staff: list[StaffMember], role: Role | None) -> list[StaffMember]:
    """The same, out of those who work there.

    Who is neither on duty nor on call sleeps, and is asked only where nobody else is left in the role
    of a manager.
    """
    wanted = [role, *_MANAGERS] if role is not None else list(_MANAGERS)
    chain: list[StaffMember] = []
    for each in wanted:
        of_role = [person for person in staff if person.has_role(each)]
        chain += [person for person in of_role if person.on_duty]
        chain += [person for person in of_role if person.on_call and not person.on_duty]
    if not any(person.has_role(*_MANAGERS) for person in chain):
        chain += [person for person in staff if person.has_role(*_MANAGERS)]
    return list(dict.fromkeys(chain))


def nearest(staff: list[StaffMember], role: Role, *, awake: bool = False) -> StaffMember | None:
    """Somebody in the role, else a manager. ``awake``: only who is here or on call."""
    chain = chain_of(staff, role)
    if chain and (awake or chain[0].has_role(role)):
        return chain[0]
    # Nobody of the role is here or on call: somebody who has it, else the first manager.
    of_role = [person for person in staff if person.has_role(role)]
    return of_role[0] if of_role else (chain[0] if chain else None)


def manager_for(complaint: Complaint, *, now: dt.datetime) -> StaffMember:
    """The duty manager who takes a complaint over.

    :raises NobodyOnDuty: if the property has no manager whom the guest has not named.
    """
    people = chain_for(complaint, Role.DUTY_MANAGER, now=now)
    if not people:
        raise NobodyOnDuty(property_code=complaint.property_code)
    return people[0]


def general_manager_for(complaint: Complaint, *, now: dt.datetime) -> StaffMember | None:
    people = chain_for(complaint, Role.GENERAL_MANAGER, now=now)
    managers = [person for person in people if person.has_role(Role.GENERAL_MANAGER)]
    found = managers or people
    return found[0] if found else None


def is_on_call(person: StaffMember) -> bool:
    """Whether the person answers the phone from home."""
    return person.on_call and not person.on_duty
