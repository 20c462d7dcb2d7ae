"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recovery import actions
from recovery.choices import Category, Channel
from recovery.errors import NotAllowed
from recovery.hotel import get_hotel
from recovery.models import Complaint, StaffMember
from tests.projects import steps

from .rows import make_colleague, make_lost_reservation

pytestmark = pytest.mark.django_db

NEW = {"category": "noise", "channel": "in_person", "summary": "Drums until three", "property_code": "villa"}


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, **changes: Any) -> Any:
    return client.post(
        reverse("recovery_api:complaints"),
        NEW | changes,
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )


def test_users_of_this_host_have_nothing_that_django_asks_for() -> None:
    user = make_colleague("manager")

    assert not hasattr(user, "has_perm")
    assert not hasattr(user, "groups")
    assert isinstance(user.pk, uuid.UUID)


@pytest.mark.parametrize(
    ("role", "verb", "allowed"),
    [
        ("manager", "void_certificate", True),
        ("desk", "open_complaint", True),
        ("desk", "void_certificate", False),
        ("cleaner", "open_complaint", False),
    ],
)
def test_a_role_decides_what_a_colleague_may_do(role: str, verb: str, allowed: bool) -> None:
    actor = actions.Actor.for_user(make_colleague(role))

    assert actions.may(actor, verb, property_code="villa") is allowed


def test_a_complaint_is_opened_and_owned_by_a_user_with_a_uuid() -> None:
    steps.prepare(make_lost_reservation())
    user = make_colleague("desk")
    StaffMember.objects.create(name="Asha Rao", user=user, roles=["FD"])

    complaint = actions.open_complaint(
        by=actions.Actor.for_user(user),
        category=Category.NOISE,
        channel=Channel.IN_PERSON,
        summary="Drums until three",
        property_code="villa",
        request_key="form-1",
    )

    assert complaint.owner is not None
    assert complaint.owner.user_id == user.pk


def test_a_verb_outside_the_role_is_refused_and_writes_nothing() -> None:
    lost = make_lost_reservation()
    steps.prepare(lost)

    with pytest.raises(NotAllowed):
        steps.open_complaint(lost, actions.Actor.for_user(make_colleague("cleaner")))

    assert not Complaint.objects.exists()


def test_the_api_lets_in_whom_the_role_lets_in() -> None:
    steps.prepare(make_lost_reservation())
    desk, cleaner = client_of(make_colleague("desk")), client_of(make_colleague("cleaner"))

    opened, refused = post(desk), post(cleaner)

    assert opened.status_code == 201, opened.content
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert [row["summary"] for row in desk.get(reverse("recovery_api:complaints")).json()["results"]] == [
        "Drums until three"
    ]
    assert cleaner.get(reverse("recovery_api:complaints")).status_code == 403


def test_the_house_is_the_only_row_of_the_settings() -> None:
    lost = make_lost_reservation()

    assert [house.code for house in get_hotel().properties()] == [lost.property_code]
