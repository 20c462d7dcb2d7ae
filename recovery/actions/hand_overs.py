"""Handing over: the work is offered, and stays with the giver until somebody says yes. Clocks run on."""

from __future__ import annotations

import logging

from .. import clock
from ..choices import AcceptedHow, AlarmReason, EventKind, Role, TaskKind
from ..errors import (
    AlreadyAccepted,
    AlreadyTheirs,
    NobodyToHandOver,
    NotAHandOver,
    RecoveryError,
)
from ..models import Complaint, StaffMember, Task
from ..models.complaints import ComplaintQuerySet
from ..models.tasks import TaskQuerySet
from ..outbox.enqueue import digest
from ..rules import task_states, text, watching
from . import alarms, chains, houses, promises, summaries, watches
from .actor import Actor
from .authority import check_may
from .engine import Turn, verb
from .tasks import check_works_here, create_task, finish, own_way, withdraw_unique

log = logging.getLogger("recovery.shifts")

NOTE = 1_000


@verb
def hand_over(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    receiver: StaffMember | None = None,
    note: str = "",
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Offer this complaint, with the giver's tasks in it, to a colleague. No reason is asked for.

    ``receiver``: whom; nobody named: whoever is on duty in the giver's role, else a manager. Until
    somebody accepts, the giver stays the owner; after ten minutes the managers are asked.

    :raises NobodyToHandOver: if nobody else works here.
    :raises AlreadyTheirs: if the receiver has it already.
    :raises OwnerNotHere: if the receiver does not work at this property.
    :raises NamedInComplaint: if the guest named the receiver.
    """
    words = text.clean_text(note, field="note", limit=NOTE)
    return _offer(turn, giver=_giver(turn), receiver=receiver, note=words, rings=True)


@verb
def accept_hand_over(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    person: StaffMember | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Take over what a colleague offers: complaint and open tasks become this person's, as they stand.

    ``person``: who said so to the one who records it; nobody named: whoever acts.

    :raises NotAHandOver: if the task is none.
    :raises AlreadyAccepted: if somebody else was quicker.
    :raises AlreadyTheirs: if it is the giver who accepts.
    :raises TaskFinished: if the offer was taken back.
    :raises OwnerNotHere: if the person does not work at this property.
    :raises NamedInComplaint: if the guest named the person.
    """
    row = turn.fresh(task)
    giver = row.giver
    if row.kind != TaskKind.HAND_OVER or giver is None:
        raise NotAHandOver(task=row.title)
    taker = person or turn.by.staff or row.assignee
    if taker is None:
        raise NobodyToHandOver(property_code=turn.complaint.property_code)
    if row.done_at is not None and row.assignee_id == taker.pk:
        return row  # because pressing twice is no second yes
    if row.done_at is not None:
        raise AlreadyAccepted(name=row.accepted_by)
    task_states.check_open(row.state)
    if taker.pk == giver.pk:
        raise AlreadyTheirs(name=taker.name)
    check_works_here(turn, taker)
    by_voice = turn.by.staff is None or turn.by.staff.pk != taker.pk
    row.assignee, row.accepted_at, row.accepted_by = taker, turn.now, taker.name
    row.accepted_how = AcceptedHow.VOICE if by_voice else own_way(turn)
    row.heard_by = turn.by.name[:120] if by_voice else ""
    row.save(update_fields=["assignee", "accepted_at", "accepted_by", "accepted_how", "heard_by"])
    finish(turn, row, evidence={})
    pass_on(turn, giver=giver, taker=taker, how=AcceptedHow(row.accepted_how))
    turn.record(EventKind.HANDED_OVER, task=row.pk, before=giver.pk, owner=taker.pk)
    return row


def hand_over_all(
    *,
    giver: StaffMember,
    by: Actor,
    receiver: StaffMember | None = None,
    property_code: str = "",
    request_key: str | None = None,
) -> int:
    """Offer everything that a person has open, complaint by complaint. Returns how much is on offer.

    What cannot be offered (nobody else works there) stays with the giver, and on the board. With a
    ``request_key`` it is one transaction, and the same key again offers nothing more.

    :raises AlreadyTheirs: if the receiver is the giver.
    :raises OwnerNotHere: if the receiver does not work at the house that is named.
    :raises NoProfile: if that house was never prepared.
    """
    check_may(by, "hand_over", property_code=property_code)
    if receiver is not None:
        _check_receiver(receiver, giver=giver, property_code=property_code)
    if request_key is None:
        return _offer_each(giver=giver, by=by, receiver=receiver, property_code=property_code)
    _offer_all_once(
        giver=giver, by=by, receiver=receiver, property_code=property_code, request_key=request_key
    )
    return offers_of(giver, property_code=property_code).count()


def _check_receiver(receiver: StaffMember, *, giver: StaffMember, property_code: str) -> None:
    """Asked once before: a slip of the caller's must not look like a house in which nobody is."""
    if receiver.pk == giver.pk:
        raise AlreadyTheirs(name=giver.name)
    if property_code:
        today = houses.local_date(houses.profile_of(property_code), clock.now())
        houses.check_works_here(receiver, property_code, today=today)


def _offer_each(*, giver: StaffMember, by: Actor, receiver: StaffMember | None, property_code: str) -> int:
    rows = open_work(giver)
    if property_code:
        rows = rows.filter(property_code=property_code)
    offered = 0
    for complaint in rows.select_related("owner"):
        try:
            _offer_one(complaint=complaint, by=by, giver=giver, receiver=receiver)
        except RecoveryError as refusal:
            log.info("%s was not offered: %s", complaint.reference, refusal.code)
        else:
            offered += 1
    return offered


@verb.named("hand_over")
def _offer_all_once(
    turn: Turn,
    /,
    *,
    giver: StaffMember,
    by: Actor,
    receiver: StaffMember | None,
    property_code: str,
    request_key: str,
) -> StaffMember:
    _offer_each(giver=giver, by=by, receiver=receiver, property_code=property_code)
    return giver


def offers_of(giver: StaffMember, *, property_code: str) -> TaskQuerySet:
    """What this person offers and nobody has taken yet; without a code: at every house."""
    rows = Task.objects.open().filter(kind=TaskKind.HAND_OVER, giver=giver)
    return rows.filter(complaint__property_code=property_code) if property_code else rows


def open_work(person: StaffMember) -> ComplaintQuerySet:
    """Open complaints that this person owns, or in which an open task is theirs."""
    mine = Task.objects.open().filter(assignee=person).exclude(kind=TaskKind.HAND_OVER)
    ids = set(mine.values_list("complaint", flat=True))
    ids |= set(Complaint.objects.open().filter(owner=person).values_list("pk", flat=True))
    return Complaint.objects.open().filter(pk__in=ids).order_by("pk")


@verb.named("hand_over")
def _offer_one(
    turn: Turn, /, *, complaint: Complaint, by: Actor, giver: StaffMember, receiver: StaffMember | None
) -> Task:
    return _offer(turn, giver=giver, receiver=receiver, note="", rings=False)


# --- steps ---------------------------------------------------------------------------------------


def pass_on(turn: Turn, *, giver: StaffMember, taker: StaffMember, how: AcceptedHow) -> None:
    """Make one person's part in this complaint another's. No due time changes."""
    complaint = turn.complaint
    if complaint.owner_id == giver.pk:
        complaint.owner = taker
        complaint.save(update_fields=["owner"])
        turn.record(EventKind.ASSIGNED, owner=taker.pk, before=giver.pk)
    for task in Task.objects.open().filter(complaint=complaint, assignee=giver).order_by("pk"):
        if task.kind == TaskKind.HAND_OVER:
            continue  # because that was offered to the giver by somebody else
        task.assignee = taker
        if task.needs_yes or task.accepted_at is not None:
            # Who takes over says yes to what was promised: otherwise nobody would.
            task.accepted_at = task.accepted_at or turn.now
            task.accepted_by, task.accepted_how = taker.name, how
            task.not_happening_at = task.all_asked_at = None
        task.save()
        watches.plan(turn, task)
        alarms.put_question(turn, task)


def offer_on(turn: Turn, task: Task, look: watching.Look) -> None:
    """Nobody took over in ten minutes: the next manager is asked; the last one owns it."""
    if promises.ask(turn, task, reason=AlarmReason.HAND_OVER, due_at=look.at) is not None:
        return
    task.all_asked_at = turn.now
    task.save(update_fields=["all_asked_at"])
    giver = task.giver
    if giver is None or giver.on_duty:
        return  # because the giver is here and goes on; the offer stands on the board
    managers = [person for person in chains.chain_for(turn.complaint, None, now=turn.now) if person != giver]
    if managers:
        _own(turn, task, giver=giver, manager=managers[0])


def _own(turn: Turn, task: Task, *, giver: StaffMember, manager: StaffMember) -> None:
    """The giver has gone home and nobody answered: a manager owns it, asked or not."""
    withdraw_unique(turn, _unique(turn, giver), reason=f"Nobody answered: {manager.name} has it")
    inherit(turn, giver=giver, heir=manager)


def inherit(turn: Turn, *, giver: StaffMember, heir: StaffMember) -> None:
    """Make one person's part another's who was not asked. The giver's yes is worth nothing now."""
    complaint = turn.complaint
    if complaint.owner_id == giver.pk:
        complaint.owner = heir
        complaint.save(update_fields=["owner"])
        turn.record(EventKind.ASSIGNED, owner=heir.pk, before=giver.pk)
    for task in Task.objects.open().filter(complaint=complaint, assignee=giver).order_by("pk"):
        task.assignee = heir
        if task.needs_yes:
            task.asked_at, task.asked_on_call = turn.now, chains.is_on_call(heir)
            task.asked, task.all_asked_at = [*task.asked, heir.pk], None
        if task.accepted_at is not None and task.started_at is None:
            task.accepted_at, task.accepted_by, task.accepted_how, task.heard_by = None, "", "", ""
        task.save()
        watches.plan(turn, task)
        alarms.put_question(turn, task)


def _offer(turn: Turn, *, giver: StaffMember, receiver: StaffMember | None, note: str, rings: bool) -> Task:
    complaint = turn.complaint
    if receiver is not None and receiver.pk == giver.pk:
        raise AlreadyTheirs(name=giver.name)
    check_works_here(turn, receiver)
    known = Task.objects.filter(unique_key=digest(_unique(turn, giver))).first()
    if known is not None:
        return _offer_again(turn, known, receiver)
    taker = receiver or _next_in_line(turn, giver)
    profile = houses.profile_of(complaint.property_code)
    task = create_task(
        turn,
        kind=TaskKind.HAND_OVER,
        title=f"Take over from {giver.name}: {complaint.summary}",
        detail=summaries.for_receiver(turn, giver=giver, note=note),
        assignee=taker,
        role=Role.DUTY_MANAGER,  # because the managers are asked next
        due_at=turn.now + watching.HAND_OVER,
        zone=profile.time_zone,
        fulfils="hand_over",
        unique_key=_unique(turn, giver),
        needs_yes=True,
        giver=giver,
    )
    # The giver is not asked to take over from themselves.
    task.asked = [giver.pk, taker.pk]
    # Whoever offers has not said yes for somebody else.
    task.accepted_at, task.accepted_by, task.accepted_how = None, "", ""
    task.asked_on_call = False
    task.save(update_fields=["asked", "accepted_at", "accepted_by", "accepted_how", "asked_on_call"])
    watches.plan(turn, task)
    turn.record(EventKind.HAND_OVER_OFFERED, task=task.pk, person=taker.pk, before=giver.pk)
    alarms.ring(
        turn,
        reason=AlarmReason.HAND_OVER,
        person=taker,
        task=task,
        key=f"task:{task.pk}:0",
        quiet=not rings,
    )
    return task


def _offer_again(turn: Turn, task: Task, receiver: StaffMember | None) -> Task:
    """It is offered already: to somebody else, if the giver now says so."""
    if receiver is not None and receiver.pk != task.assignee_id:
        promises.ask(turn, task, reason=AlarmReason.HAND_OVER, due_at=turn.now, person=receiver)
        watches.plan(turn, task)
    return task


def _unique(turn: Turn, giver: StaffMember) -> str:
    return f"hand-over:{turn.complaint.pk}:{giver.pk}"


def _giver(turn: Turn) -> StaffMember:
    """Whoever acts and has a part in it; else the owner, for whom somebody speaks."""
    staff = turn.by.staff
    tasks = Task.objects.open().filter(complaint=turn.complaint, assignee=staff)
    if staff is not None and tasks.exclude(kind=TaskKind.HAND_OVER).exists():
        return staff
    return turn.complaint.owner


def _next_in_line(turn: Turn, giver: StaffMember) -> StaffMember:
    """Somebody on duty in a role of the giver's, else a manager, else whoever is here.

    :raises NobodyToHandOver: if the giver is alone.
    """
    complaint = turn.complaint
    today = houses.local_date(houses.profile_of(complaint.property_code), turn.now)
    named = set(complaint.named_staff.values_list("pk", flat=True))
    people = [
        person
        for person in StaffMember.objects.active(on=today).order_by("pk")
        if person.works_at(complaint.property_code) and person.pk not in named and person.pk != giver.pk
    ]
    roles = set(giver.roles)
    same = [person for person in people if person.on_duty and roles & set(person.roles)]
    managers = [person for person in chains.chain_for(complaint, None, now=turn.now) if person.pk != giver.pk]
    here = [person for person in people if person.on_duty]
    for found in (same, managers, here):
        if found:
            return found[0]
    raise NobodyToHandOver(property_code=complaint.property_code)
