"""What a house has switched off, or made stricter, is so for every verb."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from recovery import actions, errors
from recovery.choices import Category, Channel, Layer, LetterKind, LetterState, MailMode, RemedyKey
from recovery.models import Complaint, HouseProfile, Letter
from recovery.testing import make_redemption, run_due
from tests import factories as make
from tests.factories import House

from . import travel

HOUR = dt.timedelta(hours=1)


def switch(**modes: str) -> None:
    """As a manager edits it in the admin."""
    HouseProfile.objects.filter(property_code="QUAY").update(mail_modes=modes)


@pytest.fixture
def wifi(quay: House) -> Complaint:
    return make.make_complaint(house=quay, category=Category.WIFI, stay_ref=make.RETURN)


def pay(house: House, complaint: Complaint) -> None:
    row = actions.grant_compensation(
        complaint=complaint,
        by=house.by_general_manager,
        remedy=RemedyKey.REFUND,
        layer=Layer.OWED,
        what="the connection",
        face=Decimal("24.50"),
    )
    actions.fulfil_compensation(compensation=row, by=house.by_desk, proof="R-7781")


def test_a_text_that_is_off_is_written_by_nobody(quay: House, wifi: Complaint) -> None:
    switch(payment_done="off", solved="off", apology_letter="off")

    pay(quay, wifi)
    actions.mark_solved(complaint=wifi, by=quay.by_desk, solution="New router")

    assert not Letter.objects.filter(complaint=wifi).exists()
    with pytest.raises(errors.MailOff, match="written apology"):
        make.make_letter(house=quay, complaint=wifi)


def test_a_draft_cannot_be_sent_once_its_text_is_off(quay: House, wifi: Complaint) -> None:
    letter = make.make_letter(house=quay, complaint=wifi)
    switch(apology_letter="off")

    with pytest.raises(errors.MailOff):
        actions.release_letter(letter=letter, by=quay.by_general_manager)


def test_receipts_that_are_off_leave_the_answer_promised(quay: House) -> None:
    switch(receipt="off")

    wrote = make.make_complaint(house=quay, channel=Channel.EMAIL, stay_ref=make.RETURN)

    assert not Letter.objects.exists()
    assert wrote.tasks.filter(fulfils="answer").exists()


def test_an_automatic_text_can_wait_for_a_person(quay: House, wifi: Complaint) -> None:
    switch(payment_done="draft")

    pay(quay, wifi)
    run_due(at=travel.now() + 5 * HOUR)

    letter = Letter.objects.get(complaint=wifi)
    assert (letter.mode, letter.state) == (MailMode.PERSON, LetterState.DRAFT)
    assert actions.release_letter(letter=letter, by=quay.by_desk).released_at is not None


def test_an_automatic_text_can_get_a_time_in_which_to_stop_it(quay: House, wifi: Complaint) -> None:
    switch(payment_done="veto")

    pay(quay, wifi)
    letter = Letter.objects.get(complaint=wifi)
    assert letter.state is LetterState.DRAFT
    run_due(at=travel.now() + 2 * HOUR)

    assert Letter.objects.get(pk=letter.pk).state is LetterState.SENT


def test_an_apology_can_need_a_person_at_every_severity(quay: House) -> None:
    switch(apology_letter="person")
    slow = make.make_complaint(house=quay, category=Category.SLOW_SERVICE, stay_ref=make.RETURN)

    assert make.make_letter(house=quay, complaint=slow).mode == MailMode.PERSON


@pytest.mark.parametrize("word", ["off", "draft"])
def test_a_night_is_redeemed_whatever_the_house_writes(quay: House, complaint: Complaint, word: str) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint)
    switch(certificate_redeemed=word)

    entry = make_redemption(certificate=certificate, stay_ref=make.RETURN)

    assert entry.nights == -1
    states = {letter.state for letter in Letter.objects.filter(kind=LetterKind.REDEEMED)}
    assert states == (set() if word == "off" else {LetterState.DRAFT})


def test_what_is_laxer_by_mistake_changes_nothing(quay: House, complaint: Complaint) -> None:
    switch(apology_letter="auto", nothing="auto")

    assert make.make_letter(house=quay, complaint=complaint).mode == MailMode.PERSON
