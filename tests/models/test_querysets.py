"""Work lists and who may see what: querysets that a host uses too."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from recovery import actions
from recovery.choices import Channel
from recovery.models import (
    Apology,
    AuthorityLimit,
    Brand,
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    Contact,
    GuestLink,
    HouseProfile,
    Letter,
    Party,
    Remedy,
    StaffMember,
    Task,
    TimelineEvent,
)
from tests import factories as make
from tests.actions import travel
from tests.factories import House

SCOPED = (
    Apology,
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    Contact,
    GuestLink,
    Letter,
    Party,
    Task,
    TimelineEvent,
)


@pytest.fixture
def two_houses(quay: House, strand: House) -> tuple[House, House]:
    """Both houses, each with every kind of row."""
    for house in (quay, strand):
        complaint = make.make_complaint(house=house, channel=Channel.EMAIL)
        make.make_apology(house=house, complaint=complaint)
        stay = make.RETURN if house.code == "QUAY" else make.SECOND_RETURN
        make.make_entry(house=house, certificate=complaint.certificates.get(), stay_ref=stay)
    return quay, strand


def property_of(row: Any) -> str:
    if isinstance(row, Complaint):
        return row.property_code
    if isinstance(row, CertificateEntry):
        return row.certificate.property_code
    code: str = row.complaint.property_code
    return code


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model.__name__)
def test_nobody_sees_rows_of_a_house_where_they_do_not_work(
    two_houses: tuple[House, House], hotel: Any, model: Any
) -> None:
    hotel.access = {"kirsten": frozenset({"STRAND"}), "stranger": frozenset()}
    kirsten, stranger, boss = (make.make_user(username=n) for n in ("kirsten", "stranger", "boss"))

    assert {property_of(row) for row in model.objects.visible_to(kirsten)} == {"STRAND"}
    assert {property_of(row) for row in model.objects.visible_to(boss)} == {"QUAY", "STRAND"}
    assert not model.objects.visible_to(stranger).exists()
    assert not model.objects.visible_to(AnonymousUser()).exists()
    assert not model.objects.visible_to(None).exists()


@pytest.mark.parametrize("model", [Brand, HouseProfile], ids=lambda model: model.__name__)
def test_a_house_sees_its_own_settings(two_houses: tuple[House, House], hotel: Any, model: Any) -> None:
    hotel.access = {"kirsten": frozenset({"STRAND"})}

    seen = model.objects.visible_to(make.make_user(username="kirsten"))

    assert set(seen.values_list("property_code", flat=True)) == {"STRAND"}


def test_what_is_the_groups_every_house_sees(two_houses: tuple[House, House], hotel: Any) -> None:
    hotel.access = {"kirsten": frozenset({"STRAND"})}
    kirsten = make.make_user(username="kirsten")
    AuthorityLimit.objects.create(property_code="QUAY", role="FD", amount=5, currency="GBP")

    assert set(AuthorityLimit.objects.visible_to(kirsten).values_list("property_code", flat=True)) == {""}
    assert Remedy.objects.visible_to(kirsten).count() == Remedy.objects.count()


def test_colleagues_of_a_house_and_of_every_house_are_seen(
    two_houses: tuple[House, House], hotel: Any
) -> None:
    hotel.access = {"kirsten": frozenset({"STRAND"})}
    everywhere = make.make_staff(name="Roving Manager", houses=())
    _quay, strand = two_houses

    seen = set(StaffMember.objects.visible_to(make.make_user(username="kirsten")))

    assert seen == {everywhere, strand.desk, strand.manager, strand.general_manager}


def test_an_inactive_account_sees_nothing(two_houses: tuple[House, House]) -> None:
    gone = make.make_user(username="gone", is_active=False)

    assert not Complaint.objects.visible_to(gone).exists()


# --- work lists ----------------------------------------------------------------------------------


def test_a_complaint_is_overdue_when_a_task_is(quay: House, complaint: Complaint) -> None:
    now = travel.now()

    assert list(Complaint.objects.overdue(now=now + dt.timedelta(seconds=59))) == []
    assert list(Complaint.objects.overdue(now=now + dt.timedelta(seconds=61))) == [complaint]


def test_a_closed_complaint_is_neither_open_nor_overdue_nor_abandoned(
    quay: House, complaint: Complaint
) -> None:
    make.close(house=quay, complaint=complaint)
    late = travel.now() + dt.timedelta(days=9)

    assert not Complaint.objects.open().exists()
    assert not Complaint.objects.overdue(now=late).exists()
    assert not Complaint.objects.abandoned(now=late).exists()


def test_a_complaint_that_rests_is_abandoned_within_the_hour(quay: House) -> None:
    complaint = make.make_complaint(house=quay, category="other")
    now = travel.now()

    assert not Complaint.objects.abandoned(now=now + dt.timedelta(minutes=60)).exists()
    assert list(Complaint.objects.abandoned(now=now + dt.timedelta(minutes=61))) == [complaint]
    make.make_task(complaint=complaint, by=quay.by_desk)
    assert not Complaint.objects.abandoned(now=now + dt.timedelta(days=1)).exists()


@pytest.mark.parametrize("end", ["keep_task", "break_task", "withdraw_task"])
def test_a_complaint_whose_last_task_ended_is_abandoned(quay: House, end: str) -> None:
    complaint = make.make_complaint(house=quay, category="other")
    task = make.make_task(complaint=complaint, by=quay.by_desk)
    reason = {} if end == "keep_task" else {"reason": "x"}
    getattr(actions, end)(task=task, by=quay.by_desk, **reason)

    late = travel.now() + dt.timedelta(hours=2)

    assert list(Complaint.objects.abandoned(now=late)) == [complaint]


def test_the_next_task_is_the_one_that_is_due_first(
    quay: House, complaint: Complaint, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        row = Complaint.objects.with_next_task().get()

    assert row.next_task_id == complaint.tasks.get(step_key="seat").pk
    assert row.next_due_at == travel.now() + dt.timedelta(minutes=1)


def test_complaints_of_a_stay_are_found(quay: House, complaint: Complaint) -> None:
    make.make_complaint(house=quay, stay_ref=make.RETURN)

    assert list(Complaint.objects.for_stay(make.LOST)) == [complaint]


def test_open_tasks_that_are_due_are_found(quay: House, complaint: Complaint) -> None:
    due = Task.objects.due_before(travel.now() + dt.timedelta(minutes=6))

    assert set(due.exclude(step_key="").values_list("step_key", flat=True)) == {"seat", "apologise"}


def test_who_left_is_not_active(quay: House) -> None:
    gone = make.make_staff(name="Priya Nair", active_until=dt.date(2027, 7, 16))
    last_day = make.make_staff(name="Nora Berg", active_until=dt.date(2027, 7, 17))

    active = StaffMember.objects.active(on=dt.date(2027, 7, 17))

    assert gone not in active
    assert last_day in active
