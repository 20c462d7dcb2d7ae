"""A colleague answers an alarm from a phone, without signing in: yes, begun, or ask the next."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recovery import actions
from recovery.actions import HANDLERS, staff_links
from recovery.choices import AcceptedHow, Category, Role
from recovery.models import StaffLink, StaffMember, Task
from recovery.outbox import relay
from tests import factories as make
from tests.actions import travel
from tests.actions.travel import _hotel_clock  # noqa: F401 because it is a fixture
from tests.factories import House

from .doors import text_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(quay: House) -> StaffLink:
    """Maria did not answer for three minutes, and Olga is asked."""
    for name in ("Maria Holt", "Olga Reis"):
        make.make_staff(
            name=name, roles=(Role.ENGINEERING,), email=f"{name[:5].strip().lower()}@quay.example"
        )
    complaint = make.make_complaint(
        house=quay, category=Category.POWER, summary="No power in the room", stay_ref=make.BY_AGENCY
    )
    make.make_task(
        complaint=complaint,
        by=quay.by_desk,
        title="An engineer looks at the fuse",
        role=Role.ENGINEERING,
        told_guest=True,
        in_minutes=60,
    )
    travel.later(minutes=3)
    relay.drain(handlers=HANDLERS)
    return StaffLink.objects.get(person__name="Olga Reis")


def come_in(client: Client, link: StaffLink) -> Any:
    address = staff_links.staff_url(link).removeprefix("https://hotel.example")
    return client.get(address, follow=True)


def answer(client: Client, link: StaffLink, choice: str) -> Any:
    return client.post(reverse("recovery_guest:answer", args=[link.uuid]), {"choice": choice}, follow=True)


def test_the_page_is_the_brief_before_the_door(client: Client, asked: StaffLink) -> None:
    response = come_in(client, asked)

    said = text_of(response)
    assert "An engineer looks at the fuse" in said
    assert "Alice Thornbury" in said
    assert "13:12" in said, "by when, on the wall of the house"
    assert "Do not explain who failed" in said
    assert asked.digest not in response.content.decode()


def test_opening_the_link_says_nothing_yet(client: Client, asked: StaffLink) -> None:
    come_in(client, asked)

    assert Task.objects.get(pk=asked.task_id).accepted_at is None


def test_a_yes_through_the_link_is_a_named_yes(client: Client, asked: StaffLink) -> None:
    come_in(client, asked)

    response = answer(client, asked, "yes")

    task = Task.objects.get(pk=asked.task_id)
    assert (task.accepted_by, task.accepted_how) == ("Olga Reis", AcceptedHow.LINK)
    assert not task.is_not_happening
    assert "You said yes" in text_of(response)


def test_begun_follows_yes(client: Client, asked: StaffLink) -> None:
    come_in(client, asked)
    answer(client, asked, "yes")

    answer(client, asked, "begun")

    assert Task.objects.get(pk=asked.task_id).started_at == travel.now()


def test_who_cannot_passes_it_on_at_once(client: Client, quay: House, asked: StaffLink) -> None:
    come_in(client, asked)

    answer(client, asked, "cannot")

    assert Task.objects.get(pk=asked.task_id).assignee == quay.manager


def test_without_a_choice_nothing_is_answered(client: Client, asked: StaffLink) -> None:
    come_in(client, asked)

    response = answer(client, asked, "")

    assert "Please choose one" in text_of(response)
    assert Task.objects.get(pk=asked.task_id).accepted_at is None


def test_an_answer_that_was_not_offered_is_none(client: Client, asked: StaffLink) -> None:
    come_in(client, asked)

    answer(client, asked, "begun")

    assert Task.objects.get(pk=asked.task_id).started_at is None


def test_who_comes_second_reads_who_does_it(client: Client, quay: House, asked: StaffLink) -> None:
    maria = StaffMember.objects.get(name="Maria Holt")
    actions.accept_task(task=asked.task, by=actions.Actor.for_staff(maria))

    response = come_in(client, asked)

    assert "Maria Holt does it" in text_of(response)
    assert b"<form" not in response.content


def test_the_link_ends_with_its_day(client: Client, asked: StaffLink) -> None:
    travel.later(hours=25)

    assert "This link does not open" in text_of(come_in(client, asked))


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 50])
def test_every_bad_link_gives_the_same_page(client: Client, token: str, db: None) -> None:
    response = client.get(reverse("recovery_guest:answer_enter", args=[token]))

    assert "This link does not open" in text_of(response)


def test_a_page_that_was_not_entered_through_the_link_is_shut(client: Client, asked: StaffLink) -> None:
    response = client.get(reverse("recovery_guest:answer", args=[asked.uuid]))

    assert "This link does not open" in text_of(response)


def test_a_guests_token_opens_no_colleagues_door(client: Client, asked: StaffLink) -> None:
    address = staff_links.staff_url(asked).rstrip("/").rpartition("/")[2]

    response = client.get(reverse("recovery_guest:enter", args=[address]))

    assert "This link does not open" in text_of(response)


def test_the_page_speaks_danish_to_a_danish_colleague(client: Client, asked: StaffLink) -> None:
    StaffMember.objects.filter(pk=asked.person_id).update(languages=["da"])

    assert "Du bliver spurgt" in text_of(come_in(client, asked))
