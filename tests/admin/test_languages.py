"""Staff see that a language is a guess, and correct it by asking."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from recovery.actions import GuestInput
from recovery.models import Complaint
from tests import factories

from .pages import hidden, page_of, text_of, verb_url


@pytest.fixture
def stranger(quay: factories.House, settings: Any) -> Complaint:
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("da", "en")}
    guest = GuestInput(name="Kim Larsson", email="kim.larsson@example.com", email_read_back=True)
    return factories.make_complaint(house=quay, stay_ref="", property_code="QUAY", guest=guest)


def relink(client: Client, complaint: Complaint, **typed: str) -> tuple[str, str]:
    url = verb_url(complaint, "relink_guest")
    assert client.post(url, {**hidden(client, url), "reason": "Asked", **typed}).status_code == 302
    party = complaint.parties.get()
    return party.language, party.language_source


def test_a_guess_is_called_one(stranger: Complaint, helen: Client) -> None:
    assert "Danish, a guess: English stands below it" in text_of(helen, page_of(stranger))
    assert "which is a guess" in text_of(helen, verb_url(stranger, "draft_letter"))


def test_the_wrong_is_asked_for_in_english_only_below_a_guess(
    stranger: Complaint, quay: factories.House, helen: Client
) -> None:
    known = factories.make_complaint(house=quay)
    url = verb_url(stranger, "draft_letter")

    assert "The same in English" in text_of(helen, url)
    assert "The same in English" not in text_of(helen, verb_url(known, "draft_letter"))
    typed = {"wrong": "Vi havde ikke noget værelse.", "wrong_in_english": "We had no room for you."}
    response = helen.post(url, {**hidden(helen, url), **typed, "changes": "Alt læses op."})
    assert response.status_code == 302
    assert "We had no room for you." in stranger.letters.get().text.partition("-" * 76)[2]


def test_a_language_from_the_booking_is_not_called_a_guess(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    assert "a guess" not in text_of(helen, page_of(complaint))
    assert relink(helen, complaint, phone="+44 7700 900212", language="en") == ("en", "booking")


def test_a_new_phone_number_does_not_make_the_guess_said(stranger: Complaint, helen: Client) -> None:
    assert relink(helen, stranger, phone="+46 70 555 01 00") == ("da", "guessed")


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_is_chosen_was_said(stranger: Complaint, helen: Client, language: str) -> None:
    assert relink(helen, stranger, language=language) == (language, "said")


def test_the_letters_page_says_that_english_stands_below(
    stranger: Complaint, quay: factories.House, helen: Client
) -> None:
    letter = factories.make_apology(house=quay, complaint=stranger, nights=0)

    page = text_of(helen, reverse("admin:recovery_complaint_letter", args=[stranger.pk, letter.pk]))

    assert "Danish, and English below" in page
