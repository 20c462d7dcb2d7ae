"""When a letter goes, how it is kept from going, what a house must have, and in which language."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions, errors
from recovery.actions import GuestInput
from recovery.choices import (
    Channel,
    LetterKind,
    LetterState,
    OutboxState,
)
from recovery.models import Brand, Complaint, Letter, OutboxMessage
from tests import factories as make
from tests.factories import House

from . import calls, travel
from .travel import BRISTOL


def message_of(letter: Letter) -> OutboxMessage:
    return OutboxMessage.objects.get(payload__letter=letter.pk)


# --- when it goes --------------------------------------------------------------------------------


def test_a_certificate_at_half_past_ten_waits_for_the_morning(quay: House, hotel: Any) -> None:
    travel.go_to(dt.datetime(2027, 7, 17, 22, 30, tzinfo=BRISTOL))
    make.make_certificate(house=quay, complaint=make.make_complaint(house=quay, stay_ref=make.BY_AGENCY))
    complaint = make.make_complaint(house=quay, stay_ref=make.RETURN)

    make.make_certificate(house=quay, complaint=complaint)

    letter = Letter.objects.get(complaint=complaint)
    assert letter.due_at == dt.datetime(2027, 7, 18, 8, tzinfo=BRISTOL)
    assert message_of(letter).due_at == letter.due_at


def test_after_departure_it_waits_until_nine(quay: House) -> None:
    travel.go_to(dt.datetime(2027, 7, 17, 22, 30, tzinfo=BRISTOL))
    complaint = make.make_complaint(house=quay, stay_ref=make.LOST)  # its departure was in June

    make.make_certificate(house=quay, complaint=complaint)

    assert Letter.objects.get().due_at == dt.datetime(2027, 7, 18, 9, tzinfo=BRISTOL)


def test_quiet_hours_are_those_of_the_house(strand: House) -> None:
    travel.go_to(dt.datetime(2027, 7, 17, 20, 30, tzinfo=BRISTOL))  # half past nine in Skagen
    complaint = make.make_complaint(house=strand)

    make.make_certificate(house=strand, complaint=complaint)

    assert Letter.objects.get(kind=LetterKind.CERTIFICATE).due_at == dt.datetime(
        2027, 7, 18, 8, tzinfo=travel.SKAGEN
    )


def test_an_apology_goes_when_a_person_presses(quay: House, complaint: Complaint) -> None:
    now = travel.go_to(dt.datetime(2027, 7, 17, 23, 30, tzinfo=BRISTOL))

    letter = make.make_apology(house=quay, complaint=complaint)

    assert letter.due_at == now


@pytest.mark.parametrize(("kind", "hours"), [("apology", 72), ("walk_card", 6), ("certificate", 72)])
def test_every_mail_is_too_late_one_day(quay: House, complaint: Complaint, kind: str, hours: int) -> None:
    if kind == "apology":
        letter = make.make_apology(house=quay, complaint=complaint)
    elif kind == "walk_card":
        draft = make.make_walk_card(house=quay, complaint=complaint)
        letter = actions.release_letter(letter=draft, by=quay.by_desk)
    else:
        make.make_certificate(house=quay, complaint=complaint)
        letter = Letter.objects.get()

    assert letter.not_after == letter.due_at + dt.timedelta(hours=hours)
    assert message_of(letter).not_after == letter.not_after


# --- stopping ------------------------------------------------------------------------------------


def test_a_draft_can_be_stopped(quay: House, complaint: Complaint) -> None:
    draft = make.make_letter(house=quay, complaint=complaint)

    stopped = actions.stop_letter(letter=draft, by=quay.by_desk, reason="told in person")

    assert stopped.state is LetterState.STOPPED
    with pytest.raises(errors.LetterNotDraft):
        actions.release_letter(letter=draft, by=quay.by_general_manager)


def test_a_letter_that_waits_can_be_stopped(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)

    actions.stop_letter(letter=letter, by=quay.by_manager, reason="the wrong tone")

    assert message_of(letter).state == OutboxState.CANCELLED


def test_a_letter_that_is_being_sent_this_moment_cannot_be_stopped(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)
    OutboxMessage.objects.update(state=OutboxState.SENDING)

    with pytest.raises(errors.LetterNotDraft):
        actions.stop_letter(letter=letter, by=quay.by_manager, reason="the wrong tone")


def test_a_letter_that_was_sent_cannot_be_stopped(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)
    Letter.objects.update(sent_at=travel.now())

    with pytest.raises(errors.LetterNotDraft) as refusal:
        actions.stop_letter(letter=letter, by=quay.by_manager, reason="the wrong tone")

    assert "sent" in refusal.value.sentence


def test_a_delivery_that_failed_can_be_given_up_and_the_letter_printed(
    quay: House, complaint: Complaint
) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)
    OutboxMessage.objects.update(state=OutboxState.DEAD)
    actions.stop_letter(letter=letter, by=quay.by_manager, reason="the address is dead")

    printed = make.make_apology(house=quay, complaint=complaint, by_hand=True)

    assert printed.certificate == letter.certificate
    with pytest.raises(errors.DeliveryNotRetryable):
        actions.retry_delivery(letter=letter, by=quay.by_manager)


# --- what a house must have ----------------------------------------------------------------------


def test_a_house_without_a_sender_is_told_so_before_anything_is_promised(
    quay: House, complaint: Complaint
) -> None:
    make.edit_brand(sender_email="")
    before = calls.contents()

    with pytest.raises(errors.NoSender) as refusal:
        make.make_apology(house=quay, complaint=complaint)

    assert "QUAY" in refusal.value.sentence
    assert calls.contents() == before


def test_a_house_without_a_sender_writes_complaints_down_and_redeems_on_paper(quay: House) -> None:
    certificate = make.make_certificate(house=quay, complaint=make.make_complaint(house=quay), send=False)
    make.edit_brand(sender_email="")

    written = make.make_complaint(house=quay, channel=Channel.EMAIL)
    make.make_entry(house=quay, certificate=certificate)

    assert not written.letters.exists()
    assert written.tasks.filter(fulfils="answer").exists()
    assert Letter.objects.get(kind=LetterKind.REDEEMED).by_hand


def test_a_house_without_keys_writes_complaints_down(quay: House, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "KEYS": {}}

    complaint = make.make_complaint(house=quay, channel=Channel.EMAIL)

    assert complaint.tasks.filter(fulfils="answer").exists()


def test_a_house_without_a_brand_is_told_so(quay: House, complaint: Complaint) -> None:
    Brand.objects.all().delete()

    with pytest.raises(errors.NoBrand):
        make.make_letter(house=quay, complaint=complaint)


def test_a_letter_without_a_fact_names_the_fact(quay: House, complaint: Complaint) -> None:
    with pytest.raises(errors.LetterFailed) as refusal:
        make.make_letter(house=quay, complaint=complaint, kind=LetterKind.REDEEMED)

    assert "redeemed" in refusal.value.sentence


# --- language ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "language", "source"), [("", "en", "booking"), ("da", "da", "said"), ("fr", "en", "booking")]
)
def test_a_guest_is_written_to_in_the_language_that_was_said(
    quay: House, said: str, language: str, source: str
) -> None:
    complaint = make.make_complaint(house=quay, guest=GuestInput(language=said))

    letter = make.make_letter(house=quay, complaint=complaint)

    assert (letter.language, complaint.parties.get().language_source) == (language, source)


def test_a_danish_booking_gets_danish_letters(strand: House) -> None:
    complaint = make.make_complaint(house=strand)

    letter = make.make_letter(house=strand, complaint=complaint)

    assert letter.language == "da"
    assert "Med venlig hilsen" in letter.text
    assert "Kære Mette" in letter.text


def test_an_unknown_guest_is_written_to_in_the_first_language(quay: House, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("da", "en")}
    complaint = make.make_complaint(house=quay, stay_ref="", property_code="QUAY")

    assert (complaint.parties.get().language, complaint.parties.get().language_source) == ("da", "guessed")
