"""S2-15: no silent fixes. A fix opens the task of telling the guest, and untold nothing closes."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery import actions
from recovery.choices import Category, Severity
from recovery.errors import TextMissing
from recovery.models import Complaint, Task
from tests import factories as make
from tests.factories import House

from . import travel


def tell_task(complaint: Complaint) -> Task:
    found: Task = complaint.tasks.get(fulfils="told")
    return found


@pytest.mark.parametrize(("severity", "minutes"), [(1, 10), (2, 10), (3, 5), (4, 5), (5, 5)])
def test_a_guest_in_house_is_told_within_minutes(strand: House, severity: int, minutes: int) -> None:
    complaint = make.make_complaint(house=strand, category=Category.OTHER, severity=Severity(severity))
    travel.later(minutes=30)

    make.solve(house=strand, complaint=complaint)

    assert tell_task(complaint).due_at == travel.now() + dt.timedelta(minutes=minutes)
    assert tell_task(complaint).assignee == complaint.owner


@pytest.mark.parametrize("stay_ref", [make.LOST, make.RETURN, ""])
def test_a_guest_who_is_not_in_house_is_told_within_two_hours(quay: House, stay_ref: str) -> None:
    complaint = make.make_complaint(house=quay, stay_ref=stay_ref, property_code="QUAY")

    make.solve(house=quay, complaint=complaint)

    assert tell_task(complaint).due_at == travel.now() + dt.timedelta(hours=2)


def test_on_the_day_of_departure_the_guest_is_still_in_house(strand: House) -> None:
    travel.go_to(dt.datetime(2027, 7, 19, 9, tzinfo=travel.SKAGEN))
    complaint = make.make_complaint(house=strand, category=Category.OTHER)

    make.solve(house=strand, complaint=complaint)

    assert tell_task(complaint).due_at == travel.now() + dt.timedelta(minutes=10)


def test_telling_the_guest_finishes_the_task(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)

    told = make.tell(house=quay, complaint=complaint)

    assert (told.told_how, told.told_at) == ("by telephone", travel.now())
    assert (tell_task(complaint).done_by, tell_task(complaint).evidence) == (
        "Tom Ridley",
        {"how": "by telephone"},
    )


def test_how_the_guest_was_told_is_proof_and_needed(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)

    with pytest.raises(TextMissing):
        actions.tell_guest(complaint=complaint, by=quay.by_manager, how="\u200b")


def test_solving_twice_before_telling_does_not_push_the_clock(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    due = tell_task(complaint).due_at
    travel.later(hours=1)

    make.solve(house=quay, complaint=complaint)

    assert tell_task(complaint).due_at == due


def test_an_untold_guest_is_overdue_in_time(quay: House, complaint: Complaint) -> None:
    complaint.tasks.all().delete()
    make.solve(house=quay, complaint=complaint)

    assert complaint not in Complaint.objects.overdue(now=travel.now())
    assert complaint in Complaint.objects.overdue(now=travel.later(hours=2, minutes=1))


def test_what_was_done_must_be_said(quay: House, complaint: Complaint) -> None:
    with pytest.raises(TextMissing):
        actions.mark_solved(complaint=complaint, by=quay.by_manager, solution=" ")
