"""The hush: marketing leaves a guest alone while a complaint is open, and for a while afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from recovery import actions
from recovery.choices import Category
from recovery.models import Complaint, Task
from recovery.rules.hush import Hush, hush_of
from recovery.signals import hush_changed
from tests import factories as make
from tests.factories import House

from . import travel


def quiet(house: House, **given: Any) -> Complaint:
    return make.make_complaint(house=house, category=Category.WIFI, **given)


def guest_of(complaint: Complaint) -> str:
    ref: str = complaint.parties.get().guest_ref
    assert ref
    return ref


def test_a_guest_who_never_complained_may_be_written_to(quay: House) -> None:
    assert not Complaint.objects.is_suppressed("G-4711")


def test_an_open_complaint_hushes_and_nobody_knows_until_when(quay: House) -> None:
    ref = guest_of(quiet(quay))

    assert Complaint.objects.hush(ref) == Hush(suppressed=True, until=None)


def test_it_ends_a_fortnight_after_closing_to_the_second(quay: House) -> None:
    complaint = quiet(quay)
    ref = guest_of(complaint)
    closed_at = make.close(house=quay, complaint=complaint).closed_at
    assert closed_at is not None
    end = closed_at + dt.timedelta(days=14)

    assert Complaint.objects.hush(ref).until == end
    assert Complaint.objects.is_suppressed(ref, now=end - dt.timedelta(seconds=1))
    assert not Complaint.objects.is_suppressed(ref, now=end)


def test_following_up_later_lets_it_last_from_then(quay: House) -> None:
    complaint = quiet(quay)
    make.close(house=quay, complaint=complaint)
    travel.later(days=3)
    task = make.make_task(complaint=complaint, by=quay.by_desk, in_minutes=6000)
    Task.objects.filter(pk=task.pk).update(fulfils="follow_up")
    actions.keep_task(task=task, by=quay.by_desk)

    assert Complaint.objects.hush(guest_of(complaint)).until == travel.now() + dt.timedelta(days=14)


def test_a_host_chooses_how_long(quay: House, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "HUSH_DAYS": 0}
    complaint = quiet(quay)
    make.close(house=quay, complaint=complaint)

    assert not Complaint.objects.is_suppressed(guest_of(complaint))


def test_reopening_begins_it_again(quay: House) -> None:
    complaint = quiet(quay)
    make.close(house=quay, complaint=complaint)
    travel.later(days=20)
    assert not Complaint.objects.is_suppressed(guest_of(complaint))

    actions.reopen(complaint=complaint, by=quay.by_manager, reason="not right")

    assert Complaint.objects.is_suppressed(guest_of(complaint))


def test_one_open_complaint_among_closed_ones_is_enough(quay: House) -> None:
    first = quiet(quay)
    make.close(house=quay, complaint=first)
    quiet(quay)

    assert Complaint.objects.hush(guest_of(first)) == Hush(suppressed=True, until=None)


def test_guests_whom_no_system_knows_share_no_hush(quay: House) -> None:
    quiet(quay, stay_ref="", property_code="QUAY")

    assert not Complaint.objects.is_suppressed("")


def test_the_rule_takes_the_latest_end() -> None:
    now = dt.datetime(2027, 7, 17, tzinfo=dt.UTC)
    ended = [now - dt.timedelta(days=40), now - dt.timedelta(days=2)]

    found = hush_of(is_open=False, ended=ended, days=14, now=now)

    assert found == Hush(suppressed=True, until=now + dt.timedelta(days=12))


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    found: list[dict[str, Any]] = []

    def listen(sender: Any, guest_ref: str, suppressed: bool, until: Any, **_: Any) -> None:
        found.append({"guest_ref": guest_ref, "suppressed": suppressed, "until": until})

    hush_changed.connect(listen)
    yield found
    hush_changed.disconnect(listen)


def test_marketing_hears_of_the_beginning_and_of_the_end(
    quay: House, heard: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        complaint = quiet(quay)
        assert heard == []
    with django_capture_on_commit_callbacks(execute=True):
        make.close(house=quay, complaint=complaint)

    ref, end = guest_of(complaint), travel.now() + dt.timedelta(days=14)
    assert heard == [
        {"guest_ref": ref, "suppressed": True, "until": None},
        {"guest_ref": ref, "suppressed": True, "until": end},
    ]


def test_a_second_open_complaint_changes_nothing_and_is_not_announced(
    quay: House, heard: list[dict[str, Any]], django_capture_on_commit_callbacks: Any
) -> None:
    quiet(quay)
    with django_capture_on_commit_callbacks(execute=True):
        second = quiet(quay)
        make.close(house=quay, complaint=second)

    assert heard == []
