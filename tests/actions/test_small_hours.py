"""What a simulated week of shifts found: moved promises, sleepers, colleagues asked twice, the last day."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery import actions
from recovery.choices import AlarmReason, Category, Role
from recovery.models import Alarm, Complaint, StaffMember, Task
from tests import factories as make
from tests.factories import House

from . import travel
from .test_promises import engineer, levels, pass_minutes, promise

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def power(quay: House) -> Complaint:
    return make.make_complaint(
        house=quay, category=Category.POWER, summary="No power in the room", stay_ref=make.BY_AGENCY
    )


def test_whoever_has_just_told_the_guest_a_new_time_is_not_rung_for_it(quay: House, power: Complaint) -> None:
    maria = engineer("Maria Holt")
    task = promise(quay, power, minutes=20)
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))
    actions.start_task(task=task, by=actions.Actor.for_staff(maria))
    pass_minutes(19)
    until = travel.now() + dt.timedelta(minutes=4)
    actions.move_task(task=task, by=quay.by_desk, due_at=until, reason="A second fuse.", told_guest=True)
    Alarm.objects.all().delete()

    pass_minutes(2.75)
    assert not levels(task)
    pass_minutes(0.25)

    assert [(reason, minutes) for _level, reason, _name, minutes in levels(task)] == [
        (AlarmReason.UNSENT_DELAY, 22)
    ]


def test_at_night_the_manager_is_asked_and_not_the_engineer_who_sleeps(quay: House, power: Complaint) -> None:
    sleeper = engineer("Maria Holt", on_duty=False)

    task = promise(quay, power)

    assert task.assignee == quay.manager
    assert task.asked == [quay.manager.pk]
    pass_minutes(30)
    assert sleeper.pk not in Task.objects.get(pk=task.pk).asked


def test_what_can_wait_is_for_the_engineer_of_the_morning(quay: House, power: Complaint) -> None:
    sleeper = engineer("Maria Holt", on_duty=False)

    task = make.make_task(complaint=power, by=quay.by_desk, title="Find the cause", role=Role.ENGINEERING)

    assert task.assignee == sleeper


def test_who_said_yes_and_does_not_begin_is_not_asked_to_do_it(quay: House, power: Complaint) -> None:
    engineer("Maria Holt")
    olga = engineer("Olga Reis")
    task = promise(quay, power, minutes=200)
    actions.accept_task(task=task, by=quay.by_desk, person=olga, heard_by="Asha")

    pass_minutes(10)

    assert [(reason, name) for _level, reason, name, _minutes in levels(task)] == [
        (AlarmReason.NOT_STARTED, quay.manager.name)
    ]


def test_on_the_last_day_of_a_colleague_no_page_becomes_stale(quay: House, power: Complaint) -> None:
    leaver = make.make_staff(name="Leo Pratt", roles=(Role.FRONT_DESK,), active_until=travel.now().date())
    actions.assign(complaint=power, by=quay.by_manager, owner=leaver)
    before = Complaint.objects.get(pk=power.pk).version

    moved = actions.inherit_work(by=actions.Actor.system("sweep"), now=travel.now())

    assert moved == 0
    assert Complaint.objects.get(pk=power.pk).version == before


def test_a_house_without_managers_does_not_keep_the_other_houses_work_from_going_on(
    quay: House, power: Complaint
) -> None:
    leaver = make.make_staff(name="Leo Pratt", roles=(Role.FRONT_DESK,), active_until=travel.now().date())
    second = make.make_complaint(house=quay, summary="Loud")
    for complaint in (power, second):
        actions.assign(complaint=complaint, by=quay.by_manager, owner=leaver)
    managers = [p for p in StaffMember.objects.all() if p.has_role(Role.DUTY_MANAGER, Role.GENERAL_MANAGER)]
    power.named_staff.set(managers)  # so that nobody is left for the first

    travel.later(days=1)
    moved = actions.inherit_work(by=actions.Actor.system("sweep"), now=travel.now())

    assert moved == 1
    assert Complaint.objects.get(pk=second.pk).owner in managers
