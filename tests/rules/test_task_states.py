from __future__ import annotations

import itertools
from typing import Any

import pytest

from recovery.choices import TaskState
from recovery.errors import DoneElsewhere, NotAccepted, TaskFinished, TaskNotDone
from recovery.rules import task_states

NAMES = ("accepted", "started", "done", "confirmed", "broken", "withdrawn")
NOTHING = dict.fromkeys(NAMES, False)


@pytest.mark.parametrize(
    ("true", "state"),
    [
        ((), TaskState.SAID),
        (("accepted",), TaskState.ACCEPTED),
        (("accepted", "started"), TaskState.STARTED),
        (("accepted", "started", "done"), TaskState.DONE),
        (("accepted", "started", "done", "confirmed"), TaskState.CONFIRMED),
        (("accepted", "broken"), TaskState.BROKEN),
        (("withdrawn",), TaskState.WITHDRAWN),
    ],
)
def test_the_furthest_fact_names_the_state(true: tuple[str, ...], state: TaskState) -> None:
    facts: dict[str, Any] = NOTHING | dict.fromkeys(true, True)

    assert task_states.state_of(**facts) is state


def test_every_combination_of_facts_has_a_state() -> None:
    for values in itertools.product([False, True], repeat=len(NAMES)):
        assert task_states.state_of(**dict(zip(NAMES, values, strict=True))) in TaskState


@pytest.mark.parametrize("state", list(TaskState))
def test_a_finished_task_stays_finished(state: TaskState) -> None:
    if state in (TaskState.SAID, TaskState.ACCEPTED, TaskState.STARTED):
        task_states.check_open(state)
    else:
        with pytest.raises(TaskFinished) as refusal:
            task_states.check_open(state)
        assert str(state.label) in refusal.value.sentence


def test_nobody_has_started_what_nobody_accepted() -> None:
    with pytest.raises(NotAccepted):
        task_states.check_start(TaskState.SAID)
    task_states.check_start(TaskState.ACCEPTED)
    task_states.check_start(TaskState.STARTED)


@pytest.mark.parametrize("state", [state for state in TaskState if state is not TaskState.DONE])
def test_a_guest_confirms_only_what_is_done(state: TaskState) -> None:
    with pytest.raises(TaskNotDone):
        task_states.check_confirm(state)


def test_a_guest_confirms_what_is_done() -> None:
    task_states.check_confirm(TaskState.DONE)


@pytest.mark.parametrize("fulfils", sorted(task_states.FULFILLED_BY_VERBS))
def test_a_step_that_another_verb_fulfils_cannot_be_ticked(fulfils: str) -> None:
    with pytest.raises(DoneElsewhere):
        task_states.check_by_hand("Apologise and mean it", fulfils)


@pytest.mark.parametrize("fulfils", ["", "follow_up", "review"])
def test_a_step_that_only_a_person_can_report_is_ticked(fulfils: str) -> None:
    task_states.check_by_hand("Ring after arrival", fulfils)
