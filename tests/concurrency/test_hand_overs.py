"""Two who accept one hand-over at once: one has it, and the other reads whose it is."""

from __future__ import annotations

from recovery import actions
from recovery.models import Complaint
from tests.concurrency.conftest import Run
from tests.concurrency.invariants import history_problems
from tests.concurrency.stock import make_complaints
from tests.factories import House, make_staff


def test_a_hand_over_is_accepted_by_one_of_two(house: House, run_race: Run) -> None:
    complaints = make_complaints(house, 10)
    ida = make_staff(name="Ida Awake")
    tasks = [
        actions.hand_over(complaint=complaint, by=house.by_manager, receiver=ida) for complaint in complaints
    ]

    people = (ida, house.general_manager)
    answers = run_race([("take_over", {"staff": p.pk, "task": task.pk}) for task in tasks for p in people])

    for task, one, two in zip(tasks, answers[::2], answers[1::2], strict=True):
        assert sorted((*one, *two)) == [f"ok {task.pk}", "refused already_accepted"]
        task.refresh_from_db()
        owner = Complaint.objects.get(pk=task.complaint_id).owner
        assert owner == task.assignee
    assert not history_problems()


def test_two_sweeps_offer_the_work_of_a_shift_once(house: House, run_race: Run) -> None:
    from recovery.models import StaffMember, Task

    complaints = make_complaints(house, 5)
    giver = complaints[0].owner
    StaffMember.objects.filter(pk=giver.pk).update(was_on_duty=True, on_duty=False)

    answers = run_race([("change_shifts", {}) for _ in range(4)])

    assert all(outcome.startswith("ok") for one in answers for outcome in one), answers
    assert Task.objects.filter(kind="hand_over").count() == len(complaints)
