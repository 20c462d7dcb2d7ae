"""Many people on a few complaints: nobody sees an error, and history has no gap."""

from __future__ import annotations

from collections import Counter

import pytest

from recovery.choices import Channel
from recovery.models import Complaint, Letter
from tests.concurrency.conftest import Run
from tests.concurrency.invariants import history_problems, request_problems
from tests.concurrency.stock import make_complaints
from tests.factories import House, make_complaint, make_task


@pytest.mark.slow
@pytest.mark.parametrize("opposite", [False, True], ids=["same order", "opposite order"])
def test_240_racing_verbs_meet_no_error(house: House, run_race: Run, opposite: bool) -> None:
    complaints = make_complaints(house, 3)
    before = {complaint.pk: complaint.version for complaint in complaints}

    answers = run_race(
        [
            (
                "work",
                {
                    "staff": house.manager.pk,
                    "complaints": list(before),
                    "seed": number,
                    "rounds": 30,
                    "backwards": opposite and number % 2 == 1,
                },
            )
            for number in range(8)
        ]
    )

    outcomes = Counter(outcome.split()[0] for one in answers for outcome in one)
    assert outcomes == {"ok": 240}, [o for one in answers for o in one if not o.startswith("ok")][:5]
    rounds = sum(
        complaint.version - before[complaint.pk] for complaint in Complaint.objects.filter(pk__in=before)
    )
    assert rounds >= 240, "every verb has taken its turn"
    assert not request_problems()
    assert not history_problems()


def test_a_task_is_accepted_by_one_of_two(house: House, run_race: Run) -> None:
    (complaint,) = make_complaints(house, 1)
    tasks = [make_task(complaint=complaint, by=house.by_manager) for _ in range(10)]

    people = (house.desk, house.manager)
    answers = run_race([("accept", {"staff": p.pk, "task": task.pk}) for task in tasks for p in people])

    for task, one, two in zip(tasks, answers[::2], answers[1::2], strict=True):
        assert sorted((*one, *two)) == [f"ok {task.pk}", "refused already_accepted"]


def test_of_many_answers_at_once_the_first_one_counts(house: House, run_race: Run) -> None:
    complaints = [make_complaint(house=house, channel=Channel.EMAIL) for _ in range(10)]
    people = (house.desk, house.manager, house.general_manager)

    answers = run_race(
        [("answer", {"staff": p.pk, "complaints": [c.pk for c in complaints]}) for p in people * 2]
    )

    assert {outcome.split()[0] for one in answers for outcome in one} == {"ok"}
    assert not history_problems()
    assert Letter.objects.filter(stopped_at=None).count() == 0, "the automatic receipt is not sent any more"
