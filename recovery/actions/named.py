"""Employees whom the guest named: they neither see nor handle this complaint (S2-10)."""

from __future__ import annotations

from collections.abc import Sequence

from ..choices import EventKind, Role
from ..errors import ManagersOnly, NoManagerLeft
from ..models import Alarm, Complaint, StaffLink, StaffMember, Task
from . import alarms, chains, houses, watches
from .actor import Actor
from .engine import Turn, verb


@verb
def name_staff(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    people: Sequence[StaffMember],
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Say which employees the guest named: all of them, so that an empty list names nobody.

    They can neither own, answer nor close it, see nothing of it, and are rung for nothing in it. What was
    theirs goes on: a manager owns the complaint, and their open tasks go to the next in the chain.

    :raises ManagersOnly: if somebody else than a manager names or unnames.
    :raises NoManagerLeft: if the guest named everybody who could take it over.
    :raises OwnerNotHere: if a person who is newly named does not work at this property.
    """
    if not by.is_manager:
        raise ManagersOnly()
    current = turn.complaint
    before = set(current.named_staff.values_list("pk", flat=True))
    named = {person.pk: person for person in people}
    today = houses.local_date(houses.profile_of(current.property_code), turn.now)
    for pk, person in named.items():
        if pk not in before:
            houses.check_works_here(person, current.property_code, today=today)
    current.named_staff.set(sorted(named))
    chain = chains.chain_for(current, Role.DUTY_MANAGER, now=turn.now)
    # Asked always: later a missed promise needs a manager, too, and must not find nobody.
    if named and not any(person.has_role(Role.DUTY_MANAGER, Role.GENERAL_MANAGER) for person in chain):
        raise NoManagerLeft()
    turn.record(EventKind.STAFF_NAMED, named=sorted(set(named) - before), unnamed=sorted(before - set(named)))
    if current.owner_id in named:
        gone, current.owner = current.owner_id, chain[0]
        current.save(update_fields=["owner"])
        turn.record(EventKind.ASSIGNED, owner=chain[0].pk, before=gone)
    _shut_doors(turn, set(named))
    for task in Task.objects.open().filter(complaint=current, assignee__in=named).order_by("pk"):
        _pass_on(turn, task, named[task.assignee_id])
    return current


def _shut_doors(turn: Turn, named: set[int]) -> None:
    """Links that were sent open nothing any more, and alarms on their way say nothing."""
    of_them = {"complaint": turn.complaint, "person__in": named}
    StaffLink.objects.filter(**of_them, revoked_at__isnull=True).update(revoked_at=turn.now)
    Alarm.objects.filter(**of_them, seen_at__isnull=True).update(seen_at=turn.now)


def _pass_on(turn: Turn, task: Task, person: StaffMember) -> None:
    """The task goes to the next of its chain, who has yet to say yes."""
    left = watches.left_to_ask(turn, task) if task.role else []
    heir = StaffMember.objects.get(pk=left[0]) if left else turn.complaint.owner
    task.assignee = heir
    if task.accepted_by == person.name:
        task.accepted_at, task.accepted_by, task.accepted_how = None, "", ""
        task.heard_by, task.started_at = "", None
    if task.needs_yes:
        task.asked = [*task.asked, heir.pk]
        task.asked_at, task.asked_on_call = turn.now, chains.is_on_call(heir)
    task.save(
        update_fields=[
            "assignee",
            "accepted_at",
            "accepted_by",
            "accepted_how",
            "heard_by",
            "started_at",
            "asked",
            "asked_at",
            "asked_on_call",
        ]
    )
    turn.record(EventKind.TASK_ASKED, task=task.pk, person=heir.pk, level=task.level)
    watches.plan(turn, task)
    alarms.put_question(turn, task)
