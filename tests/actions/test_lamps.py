"""Heard, respected, handled: what switches each on, and what switches it off again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery import actions
from recovery.choices import ApologyPart, Category, Channel, LampGap, Outcome, Stance
from recovery.errors import WrongOrder
from recovery.models import Alarm, Complaint, Task
from recovery.rules import lamps
from tests import factories as make
from tests.factories import House

from . import travel


def quiet(house: House, **given: Any) -> Complaint:
    return make.make_complaint(house=house, category=Category.WIFI, **given)


def on(complaint: Complaint) -> set[str]:
    return {state.lamp.value for state in Complaint.objects.get(pk=complaint.pk).lamps if state.is_on}


def missing(complaint: Complaint) -> set[LampGap]:
    return {gap for state in Complaint.objects.get(pk=complaint.pk).lamps for gap in state.missing}


def test_opening_switches_no_lamp_on(quay: House) -> None:
    assert on(quiet(quay)) == set()


def test_a_guest_who_confirmed_is_heard(quay: House) -> None:
    complaint = quiet(quay)
    make.hear(house=quay, complaint=complaint)

    assert on(complaint) == {"heard"}


def test_what_is_delivered_and_not_told_is_not_handled(quay: House) -> None:
    complaint = quiet(quay)
    make.solve(house=quay, complaint=complaint)

    assert missing(complaint) >= {LampGap.NOT_TOLD, LampGap.NOT_ASKED}

    make.tell(house=quay, complaint=complaint)
    assert "handled" not in on(complaint)

    actions.tell_guest(complaint=complaint, by=quay.by_desk, how="at the desk: “fine”", asked=True)
    assert "handled" in on(complaint)


def test_one_broken_promise_switches_respected_off(quay: House) -> None:
    complaint = quiet(quay)
    make.apologise(house=quay, complaint=complaint)
    assert "respected" in on(complaint)

    task = make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True)
    actions.break_task(task=task, by=quay.by_desk, reason="nobody had time")

    assert "respected" not in on(complaint)
    assert LampGap.PROMISE_FAILED in missing(complaint)


def test_a_promise_kept_late_counts_as_failed(quay: House) -> None:
    complaint = quiet(quay)
    make.apologise(house=quay, complaint=complaint)
    task = make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True, in_minutes=10)
    travel.later(minutes=11)
    actions.keep_task(task=task, by=quay.by_desk)

    assert "respected" not in on(complaint)


def test_regret_is_too_little_where_the_mistake_is_ours(quay: House) -> None:
    complaint = quiet(quay)
    assert complaint.stance == Stance.RESPONSIBILITY
    actions.record_spoken_apology(complaint=complaint, by=quay.by_desk, parts=[ApologyPart.REGRET])

    assert LampGap.APOLOGY_UNFIT in missing(complaint)


def test_a_list_reckons_its_lamps_in_as_many_queries_for_fifty_as_for_five(quay: House) -> None:
    complaint = quiet(quay)
    make.apologise(house=quay, complaint=complaint)
    counts = []
    for number in (5, 50):
        for count in range(number):
            row = Complaint.objects.get(pk=complaint.pk)
            row.pk, row._state.adding, row.reference = None, True, f"R-{number:04d}-{count:04d}"
            row.save()
        with CaptureQueriesContext(connection) as queries:
            found = [row.lamps for row in Complaint.objects.with_lamps()]
        counts.append(len(queries))
    assert len(found) == 56
    assert counts == [2, 2]


def test_the_two_ways_to_reckon_a_lamp_agree(quay: House) -> None:
    complaint = quiet(quay)
    make.apologise(house=quay, complaint=complaint)
    task = make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True)
    actions.break_task(task=task, by=quay.by_desk, reason="nobody had time")

    alone, listed = Complaint.objects.get(pk=complaint.pk), Complaint.objects.with_lamps().get()

    assert alone.lamps == listed.lamps
    assert isinstance(alone.lamps[0], lamps.LampState)


# --- the apology that is owed -------------------------------------------------------------------


def owed(complaint: Complaint) -> Task:
    found: Task = Task.objects.get(complaint=complaint, fulfils="apology")
    return found


def test_a_repair_without_an_apology_owes_one_within_a_quarter_of_an_hour(quay: House) -> None:
    complaint = quiet(quay)
    make.solve(house=quay, complaint=complaint)

    task = owed(complaint)
    assert (task.due_at - travel.now()).total_seconds() == 15 * 60
    assert task.assignee == Complaint.objects.get(pk=complaint.pk).owner
    assert list(Complaint.objects.apology_outstanding()) == [complaint]


def test_an_apology_that_fits_settles_it_and_one_that_does_not_leaves_it(quay: House) -> None:
    complaint = quiet(quay)
    make.solve(house=quay, complaint=complaint)

    actions.record_spoken_apology(complaint=complaint, by=quay.by_desk, parts=[ApologyPart.REGRET])
    assert owed(complaint).is_open
    make.apologise(house=quay, complaint=complaint)
    assert owed(complaint).done_at is not None


def test_who_has_apologised_before_owes_nothing(quay: House) -> None:
    complaint = quiet(quay)
    make.apologise(house=quay, complaint=complaint)
    make.solve(house=quay, complaint=complaint)

    assert not Task.objects.filter(fulfils="apology").exists()


def test_an_apology_still_owed_after_a_quarter_of_an_hour_stands_on_the_board(quay: House) -> None:
    from recovery.actions.handlers import HANDLERS
    from recovery.actions.watches import TASK_WATCH
    from recovery.choices import OutboxState
    from recovery.models import OutboxMessage

    complaint = quiet(quay)
    make.solve(house=quay, complaint=complaint)
    task = owed(complaint)
    message = OutboxMessage.objects.get(kind=TASK_WATCH, payload__task=task.pk, state=OutboxState.DUE)
    assert message.due_at == task.due_at

    HANDLERS[TASK_WATCH].settled(message, state=OutboxState.SENT, now=travel.later(minutes=15))

    alarm = Alarm.objects.get(reason="apology_due")
    assert (alarm.task, alarm.way) == (task, "quiet")
    # It is no promise, so nothing was broken.
    assert LampGap.PROMISE_FAILED not in missing(complaint)


def test_the_repair_the_telling_and_the_apology_each_have_their_person(quay: House) -> None:
    complaint = quiet(quay)
    actions.mark_solved(complaint=complaint, by=quay.by_desk, solution="A new router")
    actions.tell_guest(complaint=complaint, by=quay.by_manager, how="by telephone")

    complaint = Complaint.objects.get(pk=complaint.pk)
    assert (complaint.solved_by, complaint.told_by) == (quay.desk.name, quay.manager.name)


# --- closing asks only for what is missing --------------------------------------------------------


def test_a_late_write_up_closes_in_one_go(quay: House) -> None:
    complaint = quiet(quay)
    make.hear(house=quay, complaint=complaint)

    closed = actions.close(
        complaint=complaint,
        by=quay.by_desk,
        outcome=Outcome.RECOVERED,
        solution="A new router",
        told_how="at the desk: “thank you”",
        asked=True,
        apology=[ApologyPart.REGRET, ApologyPart.RESPONSIBILITY],
    )

    assert closed.closed_at == travel.now()
    assert on(complaint) == {"heard", "respected", "handled"}
    assert not Task.objects.open().filter(complaint=complaint, fulfils__in=("told", "apology")).exists()


def test_what_is_known_already_stays_as_it_is(quay: House) -> None:
    complaint = make.solve(house=quay, complaint=quiet(quay))
    travel.later(minutes=5)

    closed = actions.close(
        complaint=complaint,
        by=quay.by_desk,
        outcome=Outcome.LOST,
        solution="something else",
        told_how="by telephone",
        no_apology_reason="a hoax",
    )

    assert closed.solution == "A room at The Lantern House, paid."
    assert closed.solved_by == quay.manager.name


def test_a_refused_close_names_all_that_is_missing_and_writes_nothing(quay: House) -> None:
    complaint = quiet(quay)

    with pytest.raises(WrongOrder) as refusal:
        actions.close(complaint=complaint, by=quay.by_desk, outcome="", solution="A new router")

    for words in ("tell the guest", "recovered", "apologise"):
        assert words in refusal.value.sentence
    assert "mark solved" not in refusal.value.sentence
    assert Complaint.objects.get(pk=complaint.pk).solved_at is None


def test_a_reason_why_no_apology_is_owed_takes_the_task_away(quay: House) -> None:
    complaint = make.solve(house=quay, complaint=quiet(quay))
    make.tell(house=quay, complaint=complaint)
    actions.close(complaint=complaint, by=quay.by_desk, outcome=Outcome.LOST, no_apology_reason="a hoax")

    assert owed(complaint).withdrawn_at is not None


# --- first contact ------------------------------------------------------------------------------


def test_what_was_put_right_with_the_first_word_counts_as_first_contact(quay: House) -> None:
    at_once = quiet(quay, channel=Channel.IN_PERSON)
    make.close(house=quay, complaint=at_once)
    assert list(Complaint.objects.first_contact_resolved()) == [at_once]

    travel.later(minutes=1)
    actions.add_contact(
        complaint=at_once, by=quay.by_desk, kind="chaser", channel="phone", words="gone again"
    )
    assert list(Complaint.objects.first_contact_resolved()) == []
