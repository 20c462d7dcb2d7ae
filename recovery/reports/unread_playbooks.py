"""Who has not yet read which playbook? (S1-11)"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..choices import Role
from ..models import Playbook, StaffMember
from ..models.playbooks import InForce

#: They answer for every playbook, whoever has its steps.
_ALWAYS = frozenset({Role.DUTY_MANAGER, Role.GENERAL_MANAGER})


@dataclass(frozen=True, kw_only=True)
class Unread:
    """One colleague and one playbook, in the version that holds now."""

    person: StaffMember
    playbook: InForce
    #: An earlier version was read: what is new is short.
    read_before: bool


def unread_playbooks(property_code: str, *, today: dt.date, key: str = "") -> list[Unread]:
    """Colleagues of a house who have a step in a playbook and have not read the version in force.

    ``today``: the house's local date; who has left is not asked. Two queries, whatever the size of the
    house. A version that is saved or shipped today makes everybody with a step in it unread again.
    """
    books = Playbook.objects.in_force(property_code, [key] if key else None)
    people = [
        person
        for person in StaffMember.objects.active(on=today).order_by("name", "pk")
        if person.works_at(property_code)
    ]
    return [
        Unread(person=person, playbook=found, read_before=_read_before(person, found))
        for found in books.values()
        for person in people
        if must_read(person, found) and found.mark not in person.playbooks_read
    ]


def must_read(person: StaffMember, found: InForce) -> bool:
    """Whether one of the person's roles has a step in it, or answers for all of them."""
    roles = {role.value for role in found.book.roles | _ALWAYS}
    # An overlay may be started by anybody, so everybody reads it.
    return found.book.is_overlay or bool(roles.intersection(person.roles))


def _read_before(person: StaffMember, found: InForce) -> bool:
    return any(mark.startswith(f"{found.book.key}:") for mark in person.playbooks_read)
