"""S0-09: the owner of a complaint is always a named employee; no supplier's delay stops the clock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions, errors
from recovery.actions import Actor
from recovery.choices import Category, Channel, Role, Severity, TaskState
from recovery.models import Complaint, StaffMember
from tests import factories as make
from tests.factories import House

from . import calls, travel


def test_the_owner_of_a_grave_failure_is_the_manager(quay: House, complaint: Complaint) -> None:
    assert complaint.owner == quay.manager


def test_the_owner_of_a_small_matter_is_whoever_takes_it_down(quay: House) -> None:
    assert make.make_complaint(house=quay, category=Category.WIFI).owner == quay.desk


def test_a_named_owner_is_taken(quay: House) -> None:
    assert make.make_complaint(house=quay, owner=quay.general_manager).owner == quay.general_manager


def test_who_is_on_duty_comes_first(quay: House) -> None:
    StaffMember.objects.filter(pk=quay.manager.pk).update(on_duty=False)
    on_duty = make.make_staff(name="Nora Berg", roles=(Role.DUTY_MANAGER,))

    assert make.make_complaint(house=quay).owner == on_duty


def test_without_a_duty_manager_the_general_manager_owns_it(quay: House) -> None:
    StaffMember.objects.filter(pk=quay.manager.pk).update(active_until=dt.date(2027, 7, 16))

    assert make.make_complaint(house=quay).owner == quay.general_manager


def test_without_any_manager_nothing_is_written_and_the_reason_is_said(quay: House) -> None:
    StaffMember.objects.exclude(pk=quay.desk.pk).delete()
    before = calls.contents()

    with pytest.raises(errors.NobodyOnDuty) as refusal:
        actions.open_complaint(
            by=quay.by_desk,
            category=Category.LOST_RESERVATION,
            channel=Channel.IN_PERSON,
            summary="Booked for July, entered for June",
            stay_ref=make.LOST,
        )

    assert "QUAY" in refusal.value.sentence
    assert calls.contents() == before


@pytest.mark.parametrize("verb", ["open_complaint", "assign"])
def test_who_left_or_works_elsewhere_owns_nothing(quay: House, strand: House, verb: str) -> None:
    gone = make.make_staff(name="Priya Nair", active_until=dt.date(2027, 7, 16))
    arguments = calls.CALLS[verb](quay)

    for person in (gone, strand.manager):
        with pytest.raises(errors.OwnerNotHere) as refusal:
            calls.verb(verb)(by=quay.by_manager, **(arguments | {"owner": person}))
        assert person.name in refusal.value.sentence


def test_a_supplier_cannot_own_a_complaint() -> None:
    owner: Any = Complaint._meta.get_field("owner")

    assert owner.remote_field.model is StaffMember
    assert not owner.null


def test_waiting_for_a_supplier_moves_no_clock_and_no_owner(quay: House, complaint: Complaint) -> None:
    due = {task.pk: task.due_at for task in complaint.tasks.all()}
    task = make.make_task(complaint=complaint, by=quay.by_desk, title="The locksmith comes")

    actions.accept_task(task=task, by=quay.by_desk, heard_by="the locksmith, on the phone")
    travel.later(hours=3)
    actions.break_task(task=task, by=quay.by_desk, reason="he did not come")

    complaint.refresh_from_db()
    assert complaint.owner == quay.manager
    assert {t.pk: t.due_at for t in complaint.tasks.exclude(pk=task.pk)} == due
    assert complaint in Complaint.objects.overdue(now=travel.now())


def test_a_new_owner_is_written_into_the_history(quay: House, complaint: Complaint) -> None:
    given = actions.assign(complaint=complaint, by=quay.by_manager, owner=quay.general_manager)

    assert given.owner == quay.general_manager
    event = complaint.timeline.get(kind="complaint.assigned")
    assert event.data == {"owner": quay.general_manager.pk, "before": quay.manager.pk}


def test_who_owns_a_complaint_cannot_be_deleted(quay: House, complaint: Complaint) -> None:
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        quay.manager.delete()


def test_the_system_gives_what_it_takes_down_to_a_person(quay: House) -> None:
    complaint = make.make_complaint(
        house=quay, by=Actor.system("web"), channel=Channel.WEB, category=Category.WIFI
    )

    assert complaint.severity == Severity.IRRITATION
    assert complaint.owner == quay.manager


# --- tasks ---------------------------------------------------------------------------------------


def test_a_task_goes_from_said_to_confirmed(quay: House, complaint: Complaint) -> None:
    task = make.make_task(complaint=complaint, by=quay.by_manager, assignee=quay.desk, told_guest=True)
    seen = [task.state]
    for verb in (actions.accept_task, actions.start_task, actions.keep_task, actions.confirm_task):
        seen.append(verb(task=task, by=quay.by_desk).state)

    assert seen == [
        TaskState.SAID,
        TaskState.ACCEPTED,
        TaskState.STARTED,
        TaskState.DONE,
        TaskState.CONFIRMED,
    ]
    assert task.is_promise


def test_a_colleague_may_say_yes_by_voice(quay: House, complaint: Complaint) -> None:
    task = make.make_task(complaint=complaint, by=quay.by_desk)

    accepted = actions.accept_task(task=task, by=quay.by_desk, person=quay.manager)

    assert (accepted.accepted_by, accepted.accepted_how, accepted.heard_by) == (
        "Tom Ridley",
        "voice",
        "Asha Patel",
    )
    assert accepted.assignee == quay.manager


def test_what_one_accepted_another_cannot(quay: House, complaint: Complaint) -> None:
    task = make.make_task(complaint=complaint, by=quay.by_desk)
    actions.accept_task(task=task, by=quay.by_desk)

    with pytest.raises(errors.AlreadyAccepted) as refusal:
        actions.accept_task(task=task, by=quay.by_manager)

    assert "Asha Patel" in refusal.value.sentence


@pytest.mark.parametrize("verb", ["accept_task", "start_task", "keep_task", "break_task", "withdraw_task"])
@pytest.mark.parametrize("end", ["keep_task", "break_task", "withdraw_task"])
def test_a_finished_task_stays_finished(quay: House, complaint: Complaint, verb: str, end: str) -> None:
    task = make.make_task(complaint=complaint, by=quay.by_desk)
    reasons = {"break_task": {"reason": "x"}, "withdraw_task": {"reason": "x"}}
    calls.verb(end)(task=task, by=quay.by_desk, **reasons.get(end, {}))

    with pytest.raises(errors.TaskFinished):
        calls.verb(verb)(task=task, by=quay.by_desk, **reasons.get(verb, {}))


def test_a_finished_step_says_that_it_is_finished_and_not_what_proof_it_lacks(
    quay: House, complaint: Complaint
) -> None:
    task = make.find_room(house=quay, complaint=complaint)

    with pytest.raises(errors.TaskFinished):
        actions.keep_task(task=task, by=quay.by_desk)


def test_nobody_is_on_the_way_who_has_not_said_yes(quay: House, complaint: Complaint) -> None:
    with pytest.raises(errors.NotAccepted):
        actions.start_task(task=make.make_task(complaint=complaint, by=quay.by_desk), by=quay.by_desk)


def test_a_guest_confirms_only_what_is_done(quay: House, complaint: Complaint) -> None:
    with pytest.raises(errors.TaskNotDone):
        actions.confirm_task(task=make.make_task(complaint=complaint, by=quay.by_desk), by=quay.by_desk)


def test_a_promise_is_moved_once_and_then_broken(quay: House, complaint: Complaint) -> None:
    task = make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True)
    first = task.due_at
    moved = actions.move_task(
        task=task, by=quay.by_desk, due_at=first + dt.timedelta(hours=1), reason="the taxi is late"
    )
    assert (moved.first_due_at, moved.due_at) == (first, first + dt.timedelta(hours=1))

    with pytest.raises(errors.AlreadyMoved):
        actions.move_task(task=task, by=quay.by_desk, due_at=first + dt.timedelta(hours=2), reason="again")
    broken = actions.break_task(task=task, by=quay.by_desk, reason="it never came")

    assert broken.state is TaskState.BROKEN
    assert complaint.timeline.get(kind="task.broken").data == {"task": task.pk, "was_promise": True}


@pytest.mark.parametrize("minutes", [-60, 0, 60])
def test_a_promise_is_never_moved_forward_in_secret(quay: House, complaint: Complaint, minutes: int) -> None:
    task = make.make_task(complaint=complaint, by=quay.by_desk, in_minutes=60)

    with pytest.raises(errors.TimeOrder):
        actions.move_task(
            task=task, by=quay.by_desk, due_at=travel.now() + dt.timedelta(minutes=minutes), reason="x"
        )


def test_nothing_is_due_in_the_past(quay: House, complaint: Complaint) -> None:
    with pytest.raises(errors.TimeOrder):
        make.make_task(complaint=complaint, by=quay.by_desk, in_minutes=-1)


@pytest.mark.parametrize("verb", ["add_task", "accept_task"])
def test_who_left_or_works_elsewhere_gets_no_task(quay: House, strand: House, verb: str) -> None:
    gone = make.make_staff(name="Priya Nair", active_until=dt.date(2027, 7, 16))
    arguments = calls.CALLS[verb](quay)
    name = "assignee" if verb == "add_task" else "person"

    for person in (gone, strand.manager):
        with pytest.raises(errors.OwnerNotHere):
            calls.verb(verb)(by=quay.by_manager, **(arguments | {name: person}))


def test_a_role_without_a_person_falls_to_a_manager(quay: House, complaint: Complaint) -> None:
    task = make.make_task(complaint=complaint, by=quay.by_desk, role=Role.ENGINEERING)

    assert (task.role, task.assignee) == (Role.ENGINEERING, quay.manager)


def test_who_did_not_apologise_cannot_be_named(quay: House, strand: House, complaint: Complaint) -> None:
    with pytest.raises(errors.OwnerNotHere):
        actions.record_spoken_apology(
            complaint=complaint, by=quay.by_desk, parts=["regret"], spoken_by=strand.manager
        )
