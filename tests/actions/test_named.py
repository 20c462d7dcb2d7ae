"""Whom the guest named can neither own, answer nor close it; and their work goes on with others."""

from __future__ import annotations

from typing import Any

import pytest

from recovery import actions
from recovery.actions.staff_mail import AlarmHandler
from recovery.choices import AlarmReason, AlarmWay, Category, Channel, Outcome, Role, Urgency
from recovery.errors import ManagersOnly, NamedInComplaint, NoManagerLeft, OwnerNotHere
from recovery.models import Alarm, Complaint, OutboxMessage, StaffLink, StaffMember, Task
from recovery.outbox.channels import Channels
from tests import factories as make
from tests.factories import House

from . import travel


def quiet(house: House, **given: Any) -> Complaint:
    return make.make_complaint(house=house, category=Category.STAFF_CONDUCT, **given)


def name(house: House, complaint: Complaint, *people: StaffMember) -> Complaint:
    return actions.name_staff(complaint=complaint, by=house.by_general_manager, people=list(people))


def test_a_named_owner_hands_over_to_a_manager(quay: House) -> None:
    complaint = quiet(quay)
    assert complaint.owner == quay.desk

    assert name(quay, complaint, quay.desk).owner == quay.manager


def test_a_named_duty_manager_hands_over_to_the_general_manager(quay: House) -> None:
    complaint = quiet(quay, by=quay.by_manager)

    assert name(quay, complaint, quay.manager).owner == quay.general_manager


def test_who_is_named_can_do_nothing_here(quay: House) -> None:
    complaint = quiet(quay)
    name(quay, complaint, quay.desk)

    for verb, given in (
        ("acknowledge", {"channel": "phone"}),
        ("mark_solved", {"solution": "x"}),
        ("close", {"outcome": Outcome.LOST}),
    ):
        with pytest.raises(NamedInComplaint):
            getattr(actions, verb)(complaint=complaint, by=quay.by_desk, **given)
    for verb, given in (
        ("assign", {"owner": quay.desk}),
        ("add_task", {"title": "x", "due_at": travel.later(minutes=1), "assignee": quay.desk}),
    ):
        with pytest.raises(NamedInComplaint):
            getattr(actions, verb)(complaint=complaint, by=quay.by_manager, **given)


def test_open_tasks_go_on_and_a_yes_of_the_named_counts_no_more(quay: House) -> None:
    complaint = quiet(quay)
    task = make.make_task(
        complaint=complaint, by=quay.by_manager, assignee=quay.desk, role=Role.FRONT_DESK, told_guest=True
    )
    actions.accept_task(task=task, by=quay.by_desk)

    name(quay, complaint, quay.desk)

    task = Task.objects.get(pk=task.pk)
    assert task.assignee == quay.manager
    assert (task.accepted_at, task.accepted_by, task.asked[-1]) == (None, "", quay.manager.pk)
    assert not Task.objects.open().filter(complaint=complaint, assignee=quay.desk).exists()


def test_what_the_named_has_done_stays_done(quay: House) -> None:
    complaint = quiet(quay)
    task = make.make_task(complaint=complaint, by=quay.by_desk)
    actions.keep_task(task=task, by=quay.by_desk)

    name(quay, complaint, quay.desk)

    assert Task.objects.get(pk=task.pk).done_by == quay.desk.name


def test_only_a_manager_says_whom_the_guest_named(quay: House) -> None:
    with pytest.raises(ManagersOnly):
        actions.name_staff(complaint=quiet(quay), by=quay.by_desk, people=[quay.manager])


def test_a_named_manager_cannot_unname_themselves(quay: House) -> None:
    complaint = quiet(quay)
    name(quay, complaint, quay.manager)

    with pytest.raises(NamedInComplaint):
        actions.name_staff(complaint=complaint, by=quay.by_manager, people=[])


