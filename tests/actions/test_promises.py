"""What was said is really happening – or the desk knows that it is not, before the guest asks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail

from recovery import actions, errors
from recovery.actions import HANDLERS, staff_links
from recovery.choices import (
    AlarmReason,
    AlarmWay,
    Category,
    Channel,
    ContactKind,
    EventKind,
    PromiseOutcome,
    Role,
    TaskKind,
    Urgency,
)
from recovery.models import Alarm, Complaint, OutboxMessage, StaffLink, StaffMember, Task
from recovery.outbox import relay
from tests import factories as make
from tests.factories import House
from tests.hotel_double import HOTEL

from . import travel

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def power(quay: House) -> Complaint:
    return make.make_complaint(
        house=quay, category=Category.POWER, summary="No power in the room", stay_ref=make.BY_AGENCY
    )


@pytest.fixture
def maria(quay: House) -> StaffMember:
    return engineer("Maria Holt")


def engineer(name: str, **facts: Any) -> StaffMember:
    return make.make_staff(
        name=name, roles=(Role.ENGINEERING,), email=f"{name.split()[0].lower()}@quay.example", **facts
    )


def promise(house: House, complaint: Complaint, *, minutes: int = 20, **given: Any) -> Task:
    values: dict[str, Any] = {"title": "An engineer looks at the fuse", "role": Role.ENGINEERING}
    return make.make_task(
        complaint=complaint, by=house.by_desk, in_minutes=minutes, told_guest=True, **(values | given)
    )


def pass_minutes(minutes: float) -> None:
    """Let time go by, with a sweep every fifteen seconds of it."""
    for _ in range(int(minutes * 4)):
        travel.later(seconds=15)
        relay.drain(handlers=HANDLERS)


def fresh(task: Task) -> Task:
    return Task.objects.get(pk=task.pk)


def levels(task: Task) -> list[tuple[int, str, str, float]]:
    """Level, reason, whom, and minutes after it was said; without the question to who was asked first."""
    return [
        (a.level, a.reason, a.person.name, (a.at - task.said_at).total_seconds() / 60)
        for a in Alarm.objects.filter(task=task, level__gt=0).order_by("level")
    ]


def mails_about(task: Task) -> list[Any]:
    return [m for m in mail.outbox if m.extra_headers.get("X-Recovery-Task") == str(task.pk)]


def test_on_the_way_may_be_said_only_after_somebody_said_yes(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    task = promise(quay, power)
    with pytest.raises(errors.NotHappening, match=r"I am finding Maria Holt and will ring you by 12:32"):
        actions.tell_happening(task=task, by=quay.by_desk)
    assert fresh(task).claimed_at is None

    actions.accept_task(task=task, by=quay.by_desk, person=maria, heard_by="Asha")

    assert actions.tell_happening(task=task, by=quay.by_desk).claimed_at == travel.now()


def test_who_does_not_say_yes_in_three_minutes_is_passed_over(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    olga = engineer("Olga Reis")
    task = promise(quay, power)
    assert task.assignee == maria

    pass_minutes(3)

    assert levels(task) == [(1, AlarmReason.NOT_ACCEPTED, "Olga Reis", 3)]
    assert fresh(task).assignee == olga
    assert fresh(task).is_not_happening


def test_the_chain_ends_at_the_managers_and_then_at_the_owner(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    task = promise(quay, power, minutes=200)

    pass_minutes(30)

    assert levels(task) == [
        (1, AlarmReason.NOT_ACCEPTED, "Tom Ridley", 3),
        (2, AlarmReason.NOT_ACCEPTED, "Helen Marsh", 6),
        (3, AlarmReason.NOT_ACCEPTED, "Asha Patel", 9),
    ]
    assert power.tasks.get(kind=TaskKind.ALARM, title__startswith="Nobody has said yes").assignee == quay.desk


def test_who_is_on_call_has_ten_minutes(quay: House, power: Complaint) -> None:
    engineer("Maria Holt", on_duty=False, on_call=True)
    task = promise(quay, power, minutes=200)

    pass_minutes(9.75)
    assert not levels(task)
    pass_minutes(0.25)

    assert levels(task)[0][3] == 10


def test_who_is_neither_on_duty_nor_on_call_sleeps(quay: House, power: Complaint) -> None:
    engineer("Maria Holt", on_duty=False, on_call=True)
    engineer("Olga Reis", on_duty=False)
    task = promise(quay, power, minutes=200)

    pass_minutes(30)

    assert "Olga Reis" not in {name for _level, _reason, name, _minutes in levels(task)}


def test_a_yes_ends_the_asking(quay: House, power: Complaint, maria: StaffMember) -> None:
    task = promise(quay, power)
    pass_minutes(2)
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))
    actions.start_task(task=task, by=actions.Actor.for_staff(maria))

    pass_minutes(10)

    assert not levels(task)


def test_a_yes_without_a_beginning_is_asked_about_again(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    engineer("Olga Reis")
    task = promise(quay, power, minutes=200)
    pass_minutes(1)
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))

    pass_minutes(10)

    assert levels(task) == [(1, AlarmReason.NOT_STARTED, "Olga Reis", 11)]
    assert fresh(task).is_not_happening
    with pytest.raises(errors.NotHappening):
        actions.tell_happening(task=task, by=quay.by_desk)


def test_a_colleague_may_take_over_what_is_not_happening(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    olga = engineer("Olga Reis")
    task = promise(quay, power, minutes=200)
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))
    with pytest.raises(errors.AlreadyAccepted):
        actions.accept_task(task=task, by=actions.Actor.for_staff(olga))
    pass_minutes(10)

    taken = actions.accept_task(task=task, by=actions.Actor.for_staff(olga))

    assert (taken.accepted_by, taken.assignee) == ("Olga Reis", olga)
    assert not taken.is_not_happening


def test_a_delay_is_told_before_it_is_one(quay: House, power: Complaint, maria: StaffMember) -> None:
    task = promise(quay, power, minutes=20)
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))
    actions.start_task(task=task, by=actions.Actor.for_staff(maria))

    pass_minutes(15)

    assert levels(task) == [(1, AlarmReason.UNSENT_DELAY, "Asha Patel", 15)]
    warning = power.tasks.get(kind=TaskKind.DELAY)
    assert (warning.assignee, warning.due_at) == (quay.desk, task.due_at)


def test_a_missed_promise_is_a_second_failure(quay: House, power: Complaint, maria: StaffMember) -> None:
    task = promise(quay, power, minutes=20)
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))
    actions.start_task(task=task, by=actions.Actor.for_staff(maria))

    pass_minutes(20)

    power.refresh_from_db()
    assert (power.urgency, power.severity) == (Urgency.FAST, 4)
    assert power.timeline.filter(kind=EventKind.RECOVERY_FAILED).count() == 1
    assert levels(task)[-1] == (2, AlarmReason.MISSED, "Tom Ridley", 20)
    actions.keep_task(task=task, by=quay.by_desk)
    assert fresh(task).outcome == PromiseOutcome.LATE


def test_a_promise_that_is_admitted_broken_fails_once(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    task = promise(quay, power)
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))

    actions.break_task(task=task, by=quay.by_desk, reason="The part is missing.")
    pass_minutes(30)

    assert power.timeline.filter(kind=EventKind.RECOVERY_FAILED).count() == 1
    assert fresh(task).outcome == PromiseOutcome.BROKEN
    assert not levels(task)


def test_a_moved_promise_is_warned_of_anew(quay: House, power: Complaint, maria: StaffMember) -> None:
    task = promise(quay, power, minutes=20)
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))
    actions.start_task(task=task, by=actions.Actor.for_staff(maria))
    pass_minutes(15)

    actions.move_task(
        task=task,
        by=quay.by_desk,
        due_at=task.due_at + dt.timedelta(minutes=20),
        reason="A second fuse.",
        told_guest=True,
    )
    assert not power.tasks.filter(kind=TaskKind.DELAY, withdrawn_at__isnull=True).exists()
    pass_minutes(10)
    actions.keep_task(task=task, by=quay.by_desk)

    assert fresh(task).outcome == PromiseOutcome.MOVED
    assert power.timeline.filter(kind=EventKind.RECOVERY_FAILED).count() == 0


def test_the_second_call_first_finds_out_where_the_colleague_is(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    task = promise(quay, power)

    actions.add_contact(
        complaint=power,
        by=quay.by_desk,
        kind=ContactKind.COMPLAINT,
        channel=Channel.PHONE,
        words="Still dark.",
    )

    locate = power.tasks.get(kind=TaskKind.LOCATE)
    assert "Maria Holt" in locate.title
    assert task.title in locate.title
    assert locate.due_at == travel.now() + dt.timedelta(minutes=2)


def test_who_promises_to_do_it_oneself_has_said_yes(quay: House, power: Complaint) -> None:
    task = promise(quay, power, title="I ring you back", role=None, assignee=quay.desk)

    assert task.accepted_by == "Asha Patel"
    pass_minutes(5)
    assert not levels(task)


def test_two_who_say_yes_at_once_are_one_yes_and_one_name(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    olga = engineer("Olga Reis")
    task = promise(quay, power)
    actions.accept_task(task=task, by=actions.Actor.for_staff(olga))

    with pytest.raises(errors.AlreadyAccepted, match="Olga Reis"):
        actions.accept_task(task=task, by=actions.Actor.for_staff(maria))


def test_the_next_colleague_is_one_tap_away(quay: House, power: Complaint, maria: StaffMember) -> None:
    olga = engineer("Olga Reis")
    task = promise(quay, power)

    actions.ask_next(task=task, by=quay.by_desk)

    assert fresh(task).assignee == olga
    pass_minutes(3)
    assert [name for _level, _reason, name, _minutes in levels(task)] == ["Olga Reis", "Tom Ridley"]


def test_with_nobody_left_the_desk_is_told_so(quay: House, power: Complaint, maria: StaffMember) -> None:
    task = promise(quay, power)
    for _ in range(2):
        actions.ask_next(task=task, by=quay.by_desk)

    with pytest.raises(errors.NobodyLeftToAsk):
        actions.ask_next(task=task, by=quay.by_desk)


def test_an_alarm_reaches_its_colleague_by_mail_with_task_and_level(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    engineer("Olga Reis")
    task = promise(quay, power)

    pass_minutes(3.5)

    _asked, sent = mails_about(task)
    assert sent.to == ["Olga Reis <olga@quay.example>"]
    assert sent.extra_headers["X-Recovery-Level"] == "1"
    assert "NOT HAPPENING" in sent.subject
    assert "12:32" in sent.body
    assert Alarm.objects.get(task=task, level=1).sent_at is not None


def test_whoever_is_asked_first_hears_of_it_and_can_say_yes_from_the_phone(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    task = promise(quay, power)

    relay.drain(handlers=HANDLERS)

    (asked,) = mails_about(task)
    assert asked.to == ["Maria Holt <maria@quay.example>"]
    assert asked.subject.startswith("Can you do this?")
    assert "In 3 minutes we ask the next colleague." in asked.body
    assert asked.extra_headers["X-Recovery-Level"] == "0"
    assert f"{staff_links.staff_url(StaffLink.objects.get())}" in asked.body
    actions.accept_task(task=task, by=actions.Actor.for_staff_link(StaffLink.objects.get()))
    pass_minutes(5)
    assert not levels(task)
    assert Alarm.objects.get(task=task).seen_at == task.said_at


def test_a_question_is_no_alarm_and_makes_no_digest(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    tasks = [promise(quay, power, minutes=200, title=f"Room {n}") for n in range(9)]

    relay.drain(handlers=HANDLERS)

    assert [len(mails_about(task)) for task in tasks] == [1] * 9
    assert not Alarm.objects.rang().exists()


def test_who_asks_oneself_is_not_asked(quay: House, power: Complaint, maria: StaffMember) -> None:
    actions.add_task(
        complaint=power,
        by=actions.Actor.for_staff(maria),
        title="I look at the fuse",
        due_at=travel.now() + dt.timedelta(minutes=20),
        assignee=maria,
        told_guest=True,
    )

    assert not Alarm.objects.exists()


def test_who_has_only_a_number_is_rung_by_whoever_promised_until_somebody_says_yes(
    quay: House, power: Complaint
) -> None:
    StaffMember.objects.create(
        name="Olga Reis", roles=["ENG"], property_codes=["QUAY"], phone="+44 7700 900555", on_duty=True
    )
    task = promise(quay, power)
    call = power.tasks.get(kind=TaskKind.ALARM)
    assert call.title == "Ring Olga Reis, +44 7700 900555: can you do this?"
    assert (call.detail, call.assignee) == (task.title, quay.desk)

    actions.accept_task(
        task=task, by=quay.by_desk, person=StaffMember.objects.get(name="Olga Reis"), heard_by="Asha"
    )

    assert not fresh(call).is_open


def test_a_plan_for_tomorrow_asks_without_haste(quay: House, power: Complaint, maria: StaffMember) -> None:
    HOTEL.tells_staff = True
    promise(quay, power, minutes=24 * 60)
    promise(quay, power, minutes=30)

    relay.drain(handlers=HANDLERS)

    assert [alert.urgent for alert in HOTEL.alerts] == [False, True]


def test_no_alarm_is_sent_for_what_somebody_does_by_then(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    olga = engineer("Olga Reis")
    task = promise(quay, power)
    travel.later(minutes=3)
    (watch,) = OutboxMessage.objects.filter(kind="task.watch", state="due")
    relay.deliver(handlers=HANDLERS, ids=[watch.pk])
    assert levels(task)

    actions.accept_task(task=task, by=actions.Actor.for_staff(olga))
    relay.drain(handlers=HANDLERS)

    assert not mails_about(task)


def test_the_hotels_own_way_beats_mail(quay: House, power: Complaint, maria: StaffMember) -> None:
    HOTEL.tells_staff = True
    engineer("Olga Reis")
    promise(quay, power)

    pass_minutes(3.5)

    assert [alert.name for alert in HOTEL.alerts] == ["Maria Holt", "Olga Reis"]
    assert not [m for m in mail.outbox if "X-Recovery-Task" in m.extra_headers]


def test_with_neither_a_colleague_is_asked_to_ring_the_number(quay: House, power: Complaint) -> None:
    engineer("Maria Holt")
    StaffMember.objects.create(
        name="Olga Reis", roles=["ENG"], property_codes=["QUAY"], phone="+44 7700 900555"
    )
    promise(quay, power)

    pass_minutes(3)

    call = power.tasks.get(kind=TaskKind.ALARM)
    assert "Olga Reis, +44 7700 900555" in call.title
    assert call.assignee == quay.desk
    assert Alarm.objects.get(level=1).way == AlarmWay.CALL


def test_a_storm_becomes_a_digest(quay: House, power: Complaint, maria: StaffMember) -> None:
    StaffMember.objects.filter(pk=quay.manager.pk).update(email="tom@quay.example")
    StaffMember.objects.filter(pk=quay.general_manager.pk).update(on_duty=False)
    tasks = [promise(quay, power, minutes=200, title=f"Room {n}") for n in range(9)]

    pass_minutes(3)
    ways = list(Alarm.objects.filter(person=quay.manager, task__in=tasks).values_list("way", flat=True))
    assert ways.count(AlarmWay.MAIL) == 6
    assert ways.count(AlarmWay.DIGEST) == 3
    pass_minutes(15)

    (digest,) = [m for m in mail.outbox if m.to == ["Tom Ridley <tom@quay.example>"] and "more" in m.subject]
    assert all(f"Room {n}" in digest.body for n in range(6, 9))


def test_no_link_in_an_alarm_is_stored_anywhere(quay: House, power: Complaint, maria: StaffMember) -> None:
    engineer("Olga Reis")
    promise(quay, power)
    pass_minutes(3.5)

    link = StaffLink.objects.get(person__name="Olga Reis")

    assert (link.person.name, link.digest) == ("Olga Reis", link.digest)
    assert len(link.digest) == 64


def test_what_nobody_planned_anew_has_one_effect_however_often_it_is_delivered(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    engineer("Olga Reis")
    task = promise(quay, power)
    travel.later(minutes=3)
    (watch,) = OutboxMessage.objects.filter(kind="task.watch", state="due")
    relay.deliver(handlers=HANDLERS, ids=[watch.pk])

    OutboxMessage.objects.filter(pk=watch.pk).update(state="due", settled_at=None)
    relay.deliver(handlers=HANDLERS, ids=[watch.pk])

    assert len(levels(task)) == 1


def test_a_supplier_who_is_waited_for_stops_no_clock(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    task = promise(quay, power, title="The lift company sends somebody")
    actions.accept_task(task=task, by=actions.Actor.for_staff(maria))
    actions.start_task(task=task, by=actions.Actor.for_staff(maria))

    pass_minutes(20)

    assert fresh(task).missed_at is not None


def test_with_only_a_number_a_storm_is_six_calls_and_the_board(
    quay: House, power: Complaint, maria: StaffMember
) -> None:
    StaffMember.objects.filter(pk=quay.general_manager.pk).update(on_duty=False)
    tasks = [promise(quay, power, minutes=200, title=f"Room {n}") for n in range(9)]

    pass_minutes(3)

    ways = list(Alarm.objects.filter(person=quay.manager, task__in=tasks).values_list("way", flat=True))
    assert (ways.count(AlarmWay.CALL), ways.count(AlarmWay.QUIET)) == (6, 3)
    assert not OutboxMessage.objects.filter(kind="staff.digest").exists()
