"""How many queries an address needs: as many for fifty rows as for five."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery.actions.certificate_steps import digest
from recovery.models import (
    Certificate,
    CertificateEntry,
    Complaint,
    Letter,
    Party,
    StaffMember,
    TimelineEvent,
)
from tests import factories as make
from tests.factories import House

from .asking import Caller, at

FEW, MANY = 5, 50
#: The most that any list may need: session, account, staff, permissions, clock, zones, and its rows.
MOST = 14


@pytest.fixture
def story(quay: House, caller: Caller) -> Complaint:
    complaint = make.make_complaint(house=quay)
    make.make_apology(house=quay, complaint=complaint)
    make.make_compensation(house=quay, complaint=complaint)
    make.apologise(house=quay, complaint=complaint)
    return complaint


def multiply(row: Any, number: int, **unique: Any) -> None:
    """More rows like this one. Copied, because fifty stories told by verbs take a minute."""
    for count in range(number):
        copy = type(row).objects.get(pk=row.pk)
        copy.pk, copy._state.adding = None, True
        for name, make_value in unique.items():
            setattr(copy, name, make_value(count))
        copy.save()


def _certificate(complaint: Complaint, count: int) -> None:
    compensation = complaint.compensations.filter(certificate__isnull=False)[0]
    for _ in range(count):
        given = type(compensation).objects.get(pk=compensation.pk)
        given.pk, given._state.adding = None, True
        given.save()
        mark = uuid.uuid4()
        row = Certificate.objects.filter(complaint=complaint)[0]
        row.pk, row._state.adding, row.uuid, row.compensation = None, True, mark, given
        row.code_digest = row.issue_key = digest(str(mark))
        row.save()


def add(name: str, complaint: Complaint, count: int) -> None:
    """More of what the list shows."""
    match name:
        case "complaints":
            multiply(complaint, count, reference=lambda n: f"R-{count:04d}-{n:04d}")
        case "complaint-parties":
            multiply(Party.objects.all()[0], count)
        case "complaint-timeline":
            multiply(TimelineEvent.objects.all()[0], count)
        case "complaint-contacts":
            multiply(complaint.contacts.all()[0], count)
        case "complaint-spoken-apologies":
            multiply(complaint.apologies.filter(letter=None)[0], count)
        case "tasks" | "complaint-tasks":
            multiply(complaint.tasks.all()[0], count, unique_key=lambda n: None)
        case "letters" | "complaint-letters":
            multiply(Letter.objects.all()[0], count, unique_key=lambda n: None)
        case "compensations" | "complaint-compensations":
            multiply(complaint.compensations.all()[0], count)
        case "certificates" | "complaint-certificates":
            _certificate(complaint, count)
        case "staff":
            multiply(StaffMember.objects.filter(user=None)[0], count)


LISTS = [
    "complaints",
    "staff",
    "tasks",
    "letters",
    "compensations",
    "certificates",
    "complaint-parties",
    "complaint-timeline",
    "complaint-contacts",
    "complaint-tasks",
    "complaint-letters",
    "complaint-spoken-apologies",
    "complaint-compensations",
    "complaint-certificates",
]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_fifty_needs_as_many_queries_as_one_of_five(
    caller: Caller, story: Complaint, name: str
) -> None:
    path = at(name, reference=story.reference) if name.startswith("complaint-") else at(name)
    counts = []

    for number in (FEW, MANY):
        add(name, story, number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            rows = caller.get(f"{path}?page_size={number}").json()["results"]
        assert len(rows) == number
        counts.append(len(queries))

    assert counts[0] == counts[1] <= MOST, queries.captured_queries


def test_a_certificate_with_a_long_ledger_needs_no_more_queries(
    caller: Caller, quay: House, story: Complaint
) -> None:
    certificate = Certificate.objects.get()
    path = at("certificate", certificate=certificate.uuid)
    counts = []

    for number in (0, 12):
        for _ in range(number):
            last = CertificateEntry.objects.order_by("-seq")[0]
            last.pk, last._state.adding, last.seq = None, True, last.seq + 1
            last.op_key = digest(str(uuid.uuid4()))
            last.save()
        with CaptureQueriesContext(connection) as queries:
            assert len(caller.get(path).json()["entries"]) == number + 1
        counts.append(len(queries))

    assert counts[0] == counts[1] <= MOST