def test_an_empty_list_gives_the_sight_back(quay: House) -> None:
    complaint = quiet(quay)
    name(quay, complaint, quay.desk)
    name(quay, complaint)

    actions.acknowledge(complaint=complaint, by=quay.by_desk, channel="phone")
    events = complaint.timeline.filter(kind="staff.named").order_by("pk")
    assert [event.data for event in events] == [
        {"named": [quay.desk.pk], "unnamed": []},
        {"named": [], "unnamed": [quay.desk.pk]},
    ]


def test_where_every_manager_is_named_it_is_refused_and_nothing_is_ownerless(quay: House) -> None:
    complaint = quiet(quay)

    with pytest.raises(NoManagerLeft):
        name(quay, complaint, quay.manager, quay.general_manager)

    fresh = Complaint.objects.get(pk=complaint.pk)
    assert not fresh.named_staff.exists()
    assert fresh.owner == quay.desk


def test_somebody_of_another_house_is_not_named_by_mistake(quay: House) -> None:
    other = make.make_staff(name="Kirsten Bak", houses=("STRAND",))

    with pytest.raises(OwnerNotHere):
        name(quay, quiet(quay), other)


def test_links_in_alarms_that_were_sent_open_nothing_any_more(quay: House) -> None:
    StaffMember.objects.filter(pk=quay.manager.pk).update(email="tom@quayside.example")
    complaint = quiet(quay)
    task = make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True, assignee=quay.desk)
    actions.ask_next(task=task, by=quay.by_desk, person=StaffMember.objects.get(pk=quay.manager.pk))
    assert StaffLink.objects.filter(person=quay.manager, revoked_at=None).exists()

    name(quay, complaint, quay.manager)

    assert not StaffLink.objects.filter(person=quay.manager, revoked_at=None).exists()


def test_an_alarm_on_its_way_to_the_named_says_nothing(quay: House, mailoutbox: list[Any]) -> None:
    StaffMember.objects.filter(pk=quay.manager.pk).update(email="tom@quayside.example")
    complaint = quiet(quay)
    actions.raise_urgency(complaint=complaint, by=quay.by_desk, urgency=Urgency.EMERGENCY, reason="in tears")
    message = OutboxMessage.objects.get(kind="staff.alarm")
    name(quay, complaint, quay.manager)

    AlarmHandler().send(message, channels=Channels())

    assert mailoutbox == []


def test_no_later_alarm_rings_the_named(quay: House) -> None:
    complaint = quiet(quay)
    name(quay, complaint, quay.manager)
    before = set(Alarm.objects.values_list("pk", flat=True))

    actions.raise_urgency(complaint=complaint, by=quay.by_desk, urgency=Urgency.EMERGENCY, reason="in tears")

    rung = Alarm.objects.exclude(pk__in=before)
    assert {alarm.person for alarm in rung} == {quay.general_manager}


def test_what_the_named_colleague_is_told_is_kept_and_gives_nothing_away(quay: House) -> None:
    complaint = quiet(quay, stay_ref=make.BY_AGENCY)
    name(quay, complaint, quay.desk)
    seen = Complaint.objects.filter(pk=complaint.pk).values().get()

    contact = actions.receive_report(
        by=quay.by_desk, stay_ref=make.BY_AGENCY, channel=Channel.PHONE, words="I want to speak to a manager."
    )

    assert contact.complaint != complaint
    assert contact.complaint.contacts.get().text == "I want to speak to a manager."
    assert contact.complaint.owner == quay.manager
    assert Complaint.objects.filter(pk=complaint.pk).values().get() == seen


def test_whoever_gets_a_named_colleagues_promise_is_told_so(quay: House) -> None:
    StaffMember.objects.filter(pk=quay.manager.pk).update(email="tom@quay.example")
    complaint = quiet(quay, by=quay.by_manager)
    task = make.make_task(complaint=complaint, by=quay.by_manager, told_guest=True, assignee=quay.desk)

    name(quay, complaint, quay.desk)

    asked = Alarm.objects.get(task=task, person=quay.manager)
    assert (asked.reason, asked.way) == (AlarmReason.ASKED, AlarmWay.MAIL)
