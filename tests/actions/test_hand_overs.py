"""Handing over: offered, and the giver's until somebody says yes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions
from recovery.actions import Actor
from recovery.choices import TaskKind, TaskState
from recovery.errors import (
    AlreadyAccepted,
    AlreadyTheirs,
    DoneElsewhere,
    IsAHandOver,
    NamedInComplaint,
    NobodyToHandOver,
    NotAHandOver,
    OwnerNotHere,
)
from recovery.guest.answer_page import AnswerForm
from recovery.guest.words import Words
from recovery.models import Alarm, Complaint, StaffLink, StaffMember, Task
from recovery.outbox import relay
from tests import factories as make
from tests.factories import House

from . import travel


def offered(house: House, **given: Any) -> Task:
    complaint = make.make_complaint(house=house, category="noise")
    return actions.hand_over(complaint=complaint, by=house.by_desk, **given)


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def look() -> None:
    """What workers do when they come by."""
    relay.drain(handlers=actions.HANDLERS)


def test_until_somebody_accepts_the_giver_stays_the_owner(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)

    assert fresh(task.complaint).owner == quay.desk
    assert task.assignee == quay.manager
    assert task.state is TaskState.SAID


def test_who_accepts_owns_the_complaint_and_does_the_givers_tasks(quay: House) -> None:
    complaint = make.make_complaint(house=quay, category="noise")
    promise = make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True)
    others = make.make_task(complaint=complaint, by=quay.by_desk, assignee=quay.general_manager)
    task = actions.hand_over(complaint=complaint, by=quay.by_desk, receiver=quay.manager)

    actions.accept_hand_over(task=task, by=quay.by_manager)

    assert fresh(complaint).owner == quay.manager
    assert fresh(promise).assignee == quay.manager
    assert fresh(promise).accepted_by == "Tom Ridley"
    assert fresh(others).assignee == quay.general_manager
    assert not Task.objects.open().filter(complaint=complaint, assignee=quay.desk).exists()


def test_nobody_is_rung_any_more_once_it_is_accepted(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)
    assert Task.objects.open().filter(kind=TaskKind.ALARM).count() == 1

    actions.accept_hand_over(task=task, by=quay.by_manager)

    assert not Task.objects.open().filter(kind=TaskKind.ALARM).exists()
    assert not Alarm.objects.filter(task=task, seen_at=None).exists()


def test_no_clock_moves(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    due = dict(complaint.tasks.values_list("pk", "due_at"))
    travel.later(minutes=4)

    task = actions.hand_over(complaint=complaint, by=quay.by_desk, receiver=quay.general_manager)
    actions.accept_hand_over(task=task, by=quay.by_general_manager)

    assert dict(complaint.tasks.filter(pk__in=due).values_list("pk", "due_at")) == due


def test_the_receiver_reads_what_the_guest_need_not_repeat(quay: House) -> None:
    complaint = make.make_complaint(
        house=quay, category="noise", description="Drums above me until three", impact="No sleep"
    )
    make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True, title="Another room")

    task = actions.hand_over(complaint=complaint, by=quay.by_desk, receiver=quay.manager, note="Speak slowly")

    for words in (
        "Daniel Whitfield",
        "Drums above me",
        "No sleep",
        "Another room",
        "Promised",
        "Speak slowly",
    ):
        assert words in task.detail


def test_nobody_named_asks_who_is_on_duty_in_the_same_role(quay: House) -> None:
    asleep = make.make_staff(name="Bo Asleep", on_duty=False)
    awake = make.make_staff(name="Ida Awake")

    task = offered(quay)

    assert task.assignee == awake
    assert task.assignee != asleep


def test_without_a_colleague_in_the_role_a_manager_is_asked(quay: House) -> None:
    assert offered(quay).assignee == quay.manager


def test_who_is_alone_is_told_so(quay: House) -> None:
    complaint = make.make_complaint(house=quay, category="noise")
    StaffMember.objects.exclude(pk=quay.desk.pk).update(property_codes=["STRAND"])

    with pytest.raises(NobodyToHandOver):
        actions.hand_over(complaint=complaint, by=quay.by_desk)


def test_one_conversation_rings_at_once(quay: House) -> None:
    StaffMember.objects.filter(pk=quay.manager.pk).update(email="tom@quay.example")

    task = offered(quay, receiver=fresh(quay.manager))

    alarm = Alarm.objects.get(task=task)
    assert (alarm.reason, alarm.way, alarm.person) == ("hand_over", "mail", quay.manager)


@pytest.mark.django_db(transaction=True)
def test_after_ten_minutes_the_managers_are_asked_one_after_the_other(quay: House) -> None:
    task = offered(quay, receiver=make.make_staff(name="Ida Busy"))

    travel.later(minutes=9)
    look()
    assert fresh(task).asked[-1] != quay.manager.pk
    travel.later(minutes=1)
    look()
    assert fresh(task).assignee == quay.manager
    travel.later(minutes=10)
    look()

    row = fresh(task)
    assert row.assignee == quay.general_manager
    assert row.not_happening_at is None
    assert fresh(row.complaint).owner == quay.desk


@pytest.mark.django_db(transaction=True)
def test_where_nobody_answers_a_giver_on_duty_goes_on(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)
    for _ in range(4):
        travel.later(minutes=11)
        look()

    assert fresh(task.complaint).owner == quay.desk
    assert fresh(task).is_open
    assert fresh(task).all_asked_at is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.django_db(transaction=True)
def test_where_nobody_answers_and_the_giver_is_gone_a_manager_owns_it(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)
    StaffMember.objects.filter(pk=quay.desk.pk).update(on_duty=False)
    for _ in range(4):
        travel.later(minutes=11)
        look()

    assert fresh(task.complaint).owner == quay.manager
    assert not fresh(task).is_open


def test_a_second_accepter_is_told_who_was_quicker(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)
    actions.accept_hand_over(task=task, by=quay.by_manager)

    with pytest.raises(AlreadyAccepted, match="Tom Ridley"):
        actions.accept_hand_over(task=task, by=quay.by_general_manager)

    assert fresh(task.complaint).owner == quay.manager


def test_pressing_twice_is_no_second_yes(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)
    actions.accept_hand_over(task=task, by=quay.by_manager)
    before = Complaint.objects.get(pk=task.complaint_id).timeline.count()

    actions.accept_hand_over(task=task, by=quay.by_manager)

    assert Complaint.objects.get(pk=task.complaint_id).timeline.count() == before


def test_the_link_in_the_alarm_takes_it_over(quay: House) -> None:
    StaffMember.objects.filter(pk=quay.manager.pk).update(email="tom@quay.example")
    task = offered(quay, receiver=fresh(quay.manager))
    link = StaffLink.objects.get(task=task)
    page = AnswerForm({"choice": "yes"}, offered=("yes", "cannot"), words=Words("en", "answer"))
    assert page.is_valid()

    page.act(link)

    assert fresh(task).accepted_how == "link"
    assert fresh(task.complaint).owner == quay.manager


def test_offering_twice_is_one_offer(quay: House) -> None:
    task = offered(quay)

    again = actions.hand_over(complaint=task.complaint, by=quay.by_desk)

    assert again == task
    assert Task.objects.filter(kind=TaskKind.HAND_OVER).count() == 1


def test_an_offer_can_be_turned_to_somebody_else(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)

    actions.hand_over(complaint=task.complaint, by=quay.by_desk, receiver=quay.general_manager)

    assert fresh(task).assignee == quay.general_manager


def test_the_giver_can_take_the_offer_back(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)

    actions.withdraw_task(task=task, by=quay.by_desk, reason="I stay")

    assert fresh(task.complaint).owner == quay.desk
    assert not fresh(task).is_open


def test_whom_the_guest_named_gets_nothing(quay: House) -> None:
    complaint = make.make_complaint(house=quay, category="noise")
    complaint.named_staff.add(quay.manager)

    with pytest.raises(NamedInComplaint):
        actions.hand_over(complaint=complaint, by=quay.by_desk, receiver=quay.manager)

    assert actions.hand_over(complaint=complaint, by=quay.by_desk).assignee == quay.general_manager


@pytest.mark.parametrize("wrong", ["giver", "elsewhere"])
def test_a_receiver_must_be_somebody_else_of_this_house(quay: House, wrong: str) -> None:
    person = quay.desk if wrong == "giver" else make.make_staff(name="Kirsten", houses=("STRAND",))

    with pytest.raises(AlreadyTheirs if wrong == "giver" else OwnerNotHere):
        offered(quay, receiver=person)


def test_a_giver_cannot_accept_the_own_offer(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)

    with pytest.raises(AlreadyTheirs):
        actions.accept_hand_over(task=task, by=quay.by_desk)


def test_a_hand_over_is_neither_accepted_as_a_task_nor_ticked_off(quay: House) -> None:
    task = offered(quay, receiver=quay.manager)

    with pytest.raises(IsAHandOver):
        actions.accept_task(task=task, by=quay.by_manager)
    with pytest.raises(DoneElsewhere):
        actions.keep_task(task=task, by=quay.by_manager)


def test_a_task_is_not_accepted_as_a_hand_over(quay: House) -> None:
    task = make.make_task(complaint=make.make_complaint(house=quay), by=quay.by_desk)

    with pytest.raises(NotAHandOver):
        actions.accept_hand_over(task=task, by=quay.by_manager)


# --- the end of a shift --------------------------------------------------------------------------

SWEEP = Actor.system("sweep")


def sweep() -> int:
    return actions.change_shifts(by=SWEEP, now=travel.now())


def goes_home(person: StaffMember) -> None:
    StaffMember.objects.filter(pk=person.pk).update(on_duty=False)


def test_who_goes_off_duty_has_everything_offered(quay: House) -> None:
    mine = [
        make.make_complaint(house=quay, category="noise", stay_ref=ref) for ref in (make.LOST, make.BY_AGENCY)
    ]
    sweep()
    goes_home(quay.desk)

    assert sweep() == len(mine)

    assert {complaint.owner for complaint in Complaint.objects.all()} == {quay.desk}
    offers = Task.objects.filter(kind=TaskKind.HAND_OVER)
    assert {task.assignee for task in offers} == {quay.manager}
    assert {alarm.way for alarm in Alarm.objects.filter(task__in=offers)} == {"quiet"}


def test_an_end_of_a_shift_is_noticed_once(quay: House) -> None:
    make.make_complaint(house=quay, category="noise")
    sweep()
    goes_home(quay.desk)
    sweep()

    assert sweep() == 0


def test_the_sweep_asks_the_same_few_questions_however_much_is_open(
    quay: House, django_assert_num_queries: Any
) -> None:
    for _ in range(5):
        make.make_complaint(house=quay, category="noise")
    sweep()

    with django_assert_num_queries(2):
        sweep()


def test_a_shift_ends_by_the_roster(quay: House, hotel: Any) -> None:
    from recovery.hotel import RosterEntry

    StaffMember.objects.filter(pk=quay.desk.pk).update(roster_ref="asha")
    make.make_complaint(house=quay, category="noise")
    hotel.rosters = {"QUAY": [RosterEntry(roster_ref="asha")]}
    actions.keep_shifts(by=SWEEP, now=travel.now())
    hotel.rosters = {"QUAY": []}

    actions.keep_shifts(by=SWEEP, now=travel.now())

    assert Task.objects.filter(kind=TaskKind.HAND_OVER, giver=quay.desk).count() == 1


def test_a_roster_that_cannot_be_read_stops_nothing_else(quay: House, hotel: Any) -> None:
    make.make_complaint(house=quay, category="noise")
    sweep()
    goes_home(quay.desk)
    hotel.rosters = {"QUAY": 5}  # because a host's roster may answer anything
    StaffMember.objects.filter(pk=quay.manager.pk).update(roster_ref="tom")

    actions.keep_shifts(by=SWEEP, now=travel.now())

    assert Task.objects.filter(kind=TaskKind.HAND_OVER).count() == 1


# --- leaving for good ----------------------------------------------------------------------------


def leaves(person: StaffMember) -> None:
    StaffMember.objects.filter(pk=person.pk).update(active_until=travel.now().date() - dt.timedelta(days=1))


def test_a_leavers_complaints_and_tasks_go_to_a_manager(quay: House) -> None:
    mine = make.make_complaint(house=quay, category="noise")
    other = make.make_complaint(house=quay, by=quay.by_manager, category="noise", stay_ref=make.RETURN)
    promise = make.make_task(complaint=other, by=quay.by_desk, told_guest=True, assignee=quay.desk)
    assert promise.accepted_by
    leaves(quay.desk)

    assert actions.inherit_work(by=SWEEP, now=travel.now()) == 2

    assert fresh(mine).owner == quay.manager
    row = fresh(promise)
    assert row.assignee == quay.manager
    assert row.accepted_at is None, "a leaver's yes is worth nothing"


def test_a_leaver_is_forgotten_when_nothing_is_left(quay: House, django_assert_num_queries: Any) -> None:
    make.make_complaint(house=quay, category="noise")
    leaves(quay.desk)
    travel.later(days=2)
    actions.inherit_work(by=SWEEP, now=travel.now())
    actions.inherit_work(by=SWEEP, now=travel.now())

    with django_assert_num_queries(1):
        assert actions.inherit_work(by=SWEEP, now=travel.now()) == 0


def test_who_comes_back_and_leaves_again_is_seen_again(quay: House) -> None:
    leaves(quay.desk)
    travel.later(days=2)
    actions.inherit_work(by=SWEEP, now=travel.now())
    StaffMember.objects.update(active_until=None)
    complaint = make.make_complaint(house=quay, category="noise")
    leaves(quay.desk)

    actions.inherit_work(by=SWEEP, now=travel.now())

    assert fresh(complaint).owner == quay.manager
