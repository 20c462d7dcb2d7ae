"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from recovery.models import Complaint, Contact
from recovery.signals import happened
from tests.admin.pages import hidden
from tests.projects import steps

from .rows import make_lost_reservation

# Real transactions: inside a test's own one there would be nothing to see.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def complaint() -> Complaint:
    lost = make_lost_reservation()
    return steps.open_complaint(lost, steps.prepare(lost))


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create(username="tove", is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """Each event of a verb, with whether the host's transaction was still open when it was told."""
    events: list[str] = []

    def listen(event: str, **_: Any) -> None:
        events.append(f"{event} {'inside' if connection.in_atomic_block else 'after commit'}")

    happened.connect(listen)
    yield events
    happened.disconnect(listen)


def through_admin(client: Client, complaint: Complaint) -> Any:
    page = reverse("admin:recovery_complaint_verb", args=[complaint.pk, "add_contact"])
    return client.post(
        page, hidden(client, page) | {"kind": "chaser", "channel": "phone", "said": "Where is it?"}
    )


def through_api(client: Client, complaint: Complaint) -> Any:
    return client.post(
        reverse("recovery_api:complaint-contacts", kwargs={"reference": complaint.reference}),
        {"kind": "chaser", "channel": "phone", "words": "Where is it?"},
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )


DOORS = pytest.mark.parametrize(("door", "status"), [(through_admin, 302), (through_api, 201)])


@DOORS
def test_a_verb_behind_our_doors_has_a_transaction_of_its_own(
    client: Client, complaint: Complaint, heard: list[str], door: Callable[..., Any], status: int
) -> None:
    response = door(client, complaint)

    assert response.status_code == status, response.content
    assert heard == ["contact.added after commit"]


class LosesOnce:
    """The database refuses the first lock of a complaint, as it does when two meet."""

    def __init__(self) -> None:
        self.refused = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not self.refused and re.match(r"UPDATE .recovery_complaint. SET .version", sql):
            self.refused += 1
            raise _lost_race()
        return execute(sql, params, many, context)


def _lost_race() -> OperationalError:
    """What Django raises here for a lost race, with the code by which one is known."""
    error = OperationalError(1213, "Deadlock found")
    if connection.vendor == "sqlite":
        cause: Any = sqlite3.OperationalError("database is locked")
        cause.sqlite_errorcode = sqlite3.SQLITE_BUSY
        error.__cause__ = cause
    elif connection.vendor == "postgresql":
        from psycopg import errors

        error.__cause__ = errors.DeadlockDetected()
    return error


@DOORS
def test_a_verb_that_loses_a_race_is_done_again_inside_the_same_request(
    client: Client, complaint: Complaint, door: Callable[..., Any], status: int
) -> None:
    losing = LosesOnce()

    with connection.execute_wrapper(losing):
        response = door(client, complaint)

    assert losing.refused == 1
    assert response.status_code == status, response.content
    assert Contact.objects.filter(complaint=complaint, kind="chaser").count() == 1


def test_a_page_of_the_host_that_fails_takes_the_verb_back_with_it(
    client: Client, complaint: Complaint, heard: list[str]
) -> None:
    with pytest.raises(RuntimeError):
        client.get("/tell/?fail")

    assert not Contact.objects.filter(complaint=complaint, kind="chaser").exists()
    assert heard == []


def test_a_page_of_the_host_that_goes_well_keeps_it(
    client: Client, complaint: Complaint, heard: list[str]
) -> None:
    assert client.get("/tell/").status_code == 200
    assert Contact.objects.filter(complaint=complaint, kind="chaser").count() == 1
    assert heard == ["contact.added after commit"]


def test_a_booking_of_two_is_about_the_first_of_them(complaint: Complaint) -> None:
    assert complaint.parties.get().name == "Runa Eskelund"
