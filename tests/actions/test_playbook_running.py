"""A playbook becomes tasks: for this guest, before this deadline, one after the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions
from recovery.actions import playbooks
from recovery.choices import Category, GuestType, Role
from recovery.errors import AlreadyGranted, EvidenceMissing, PlaybookUnknown
from recovery.models import Complaint, Playbook, Task
from recovery.rules import playbook as rules
from tests import factories as make
from tests.factories import House

from . import travel
from .travel import WEDDING

MINUTE = dt.timedelta(minutes=1)
TOLD = WEDDING.astimezone(dt.UTC)
KINDS = [book.category for book in rules.shipped().values() if book.category is not None]


def step(complaint: Complaint, key: str) -> Task:
    found: Task = complaint.tasks.get(step_key=key)
    return found


def power(house: House, **given: Any) -> Complaint:
    return make.make_complaint(house=house, category=Category.POWER, **given)


@pytest.mark.parametrize("category", KINDS)
def test_every_kind_of_failure_starts_its_playbook(quay: House, category: Category) -> None:
    complaint = make.make_complaint(house=quay, category=category)

    book = playbooks.shipped_playbooks()[category]
    assert [entry["key"] for entry in complaint.playbooks] == [book.key]
    started = set(complaint.tasks.filter(playbook_key=book.key).values_list("step_key", flat=True))
    # Steps for another situation – a room that was free, a guest who is not here yet – are left out.
    assert {step.key for step in book.steps if not step.when} <= started <= {step.key for step in book.steps}
    assert not complaint.tasks.filter(assignee=None).exists()
    assert complaint.owner is not None


@pytest.mark.parametrize("kind", [kind for kind in GuestType if kind])
def test_every_kind_of_guest_can_have_every_playbook(quay: House, kind: GuestType) -> None:
    for category in (Category.POWER, Category.SAFETY, Category.MISSED_PROMISE):
        complaint = make.make_complaint(house=quay, category=category, guest_type=kind)
        book = playbooks.shipped_playbooks()[category]
        expected = rules.steps_for(book, kind)

        steps = complaint.tasks.filter(playbook_key=book.key).order_by("position")
        assert [task.step_key for task in steps] == [s.key for s in expected]


def test_a_family_is_met_in_another_order_and_sooner_than_a_business_guest(quay: House) -> None:
    family, business, plain = (
        power(quay, guest_type=kind) for kind in (GuestType.FAMILY, GuestType.BUSINESS, GuestType.UNKNOWN)
    )

    assert step(family, "get_ready").title != step(business, "get_ready").title
    assert step(family, "get_ready").due_at == TOLD + 5 * MINUTE
    assert step(plain, "get_ready").due_at == TOLD + 10 * MINUTE
    assert family.playbooks[0]["words"][""]["suggest"] != business.playbooks[0]["words"][""]["suggest"]
    assert family.playbooks[0]["pre_approved"] == business.playbooks[0]["pre_approved"]


# --- the deadline (S1-07) -------------------------------------------------------------------------


def test_too_near_to_repair_the_alternative_is_due_now_and_the_repair_is_kept_with_its_reason(
    quay: House,
) -> None:
    complaint = power(quay, guest_deadline=WEDDING + 30 * MINUTE)

    skipped = [step(complaint, key) for key in ("engineer", "fix", "check_works")]
    assert all(task.withdrawn_at == TOLD and task.ended_reason == playbooks.TOO_NEAR for task in skipped)
    assert step(complaint, "get_ready").due_at == TOLD
    assert step(complaint, "get_ready").is_open
    events = complaint.timeline.filter(kind="step.skipped").order_by("pk")
    assert [event.data["task"] for event in events] == [task.pk for task in skipped]
    assert all(event.data["reason"] == "deadline" for event in events)
    run = complaint.timeline.get(kind="playbook.run")
    assert (run.data["steps"], run.data["skipped"]) == (7, 3)


def test_with_time_enough_the_repair_stands_in_the_list(quay: House) -> None:
    complaint = power(quay, guest_deadline=WEDDING + 60 * MINUTE)

    assert step(complaint, "fix").is_open
    assert not complaint.timeline.filter(kind="step.skipped").exists()


def test_a_deadline_that_is_missed_already_does_not_leave_the_guest_in_the_dark(quay: House) -> None:
    complaint = power(quay, guest_deadline=WEDDING - 30 * MINUTE)

    assert step(complaint, "fix").is_open


# --- one after the other --------------------------------------------------------------------------


def test_what_waits_is_due_its_own_time_after_the_first_was_done(quay: House) -> None:
    complaint = power(quay)
    assert step(complaint, "check_works").due_at == TOLD + 35 * MINUTE

    done_at = travel.later(minutes=12)
    actions.keep_task(
        task=step(complaint, "fix"),
        by=quay.by_manager,
        evidence={"apologised": "yes", "guest_is": "glad of the light"},
    )

    assert step(complaint, "check_works").due_at == done_at + 5 * MINUTE


def test_moving_the_first_moves_what_waits_for_it(quay: House) -> None:
    complaint = power(quay)
    later = TOLD + 90 * MINUTE

    actions.move_task(
        task=step(complaint, "fix"), by=quay.by_manager, due_at=later, reason="a part is missing"
    )

    assert step(complaint, "check_works").due_at == later + 5 * MINUTE


def test_a_chain_moves_as_a_whole(quay: House) -> None:
    chain = [
        {"key": "a", "title": "A", "role": "FD", "due": "10m"},
        {"key": "b", "title": "B", "role": "FD", "due": "10m", "after": "a"},
        {"key": "c", "title": "C", "role": "FD", "due": "10m", "after": "b"},
    ]
    edit(quay, "P03", chain)
    complaint = make.make_complaint(house=quay, category=Category.NOISE)
    assert step(complaint, "c").due_at == TOLD + 30 * MINUTE

    done_at = travel.later(minutes=2)
    actions.keep_task(task=step(complaint, "a"), by=quay.by_desk)

    assert step(complaint, "b").due_at == done_at + 10 * MINUTE
    assert step(complaint, "c").due_at == done_at + 20 * MINUTE


def test_the_guests_deadline_still_pulls_what_waits(quay: House) -> None:
    complaint = power(quay, guest_deadline=WEDDING + 60 * MINUTE)
    travel.later(minutes=43)

    actions.keep_task(
        task=step(complaint, "fix"),
        by=quay.by_manager,
        evidence={"apologised": "no", "guest_is": "in a hurry"},
    )

    assert step(complaint, "check_works").due_at == TOLD + 45 * MINUTE


def test_what_somebody_moved_stays_where_it_was_put(quay: House) -> None:
    complaint = power(quay)
    mine = TOLD + 120 * MINUTE
    actions.move_task(task=step(complaint, "check_works"), by=quay.by_desk, due_at=mine, reason="they sleep")

    actions.keep_task(
        task=step(complaint, "fix"), by=quay.by_manager, evidence={"apologised": "yes", "guest_is": "asleep"}
    )

    assert step(complaint, "check_works").due_at == mine


# --- whoever knocks (S1-05) -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "evidence", [{}, {"apologised": "yes"}, {"guest_is": "fine"}, {"apologised": "maybe", "guest_is": "fine"}]
)
def test_a_visit_is_not_done_without_the_two_answers(quay: House, evidence: dict[str, str]) -> None:
    complaint = power(quay)

    with pytest.raises(EvidenceMissing):
        actions.keep_task(task=step(complaint, "fix"), by=quay.by_manager, evidence=evidence)

    assert step(complaint, "fix").is_open


def test_no_is_an_answer_too_and_is_kept(quay: House) -> None:
    complaint = power(quay)

    actions.keep_task(
        task=step(complaint, "fix"), by=quay.by_manager, evidence={"apologised": "No", "guest_is": "was out"}
    )

    assert step(complaint, "fix").evidence == {"apologised": "no", "guest_is": "was out"}


def test_the_task_carries_the_brief_and_what_can_be_done_in_both_languages(quay: House) -> None:
    task = step(power(quay), "fix")

    assert "sorry" in task.guide["brief"]
    assert task.guide["can_do"]
    assert task.guide["da"]["brief"] != task.guide["brief"]
    assert len(task.guide["da"]["can_do"]) == len(task.guide["can_do"])
    assert task.told("title", "da") != task.title == task.told("title", "en")


# --- overlays -------------------------------------------------------------------------------------


def test_an_overlay_lies_beside_what_runs_and_counts_from_now(quay: House) -> None:
    complaint = power(quay)
    now = travel.later(hours=3)

    actions.run_overlay(complaint=complaint, by=quay.by_desk, overlay="P15")

    fresh = Complaint.objects.get(pk=complaint.pk)
    assert [entry["key"] for entry in fresh.playbooks] == ["P02", "P15"]
    assert step(fresh, "locate").due_at == now + 2 * MINUTE
    assert step(fresh, "in_person").role == Role.DUTY_MANAGER


def test_an_overlay_starts_once(quay: House) -> None:
    complaint = power(quay)
    actions.run_overlay(complaint=complaint, by=quay.by_desk, overlay="P21")

    with pytest.raises(AlreadyGranted):
        actions.run_overlay(complaint=complaint, by=quay.by_manager, overlay="P21")

    assert complaint.tasks.filter(playbook_key="P21").count() == 8


@pytest.mark.parametrize("key", ["P02", "P99", "", "p21"])
def test_what_is_no_overlay_is_refused_with_those_that_are(quay: House, key: str) -> None:
    with pytest.raises(PlaybookUnknown, match="P15, P21"):
        actions.run_overlay(complaint=power(quay), by=quay.by_desk, overlay=key)


def edit(house: House, key: str, steps: list[dict[str, Any]]) -> Playbook:
    """A house's own version with these steps."""
    book = rules.shipped()[key]
    lines = [f'key = "{key}"', "version = 1", f'title = "{book.title}"', f'category = "{book.category}"']
    lines.append('can_do = ["Ask what would help most"]')
    for each in steps:
        lines += ["", "[[steps]]", *(f'{name} = "{value}"' for name, value in each.items())]
    return actions.edit_playbook(
        by=house.by_general_manager, playbook=key, property_code=house.code, words="\n".join(lines)
    )
