"""A guest whose language is a guess is written to in it and, below, in English."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from recovery import actions
from recovery.actions import HANDLERS, GuestInput, letter_steps
from recovery.choices import Channel, LetterKind
from recovery.models import Complaint, Letter
from recovery.outbox import relay
from tests import factories as make
from tests.factories import House

pytestmark = pytest.mark.django_db(transaction=True)

STRANGER = GuestInput(name="Kim Larsson", email="kim.larsson@example.com", email_read_back=True)


@pytest.fixture
def quay(transactional_db: None, settings: Any) -> House:
    """A house that writes Danish to whom it does not know."""
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("da", "en")}
    return make.make_house()


def of_a_stranger(house: House, **given: Any) -> Complaint:
    return make.make_complaint(house=house, stay_ref="", property_code="QUAY", guest=STRANGER, **given)


def test_the_mail_carries_both(quay: House) -> None:
    make.make_apology(house=quay, complaint=of_a_stranger(quay), nights=0)

    relay.drain(handlers=HANDLERS)

    (sent,) = mail.outbox
    (page,) = [part.content for part in sent.alternatives if part.mimetype == "text/html"]
    for said in (str(sent.body), str(page)):
        assert said.index("Kære Kim") < said.index("Dear Kim Larsson,")
        assert "English below" in said
    assert Letter.objects.get().language == "da"


def test_a_receipt_says_by_when_in_both(quay: House) -> None:
    of_a_stranger(quay, channel=Channel.EMAIL)

    letter = Letter.objects.get(kind=LetterKind.RECEIPT)
    danish, _line, english = " ".join(letter.text.split()).partition("-" * 76)

    assert "svarer dig senest" in danish
    assert "answer you by" in english
    assert " kl. " in danish and " kl. " not in english


def test_who_says_a_language_gets_that_alone(quay: House) -> None:
    complaint = of_a_stranger(quay)
    actions.relink_guest(
        complaint=complaint, by=quay.by_desk, guest=GuestInput(language="da"), reason="Asked at the desk"
    )

    letter = make.make_apology(house=quay, complaint=complaint, nights=0)

    assert "English below" not in letter.text
    assert "Dear " not in letter.text


def test_a_booking_in_a_language_is_no_guess(quay: House) -> None:
    letter = make.make_letter(house=quay, complaint=make.make_complaint(house=quay))

    assert letter.language == "en"
    assert "English below" not in letter.text


def test_a_house_that_does_not_offer_english_does_not_write_it(quay: House, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("da",)}

    letter = make.make_apology(house=quay, complaint=of_a_stranger(quay), nights=0)

    assert letter.language == "da"
    assert "English below" not in letter.text


def test_a_released_letter_keeps_its_english(quay: House, settings: Any) -> None:
    letter = make.make_apology(house=quay, complaint=of_a_stranger(quay), nights=0)
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("en",)}

    assert letter_steps.frozen(letter).english
