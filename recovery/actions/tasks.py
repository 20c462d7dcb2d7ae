"""Who does what by when, and whether it is really happening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..choices import AcceptedHow, ActorKind, EventKind, Role, TaskKind
from ..errors import AlreadyAccepted, DoneElsewhere, IsAHandOver, LetterWaits, NamedInComplaint
from ..models import Alarm, StaffMember, Task
from ..outbox.enqueue import digest
from ..rules import evidence as evidence_rules
from ..rules import task_states, text
from . import chains, houses, hush, watches
from . import playbook_follow as follow
from .actor import Actor
from .engine import Turn, verb

TITLE = 200

#: What else ends with a promise. Filled by modules that build upon this one, so that it need not know them.
AFTER_PROMISE: list[Callable[[Turn, Task], None]] = []
#: What ends with any task, and what begins with a promise.
AFTER_TASK: list[Callable[[Turn, Task], None]] = []
ON_PROMISE: list[Callable[[Turn, Task], None]] = []

#: Facts of a complaint that a finished task can stand for.
_DATED_FACTS = {"follow_up": "followed_up_at", "review": "reviewed_at"}


@verb
def accept_task(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    person: StaffMember | None = None,
    heard_by: str = "",
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Record that a named person said yes: here, or by voice to a colleague who heard it.

    Who said yes and does not begin can be replaced: until then nobody takes a colleague's task away.

    :raises AlreadyAccepted: if somebody else said yes before.
    :raises TaskFinished: if the task has ended.
    :raises NamedInComplaint: if the guest named that person.
    :raises IsAHandOver: if it is one: that is accepted by ``accept_hand_over``.
    """
    row = turn.fresh(task)
    task_states.check_open(row.state)
    if row.kind == TaskKind.HAND_OVER:
        raise IsAHandOver(task=row.title)
    by_voice = person is not None and (turn.by.staff is None or person.pk != turn.by.staff.pk)
    name = person.name if person is not None else turn.by.name
    if row.accepted_at is not None and row.accepted_by != name and row.not_happening_at is None:
        raise AlreadyAccepted(name=row.accepted_by)
    check_works_here(turn, person)
    row.accepted_at, row.accepted_by = turn.now, name
    row.accepted_how = AcceptedHow.VOICE if by_voice else own_way(turn)
    row.heard_by = (
        (text.clean_line(heard_by, field="heard by", limit=120) or turn.by.name) if by_voice else ""
    )
    row.assignee = person or turn.by.staff or row.assignee
    row.not_happening_at = row.all_asked_at = None
    row.save(
        update_fields=[
            "accepted_at",
            "accepted_by",
            "accepted_how",
            "heard_by",
            "assignee",
            "not_happening_at",
            "all_asked_at",
        ]
    )
    _answer_alarms(turn, row)
    turn.record(EventKind.TASK_ACCEPTED, task=row.pk, how=row.accepted_how)
    watches.plan(turn, row)
    return row


