"""What happens when a planned look at a task falls due: one effect, in the settling transaction."""

from __future__ import annotations

import datetime as dt

from ..choices import AlarmReason, OutboxState, TaskKind
from ..models import OutboxMessage, Task
from ..outbox.channels import Channels
from ..rules import watching
from . import alarms, chains, guest_mail, hand_overs, promises, urgency, watches
from .actor import Actor
from .engine import Turn, turn_for_delivery
from .tasks import create_task

BY = "watch"


class WatchHandler:
    """Looks at one task. There is nothing to send: the effect is written when the row is settled."""

    #: Looking twice finds that it was looked at.
    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """Nothing leaves the house here; the alarm that may follow is an outbox row of its own."""

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Alarm whoever must be alarmed by now, and plan the next look."""
        task = Task.objects.select_related("complaint").filter(pk=message.payload["task"]).first()
        if task is None:
            return
        turn = turn_for_delivery(task.complaint, by=Actor.system(BY), now=now)
        task = turn.fresh(task)
        if task.watch != message.payload["watch"] or not task.is_open:
            return  # because somebody acted, and planned anew
        look = watching.next_look(watches.watched(task))
        if look is not None and look.at <= now:
            _EFFECTS[look.reason](turn, task, look)
        watches.plan(turn, task)


def _ask(turn: Turn, task: Task, look: watching.Look) -> None:
    if promises.ask(turn, task, reason=look.reason, due_at=look.at) is None:
        _all_asked(turn, task, look)


def _all_asked(turn: Turn, task: Task, look: watching.Look) -> None:
    """Everybody was asked: the owner goes, or rings until somebody does."""
    task.all_asked_at = turn.now
    task.not_happening_at = task.not_happening_at or turn.now
    task.save(update_fields=["all_asked_at", "not_happening_at"])
    create_task(
        turn,
        kind=TaskKind.ALARM,
        title=f"Nobody has said yes: go yourself, or ring until somebody does – {task.title}",
        detail="Tell the guest what is true: you are finding somebody, and when you ring again.",
        assignee=turn.complaint.owner,
        due_at=turn.now + watching.ON_SITE,
        zone=task.due_zone,
        unique_key=f"all-asked:{task.pk}",
    )
    _ring(turn, task, look)


def _warn(turn: Turn, task: Task, look: watching.Look) -> None:
    """Most of the time is gone: the guest hears of a delay before it is one."""
    task.delay_warned_at = turn.now
    owner = turn.complaint.owner
    if not task.fulfils:
        create_task(
            turn,
            kind=TaskKind.DELAY,
            title=f"Will it be done in time? If not, tell the guest now: {task.title}",
            detail="Say what you had told them, that it will be later, the new time that somebody has "
            "accepted, and what helps meanwhile.",
            assignee=owner,
            due_at=task.due_at,
            zone=task.due_zone,
            unique_key=promises.delay_key(task),
        )
    guest_mail.after_delay(turn, task, horizon=task.due_at - task.said_at)
    _ring(turn, task, look)


def _miss(turn: Turn, task: Task, look: watching.Look) -> None:
    task.missed_at = turn.now
    _ring(turn, task, look)
    urgency.fail_recovery(turn, task)


def _owe(turn: Turn, task: Task, look: watching.Look) -> None:
    """Nobody apologised, or sent the letter, in time. The board says so; no promise was broken."""
    task.missed_at = turn.now
    _ring(turn, task, look)


def _ring(turn: Turn, task: Task, look: watching.Look) -> None:
    """One more level, and the person who can still do something about it is rung."""
    task.level += 1
    task.save(update_fields=["level", "delay_warned_at", "missed_at"])
    person = turn.complaint.owner
    if look.reason in (AlarmReason.MISSED, AlarmReason.UNSENT_LETTER):
        person = chains.manager_for(turn.complaint, now=turn.now)
    alarms.ring(
        turn,
        reason=look.reason,
        person=person,
        task=task,
        level=task.level,
        key=f"task:{task.pk}:{task.level}",
        due_at=look.at,
    )


_EFFECTS = {
    AlarmReason.NOT_ACCEPTED: _ask,
    AlarmReason.NOT_STARTED: _ask,
    AlarmReason.HAND_OVER: hand_overs.offer_on,
    AlarmReason.UNSENT_DELAY: _warn,
    AlarmReason.MISSED: _miss,
    AlarmReason.APOLOGY_OUTSTANDING: _owe,
    AlarmReason.UNSENT_LETTER: _owe,
}
