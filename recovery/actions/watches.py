"""Planning the next look at a task: one outbox row that falls due when somebody must be alarmed.

There is no polling: whoever changes a task plans anew in the same transaction, and a row that was planned
before is cancelled. A row that comes too late to be cancelled finds another ``watch`` and does nothing.
"""

from __future__ import annotations

from django.db.models import F

from ..choices import Lane, Role, TaskKind
from ..models import Task
from ..outbox.enqueue import cancel_superseded, enqueue
from ..rules import watching
from . import chains
from .engine import Turn

#: The apology that is owed after the repair.
OWED = "apology"
TASK_WATCH = "task.watch"


def plan(turn: Turn, task: Task) -> None:
    """Replace the planned look by the one that follows from what is true now."""
    if task.watch:
        cancel_superseded(supersede_key=_key(task), now=turn.now)
    look = watching.next_look(watched(task)) if task.is_open else None
    if look is None:
        return
    Task.objects.filter(pk=task.pk).update(watch=F("watch") + 1)
    task.refresh_from_db(fields=["watch"])
    enqueue(
        kind=TASK_WATCH,
        key=f"{_key(task)}:{task.watch}",
        payload={"task": task.pk, "watch": task.watch},
        now=turn.now,
        # Never in the past: a back-dated word makes a task urgent, and nobody late.
        due_at=max(look.at, turn.now),
        lane=Lane.URGENT,
        supersede_key=_key(task),
        property_code=turn.complaint.property_code,
    )


def watched(task: Task) -> watching.Watched:
    """The facts that decide when to look."""
    return watching.Watched(
        said_at=task.said_at,
        due_at=task.due_at,
        promised=task.is_promise,
        moved_at=task.moved_at,
        needs_yes=task.needs_yes,
        asked_at=task.asked_at,
        on_call=task.asked_on_call,
        accepted_at=task.accepted_at,
        started_at=task.started_at,
        not_happening_at=task.not_happening_at,
        all_asked=task.all_asked_at is not None,
        delay_warned=task.delay_warned_at is not None,
        missed=task.missed_at is not None,
        owed=task.fulfils == OWED,
        letter=task.kind == TaskKind.LETTER,
        hand_over=task.kind == TaskKind.HAND_OVER,
    )


def left_to_ask(turn: Turn, task: Task) -> list[int]:
    """Staff keys of the chain, the nearest first, who were not asked yet and have not said yes."""
    role = Role(task.role) if task.role else None
    asked = set(task.asked)
    if task.accepted_at is not None:
        asked.add(task.assignee_id)
    people = chains.chain_for(turn.complaint, role, now=turn.now)
    return [person.pk for person in people if person.pk not in asked]


def _key(task: Task) -> str:
    return f"watch:{task.pk}"
