"""A letter that is stopped keeps what was typed, says why, and asks who answers for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from recovery.choices import Category, Reading
from recovery.models import Complaint, Letter, Override
from tests import factories
from tests.admin.pages import hidden, hidden_in, text_of, verb_url
from tests.admin.scenes import WORDS

pytestmark = pytest.mark.django_db

BLAMES = {**WORDS, "explanation": "This was entirely the laundry contractor's fault."}


@pytest.fixture
def wifi(quay: factories.House) -> Complaint:
    return factories.make_complaint(house=quay, category=Category.WIFI)


def test_what_stops_it_is_shown_and_a_reason_lets_it_go(helen: Client, wifi: Complaint) -> None:
    url = verb_url(wifi, "send_written_apology")
    typed: dict[str, Any] = {**BLAMES, "nights": "0"}
    first = text_of(helen, url)
    assert "all_the_same" not in first.replace('name="seen"', "")

    page = helen.post(url, {**hidden_in(first), **typed}).content.decode()

    assert "What stops it, and what is better" in page
    assert "laundry contractor&#x27;s fault" in page
    assert 'name="all_the_same"' in page
    assert not Letter.objects.exists()

    again = {**hidden_in(page), **typed, "all_the_same": "the guest asked for the name"}
    response = helen.post(url, again)

    assert response.status_code == 302
    assert Letter.objects.get().released_at is not None
    assert Override.objects.get().reason == "the guest asked for the name"


def test_a_reason_without_anything_seen_covers_nothing(helen: Client, wifi: Complaint) -> None:
    url = verb_url(wifi, "send_written_apology")

    page = helen.post(
        url, {**hidden(helen, url), **BLAMES, "nights": "0", "all_the_same": "because I say so"}
    )

    assert "It does not go like this" in page.content.decode()
    assert not Letter.objects.exists()


def test_the_writer_is_told_who_reads_it(quay: factories.House, helen: Client) -> None:
    quay.desk.user = User.objects.create_user("reader")
    quay.desk.save()
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "send_written_apology")

    page = helen.post(url, {**hidden(helen, url), **WORDS, "nights": "0"}, follow=True).content.decode()

    assert "A second person reads it and sends it" in page
    letter = Letter.objects.get()
    refused = text_of(helen, verb_url(complaint, "release_letter", letter=letter.pk))
    assert "Not now." in refused
    assert quay.desk.name in refused


def test_the_second_reader_sees_who_wrote_it(quay: factories.House, sign_in: Callable[..., Client]) -> None:
    complaint = factories.make_complaint(house=quay)
    letter = factories.make_letter(house=quay, complaint=complaint, by=quay.by_desk)
    client = sign_in(quay.manager)
    url = verb_url(complaint, "release_letter", letter=letter.pk)

    assert f"{quay.desk.name} wrote it. You are the second person who reads it." in text_of(client, url)
    assert "self_check" not in text_of(client, url)
    client.post(url, hidden(client, url))

    letter.refresh_from_db()
    assert letter.reading == Reading.SECOND


def test_who_is_alone_ticks_every_point_after_a_pause(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    send = verb_url(complaint, "send_written_apology")
    helen.post(send, {**hidden(helen, send), **WORDS, "nights": "0"})
    letter = Letter.objects.get()
    url = verb_url(complaint, "release_letter", letter=letter.pk)
    assert "read it once more at" in text_of(helen, url)

    Letter.objects.update(drafted_at=letter.drafted_at - dt.timedelta(minutes=16))
    some = helen.post(url, {**hidden(helen, url), "self_check": ["wrong", "true"]}).content.decode()
    assert "Read it once more as the guest" in some
    helen.post(url, {**hidden(helen, url), "self_check": ["wrong", "true", "theirs", "face"]})

    letter.refresh_from_db()
    assert letter.reading == Reading.SELF