@verb
def start_task(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Record that it is really happening.

    :raises NotAccepted: if nobody has said yes yet.
    """
    row = turn.fresh(task)
    task_states.check_start(row.state)
    if row.started_at is None:
        row.started_at, row.not_happening_at = turn.now, None
        row.save(update_fields=["started_at", "not_happening_at"])
        _answer_alarms(turn, row)
        turn.record(EventKind.TASK_STARTED, task=row.pk)
        watches.plan(turn, row)
    return row


@verb
def keep_task(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    evidence: Mapping[str, Any] | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Record that it is done, with the proof that the step asks for. Doing it is accepting it.

    :raises EvidenceMissing: if the proof lacks a field.
    :raises DoneElsewhere: if only the deed itself can finish it: an apology, a letter, telling the guest.
    :raises TaskFinished: if the task has ended.
    """
    row = turn.fresh(task)
    task_states.check_open(row.state)
    task_states.check_by_hand(row.title, row.fulfils)
    if row.kind == TaskKind.LETTER:
        raise DoneElsewhere(task=row.title)  # because a letter that nobody sent is not done
    proof = evidence_rules.check(row.title, row.evidence_fields, evidence or {})
    finish(turn, row, evidence=proof)
    return row


@verb
def confirm_task(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Record that the guest says it is done.

    :raises TaskNotDone: if we have not said so ourselves.
    """
    row = turn.fresh(task)
    task_states.check_confirm(row.state)
    row.confirmed_at = turn.now
    row.save(update_fields=["confirmed_at"])
    turn.record(EventKind.TASK_CONFIRMED, task=row.pk)
    return row


@verb
def withdraw_task(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Take a task off the list because it is not needed any more.

    :raises TaskFinished: if the task has ended.
    :raises LetterWaits: if a text to the guest waits behind it: that is sent or stopped.
    """
    row = turn.fresh(task)
    task_states.check_open(row.state)
    check_no_letter(row)
    withdraw(turn, row, reason=text.require_reason(reason))
    return row


def check_no_letter(task: Task) -> None:
    """:raises LetterWaits: if the draft behind the task would go, or be forgotten, without it."""
    if task.kind == TaskKind.LETTER:
        raise LetterWaits(task=task.title)


# --- steps that other verbs take ---------------------------------------------------------------


def create_task(
    turn: Turn,
    *,
    kind: TaskKind,
    title: str,
    due_at: dt.datetime,
    zone: str,
    detail: str = "",
    assignee: StaffMember | None = None,
    role: Role | None = None,
    told_guest: bool = False,
    fulfils: str = "",
    unique_key: str = "",
    evidence_fields: Sequence[Mapping[str, Any]] = (),
    due_rule: str = "",
    playbook: tuple[str, int] | None = None,
    step_key: str = "",
    position: int = 0,
    needs_yes: bool | None = None,
    guide: Mapping[str, Any] | None = None,
    giver: StaffMember | None = None,
) -> Task:
    """Write one task and its event. With ``unique_key`` an open one is returned instead of a second.

    ``needs_yes``: somebody must say so before it counts as happening; usually what the guest was told
    and somebody else is to do.
    """
    key = digest(unique_key) if unique_key else None
    if key is not None:
        existing: Task | None = Task.objects.filter(unique_key=key).first()
        if existing is not None:
            return existing
    if needs_yes is None:
        needs_yes = told_guest and not fulfils
    who = assignee or somebody(turn, role, awake=needs_yes)
    itself = who is not None and who == turn.by.staff
    task = Task.objects.create(
        complaint=turn.complaint,
        kind=kind,
        # Cut, because a guest's long name is no reason to forget the task.
        title=text.soft_line(title, limit=TITLE),
        detail=detail,
        role=role or "",
        assignee=who,
        giver=giver,
        playbook_key=playbook[0] if playbook else "",
        playbook_version=playbook[1] if playbook else None,
        step_key=step_key,
        position=position,
        guide=dict(guide or {}),
        evidence_fields=[dict(field) for field in evidence_fields],
        fulfils=fulfils,
        unique_key=key,
        due_at=due_at,
        due_zone=zone,
        due_rule=due_rule,
        said_at=turn.now,
        told_guest_at=turn.now if told_guest else None,
        needs_yes=needs_yes,
        asked_at=turn.now if needs_yes and who is not None else None,
        asked_on_call=who is not None and chains.is_on_call(who),
        asked=[who.pk] if needs_yes and who is not None else [],
        # Who says “I will ring you at two” has said yes.
        accepted_at=turn.now if needs_yes and itself else None,
        accepted_by=turn.by.name[:120] if needs_yes and itself else "",
        accepted_how=own_way(turn) if needs_yes and itself else "",
    )
    turn.record(EventKind.TASK_ADDED, task=task.pk, step=step_key)
    if task.accepted_at is not None:
        turn.record(EventKind.TASK_ACCEPTED, task=task.pk, how=task.accepted_how)
    watches.plan(turn, task)
    if told_guest:
        for begins in ON_PROMISE:
            begins(turn, task)
    return task


def finish(turn: Turn, task: Task, *, evidence: Mapping[str, Any]) -> None:
    """Mark a task done by whoever acts, and date the fact that it stands for."""
    task_states.check_open(task.state)
    task.done_at, task.done_by, task.evidence = turn.now, turn.by.name[:120], dict(evidence)
    if task.accepted_at is None:
        task.accepted_at, task.accepted_by = turn.now, turn.by.name[:120]
        task.accepted_how = AcceptedHow.SELF
    if task.started_at is None:
        task.started_at = turn.now
    task.not_happening_at = None
    fields = ["done_at", "done_by", "evidence", "accepted_at", "accepted_by", "accepted_how", "started_at"]
    end(turn, task, [*fields, "not_happening_at"])
    turn.record(EventKind.TASK_DONE, task=task.pk, step=task.step_key)
    follow.reckon_followers(task, since=turn.now, now=turn.now)
    fact = _DATED_FACTS.get(task.fulfils)
    if fact is not None:
        setattr(turn.complaint, fact, turn.now)
        turn.complaint.save(update_fields=[fact])
        if turn.complaint.closed_at is not None:
            hush.announce(turn)  # because it lasts from the later of closing and following up


def finish_fulfilled(turn: Turn, what: str, *, evidence: Mapping[str, Any]) -> None:
    """Finish the open tasks of this complaint that another verb has just fulfilled."""
    for task in Task.objects.open().filter(complaint=turn.complaint, fulfils=what).order_by("pk"):
        finish(turn, task, evidence=evidence)


def finish_unique(turn: Turn, unique_key: str, *, evidence: Mapping[str, Any]) -> None:
    """Finish the open task with this key, if there is one."""
    for task in Task.objects.open().filter(complaint=turn.complaint, unique_key=digest(unique_key)):
        finish(turn, task, evidence=evidence)


def withdraw_unique(turn: Turn, *unique_keys: str, reason: str) -> None:
    """Take the open tasks with these keys off the list, because what they ask for has become untrue."""
    keys = [digest(key) for key in unique_keys]
    for task in Task.objects.open().filter(complaint=turn.complaint, unique_key__in=keys):
        withdraw(turn, task, reason=reason)


def skip(turn: Turn, task: Task, *, reason: str) -> None:
    """Take a step off the list that the guest would have to wait for too long."""
    task.withdrawn_at, task.ended_reason = turn.now, reason
    end(turn, task, ["withdrawn_at", "ended_reason"])
    turn.record(EventKind.STEP_SKIPPED, task=task.pk, step=task.step_key, reason="deadline")


def withdraw(turn: Turn, task: Task, *, reason: str) -> None:
    """Take a task off the list, whoever asks."""
    task.withdrawn_at, task.ended_reason = turn.now, reason
    end(turn, task, ["withdrawn_at", "ended_reason"])
    turn.record(EventKind.TASK_WITHDRAWN, task=task.pk)


def end(turn: Turn, task: Task, fields: list[str]) -> None:
    """Save how it ended; nobody looks at it again."""
    # The unique key is given back, so that the same thing can be asked for again one day.
    task.unique_key = None
    task.save(update_fields=[*fields, "unique_key"])
    _answer_alarms(turn, task)
    watches.plan(turn, task)
    for follow_up in AFTER_TASK:
        follow_up(turn, task)
    if task.is_promise:
        for follow_up in AFTER_PROMISE:
            follow_up(turn, task)


def _answer_alarms(turn: Turn, task: Task) -> None:
    """Whoever was asked or rung for it need not answer any more, and nobody need ring them."""
    if not (task.level or task.needs_yes):
        return
    waiting = Alarm.objects.filter(task=task, seen_at__isnull=True)
    calls = [calling_key(pk) for pk in waiting.values_list("pk", flat=True)]
    if calls:
        waiting.update(seen_at=turn.now)
        withdraw_unique(turn, *calls, reason="answered")


def calling_key(alarm: int) -> str:
    """What makes “ring this colleague” one task."""
    return f"ring:{alarm}"


def own_way(turn: Turn) -> AcceptedHow:
    return AcceptedHow.LINK if turn.by.kind is ActorKind.STAFF_LINK else AcceptedHow.SELF


def somebody(turn: Turn, role: Role | None, *, awake: bool = False) -> StaffMember | None:
    """Who is asked: a person in the role, else a manager; without a role the owner.

    ``awake``: the first of the chain, because who sleeps says no yes; otherwise it may wait for the morning.
    """
    if role is None:
        return turn.complaint.owner
    return chains.nearest(chains.everybody(turn.complaint, now=turn.now), role, awake=awake)


def check_works_here(turn: Turn, person: StaffMember | None) -> None:
    if person is not None and turn.complaint.named_staff.filter(pk=person.pk).exists():
        raise NamedInComplaint()
    if person is not None:
        code = turn.complaint.property_code
        today = houses.local_date(houses.profile_of(code), turn.now)
        houses.check_works_here(person, code, today=today)
