"""Promises: what the guest was told, and whether it is so."""

from __future__ import annotations

import datetime as dt

from ..choices import AlarmReason, EventKind, Role, TaskKind, TaskState
from ..errors import AlreadyMoved, NamedInComplaint, NeedsAName, NobodyLeftToAsk, NotHappening, TimeOrder
from ..models import Alarm, Complaint, StaffMember, Task
from ..rules import task_states, text
from ..rules.choosing import one_of
from . import alarms, chains, follow_ups, guest_mail, houses, moments, urgency, waiting_letters, watches
from . import playbook_follow as follow
from .actor import Actor
from .engine import Turn, verb
from .tasks import TITLE, check_no_letter, check_works_here, create_task, end, somebody, withdraw_unique

DETAIL = 5_000


@verb
def add_task(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    title: str,
    due_at: dt.datetime,
    assignee: StaffMember | None = None,
    role: Role | None = None,
    detail: str = "",
    told_guest: bool = False,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Say who does what by when. With ``told_guest`` it is a promise. ``due_at``: aware.

    :raises TimeOrder: if it would be due in the past.
    :raises OwnerNotHere: if the person does not work at this property.
    :raises NamedInComplaint: if the guest named that person.
    :raises NeedsAName: if it is a promise and nobody can be named for it.
    """
    due_at = moments.meant(due_at, now=turn.now, field="by when")
    if due_at < turn.now:
        raise TimeOrder(later="The due time", earlier="now")
    zone = houses.profile_of(turn.complaint.property_code).time_zone
    check_works_here(turn, assignee)
    as_role = one_of(Role, role, field="role") if role is not None else None
    if told_guest and (assignee or somebody(turn, as_role)) is None:
        raise NeedsAName()
    task = create_task(
        turn,
        kind=TaskKind.PROMISE if told_guest else TaskKind.OTHER,
        title=text.require(text.clean_line(title, field="what", limit=TITLE), field="what"),
        detail=text.clean_text(detail, field="how", limit=DETAIL),
        assignee=assignee,
        role=as_role,
        due_at=due_at,
        zone=zone,
        told_guest=told_guest,
    )
    alarms.put_question(turn, task)
    return task


@verb
def tell_happening(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Record that the guest was told “somebody is on the way”. Only after a named person said yes.

    :raises NotHappening: if nobody has said yes, or the one who did is not doing it.
    :raises TaskFinished: if the task has ended.
    """
    row = turn.fresh(task)
    task_states.check_open(row.state)
    if row.state is TaskState.SAID or row.not_happening_at is not None:
        local = row.due_at.astimezone(houses.zone_of(turn.complaint.property_code))
        who = row.assignee.name if row.assignee is not None else "a colleague"
        raise NotHappening(task=row.title, who=who, by=f"{local:%H:%M}")
    if row.claimed_at is None:
        row.claimed_at = turn.now
        row.save(update_fields=["claimed_at"])
    turn.record(EventKind.HAPPENING_TOLD, guest_visible=True, task=row.pk)
    waiting_letters.supersede(turn, EventKind.HAPPENING_TOLD)
    return row


@verb
def ask_next(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    person: StaffMember | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Ask the next colleague now: the one who was asked cannot, or does not answer.

    ``person``: somebody else than the chain would ask.

    :raises NobodyLeftToAsk: if everybody was asked.
    :raises OwnerNotHere: if that person does not work at this property.
    :raises NamedInComplaint: if the guest named that person.
    :raises TaskFinished: if the task has ended.
    """
    row = turn.fresh(task)
    task_states.check_open(row.state)
    if person is not None:
        if turn.complaint.named_staff.filter(pk=person.pk).exists():
            raise NamedInComplaint()
        profile = houses.profile_of(turn.complaint.property_code)
        today = houses.local_date(profile, turn.now)
        houses.check_works_here(person, turn.complaint.property_code, today=today)
    if ask(turn, row, reason=AlarmReason.NOT_ACCEPTED, due_at=turn.now, person=person) is None:
        raise NobodyLeftToAsk()
    watches.plan(turn, row)
    return row


@verb
def move_task(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    due_at: dt.datetime,
    reason: str,
    told_guest: bool = False,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Promise a later time, once. ``told_guest``: the guest knows the new time.

    Where the guest was promised the old one and four hours or more are left, a draft with the new one waits.

    :raises AlreadyMoved: if it was moved before: that promise is broken, not moved.
    :raises TimeOrder: if the new time is not later, or is in the past.
    """
    row = turn.fresh(task)
    task_states.check_open(row.state)
    due_at = moments.meant(due_at, now=turn.now, field="by when")
    if row.first_due_at is not None:
        raise AlreadyMoved()
    if due_at <= max(row.due_at, turn.now):
        raise TimeOrder(later="The new time", earlier="the old one")
    row.first_due_at, row.due_at, row.moved_at = row.due_at, due_at, turn.now
    row.ended_reason = text.require_reason(reason)
    if told_guest:
        row.told_guest_at = turn.now
    row.delay_warned_at = None  # because the new time can come too close as the old one did
    fields = ["first_due_at", "due_at", "moved_at", "ended_reason", "told_guest_at", "delay_warned_at"]
    row.save(update_fields=fields)
    follow.reckon_followers(row, since=due_at, now=turn.now)
    withdraw_unique(turn, delay_key(row), reason=row.ended_reason)
    turn.record(EventKind.TASK_MOVED, task=row.pk, told_guest=told_guest)
    watches.plan(turn, row)
    follow_ups.after_move(turn, row)
    if told_guest:
        waiting_letters.stop_about(turn, row, reason="the guest knows the new time")
    else:
        guest_mail.after_delay(turn, row, horizon=row.due_at - turn.now)
    return row


@verb
def break_task(
    turn: Turn,
    /,
    *,
    task: Task,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Task:
    """Admit that it will not be done as said. A promise that breaks is a failure while making it good.

    :raises TaskFinished: if the task has ended.
    :raises LetterWaits: if a text to the guest waits behind it: that is sent or stopped.
    """
    row = turn.fresh(task)
    task_states.check_open(row.state)
    check_no_letter(row)
    row.broken_at, row.ended_reason = turn.now, text.require_reason(reason)
    end(turn, row, ["broken_at", "ended_reason"])
    turn.record(EventKind.TASK_BROKEN, task=row.pk, was_promise=row.is_promise)
    if row.is_promise and row.missed_at is None:
        urgency.fail_recovery(turn, row)
    return row


# --- steps that the watch takes, too -------------------------------------------------------------


def ask(
    turn: Turn, task: Task, *, reason: AlarmReason, due_at: dt.datetime, person: StaffMember | None = None
) -> Alarm | None:
    """Ask the next of the chain, and say on the board that it is not happening; ``None``: nobody is left."""
    if task.kind != TaskKind.HAND_OVER:  # because that goes on with whoever hands it over
        task.not_happening_at = task.not_happening_at or turn.now
    task.needs_yes = True
    left = [person.pk] if person is not None else watches.left_to_ask(turn, task)
    if not left:
        return None
    asked = StaffMember.objects.get(pk=left[0])
    task.level += 1
    task.asked = [*task.asked, asked.pk]
    task.asked_at, task.asked_on_call = turn.now, chains.is_on_call(asked)
    if task.accepted_at is None:
        task.assignee = asked
    task.save(
        update_fields=[
            "not_happening_at",
            "needs_yes",
            "level",
            "asked",
            "asked_at",
            "asked_on_call",
            "assignee",
        ]
    )
    turn.record(EventKind.TASK_ASKED, task=task.pk, person=asked.pk, level=task.level)
    return alarms.ring(
        turn,
        reason=reason,
        person=asked,
        task=task,
        level=task.level,
        key=f"task:{task.pk}:{task.level}",
        due_at=due_at,
    )


def delay_key(task: Task) -> str:
    """What makes “tell the guest of the delay” one task."""
    return f"delay:{task.pk}"
