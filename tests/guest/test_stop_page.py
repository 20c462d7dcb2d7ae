"""“Please do not write to me about this again”: an unselected choice, a POST, and a way back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from recovery.choices import EventKind, LinkPurpose
from recovery.models import Complaint, GuestLink
from tests.actions.travel import later
from tests.factories import make_link
from tests.guest.doors import clean, tables, text_of, visit

STOP = LinkPurpose.STOP


def choose(client: Client, complaint: Complaint, choice: str) -> Any:
    """Open the link, press one of the two, save, and look at the answer."""
    visit(client, complaint, STOP)
    page = clean(make_link(complaint=complaint, purpose=STOP))
    return client.post(page, {"choice": choice}, follow=True)


def is_stopped(complaint: Complaint) -> bool:
    return complaint.parties.get().stopped_writing_at is not None


def times_recorded(complaint: Complaint) -> int:
    return complaint.timeline.filter(kind=EventKind.WRITING_STOPPED).count()


def test_nothing_is_chosen_for_the_guest(client: Client, complaint: Complaint) -> None:
    content = visit(client, complaint, STOP).content.decode()

    assert len(re.findall(r'type="radio"[^>]* required', content)) == 2
    assert "checked" not in content
    assert not re.search(r'type="(submit|hidden)"[^>]*name="choice"', content)


def test_a_guest_can_stop_our_mail(client: Client, complaint: Complaint) -> None:
    page = text_of(choose(client, complaint, "stop"))

    assert is_stopped(complaint)
    assert "We will not write to you about this again" in page
    assert "answers to what you write to us" in page
    assert "letters that one of us signs in person" in page
    assert "you can change it here until" in page


def test_a_guest_can_take_it_back(client: Client, complaint: Complaint) -> None:
    choose(client, complaint, "stop")
    later(days=30)

    asked_again = text_of(visit(client, complaint, STOP))
    page = text_of(choose(client, complaint, "keep"))

    assert "You asked us to stop on Saturday 17 July 2027." in asked_again
    assert "We may go on writing to you" in page
    assert not is_stopped(complaint)
    assert times_recorded(complaint) == 2


def test_saying_it_twice_is_saying_it_once(client: Client, complaint: Complaint) -> None:
    first = choose(client, complaint, "stop")
    since = complaint.parties.get().stopped_writing_at
    later(minutes=5)
    second = choose(client, complaint, "stop")

    assert text_of(first) == text_of(second)
    assert complaint.parties.get().stopped_writing_at == since
    assert times_recorded(complaint) == 1


def test_only_an_answer_uses_the_link(client: Client, complaint: Complaint) -> None:
    link = make_link(complaint=complaint, purpose=STOP)
    visit(client, complaint, STOP)
    assert GuestLink.objects.get(pk=link.pk).used_at is None

    choose(client, complaint, "keep")

    assert GuestLink.objects.get(pk=link.pk).used_at is not None


@pytest.mark.parametrize("given", [{}, {"choice": ""}, {"choice": "STOP"}, {"choice": "x" * 100_000}])
def test_an_answer_without_a_choice_changes_nothing_and_says_what_is_missing(
    client: Client, complaint: Complaint, given: dict[str, str]
) -> None:
    visit(client, complaint, STOP)
    before = tables()

    response = client.post(clean(make_link(complaint=complaint, purpose=STOP)), given)
    content = response.content.decode()

    assert "<title>Error: Shall we stop writing to you about this?</title>" in content
    assert '<a href="#id_choice_0">Please choose one of the two.</a>' in content
    assert 'aria-describedby="id_choice_error"' in content
    assert tables() == before


def test_a_post_from_another_site_is_refused(complaint: Complaint) -> None:
    client = Client(enforce_csrf_checks=True)
    page = clean(make_link(complaint=complaint, purpose=STOP))
    content = visit(client, complaint, STOP).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', content)
    assert token is not None

    forged = client.post(page, {"choice": "stop"})
    assert (forged.status_code, is_stopped(complaint)) == (403, False)

    own = client.post(page, {"choice": "stop", "csrfmiddlewaretoken": token[1]})
    assert (own.status_code, is_stopped(complaint)) == (302, True)


def test_a_host_without_the_csrf_middleware_is_protected_all_the_same(
    complaint: Complaint, settings: Any
) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "csrf" not in name]
    client = Client(enforce_csrf_checks=True)
    visit(client, complaint, STOP)

    response = client.post(clean(make_link(complaint=complaint, purpose=STOP)), {"choice": "stop"})

    assert (response.status_code, is_stopped(complaint)) == (403, False)


def test_a_browser_that_did_not_open_the_link_cannot_answer(client: Client, complaint: Complaint) -> None:
    response = client.post(clean(make_link(complaint=complaint, purpose=STOP)), {"choice": "stop"})

    assert (response.status_code, is_stopped(complaint)) == (404, False)


def test_only_the_stop_page_sets_a_second_cookie(client: Client, complaint: Complaint) -> None:
    visit(client, complaint, LinkPurpose.CERTIFICATE)
    visit(client, complaint, LinkPurpose.STATUS)
    assert set(client.cookies) == {"sessionid"}

    visit(client, complaint, STOP)
    assert set(client.cookies) == {"sessionid", "csrftoken"}


def test_the_question_is_danish_for_a_danish_guest(client: Client, danish: Complaint) -> None:
    asked = text_of(visit(client, danish, STOP))
    page = text_of(choose(client, danish, "stop"))

    assert "Skriv ikke mere til mig om det her" in asked
    assert "Vi skriver ikke mere til dig om det her" in page
