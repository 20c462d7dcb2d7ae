"""The states of a task: said → accepted → started → done → confirmed; or moved, broken, withdrawn.

Only a person who accepted can have started; that is what makes "on the way" true.
"""

from __future__ import annotations

import datetime as dt

from ..choices import PromiseOutcome, TaskState
from ..errors import DoneElsewhere, NotAccepted, TaskFinished, TaskNotDone

FINISHED = frozenset({TaskState.DONE, TaskState.CONFIRMED, TaskState.BROKEN, TaskState.WITHDRAWN})


def state_of(
    *, accepted: bool, started: bool, done: bool, confirmed: bool, broken: bool, withdrawn: bool
) -> TaskState:
    """The furthest state that the dated facts support."""
    if withdrawn:
        return TaskState.WITHDRAWN
    if broken:
        return TaskState.BROKEN
    if confirmed:
        return TaskState.CONFIRMED
    if done:
        return TaskState.DONE
    if started:
        return TaskState.STARTED
    return TaskState.ACCEPTED if accepted else TaskState.SAID


def outcome_of(
    *,
    due_at: dt.datetime,
    done_at: dt.datetime | None,
    moved: bool,
    broken: bool,
    withdrawn: bool,
    missed: bool,
) -> PromiseOutcome:
    """How a promise ended. ``due_at`` is the time that holds now; ``missed``: its time went by undone."""
    if withdrawn:
        return PromiseOutcome.WITHDRAWN
    if broken:
        return PromiseOutcome.BROKEN
    if missed or (done_at is not None and done_at > due_at):
        return PromiseOutcome.LATE
    if done_at is None:
        return PromiseOutcome.OPEN
    return PromiseOutcome.MOVED if moved else PromiseOutcome.KEPT


def check_open(state: TaskState) -> None:
    """:raises TaskFinished: if nothing more can happen to the task."""
    if state in FINISHED:
        raise TaskFinished(state=state.label)


#: What other verbs fulfil. Ticking it would say "apologised" where nobody has (S4-10).
FULFILLED_BY_VERBS = frozenset(
    {
        "spoken_apology",
        "walk_card",
        "apology_letter",
        "certificate_told",
        "answer",
        "told",
        "apology",
        "hand_over",
    }
)


def check_by_hand(title: str, fulfils: str) -> None:
    """:raises DoneElsewhere: if only the deed itself can finish the task."""
    if fulfils in FULFILLED_BY_VERBS:
        raise DoneElsewhere(task=title)


def check_start(state: TaskState) -> None:
    """:raises NotAccepted: if nobody has said yes yet."""
    check_open(state)
    if state == TaskState.SAID:
        raise NotAccepted()


def check_confirm(state: TaskState) -> None:
    """:raises TaskNotDone: if the guest is asked to confirm what is not done."""
    if state != TaskState.DONE:
        raise TaskNotDone()
