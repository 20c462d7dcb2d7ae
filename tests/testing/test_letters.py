"""What a test may say about letters, and what it is told when it is not so."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery.actions import GuestInput, stop_letter
from recovery.choices import Channel, LetterKind
from recovery.models import OutboxMessage
from recovery.testing import (
    assert_letter_sent,
    assert_no_letter_sent,
    hotel_clock,
    make_apology,
    make_complaint,
    make_house,
    make_letter,
    run_due,
)
from tests.factories import IN_HOUSE, LOST

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2027, 7, 17, 12, 0, tzinfo=dt.UTC)


def told(**wanted: object) -> str:
    """The sentence of the failure."""
    with pytest.raises(AssertionError) as refused:
        assert_letter_sent(**wanted)  # type: ignore[arg-type]
    return str(refused.value)


def test_a_sent_letter_is_found_by_kind_address_and_words() -> None:
    complaint = make_complaint(stay_ref=LOST)
    letter = make_apology(complaint=complaint)
    run_due()

    found = assert_letter_sent(
        kind="apology_letter",
        to="Daniel.Whitfield@example.com",
        contains=("nobody read it back", "The Lantern\nHouse"),
        complaint=complaint,
    )

    assert found == letter
    assert assert_letter_sent() == letter


def test_words_that_are_missing_are_named_beside_the_letter_that_lacks_them() -> None:
    make_apology(complaint=make_complaint(stay_ref=LOST))
    run_due()

    sentence = told(kind=LetterKind.APOLOGY, contains=["nobody read it back", "a bottle of wine"])

    assert "it lacks “a bottle of wine”" in sentence
    assert "daniel.whitfield@example.com" in sentence


def test_the_failure_says_of_each_letter_why_it_was_not_sent() -> None:
    with hotel_clock(NOON):
        complaint = make_complaint(stay_ref=LOST, channel=Channel.EMAIL)
        manager = make_house(property_code="QUAY").by_general_manager
        make_letter(complaint=complaint)
        stop_letter(letter=make_letter(complaint=complaint), by=manager, reason="We rang instead")
        make_apology(complaint=complaint, by_hand=True)

        sentence = told(kind="apology_letter")

    assert "No such letter was sent: kind=apology_letter." in sentence
    assert "Sent: 0" in sentence
    assert "Not sent: 4" in sentence
    assert "a draft: release_letter()" in sentence
    assert "stopped: We rang instead" in sentence
    assert "on paper" in sentence
    assert "released, due in 2 min: call run_due(at=…) with 2027-07-17 12:02:00 UTC" in sentence


def test_a_letter_that_is_due_and_was_not_delivered_asks_for_the_run() -> None:
    make_apology(complaint=make_complaint(stay_ref=LOST))

    assert "released and due: call run_due()" in told()


def test_a_letter_that_failed_for_good_gives_the_reason() -> None:
    make_apology(complaint=make_complaint(stay_ref=LOST))
    OutboxMessage.objects.update(state="dead", last_error="SMTPRecipientsRefused 550")

    assert "failed for good: SMTPRecipientsRefused 550" in told()


def test_no_letters_at_all_is_said_too() -> None:
    assert told(to="x@example.com") == "No such letter was sent: to=x@example.com.\nSent: 0\nNot sent: 0"


def test_a_kind_that_does_not_exist_is_no_assertion() -> None:
    make_apology(complaint=make_complaint(stay_ref=LOST))
    run_due()

    with pytest.raises(ValueError, match="apology"):
        assert_letter_sent(kind="apology")


def test_that_nothing_was_sent_can_be_said_as_well() -> None:
    complaint = make_complaint(stay_ref=LOST)
    make_apology(complaint=complaint)
    assert_no_letter_sent(complaint=complaint)
    run_due()

    assert_no_letter_sent(kind="walk_card")
    with pytest.raises(AssertionError, match="A letter was sent that should not be"):
        assert_no_letter_sent(to="daniel.whitfield@example.com")


def test_another_complaints_letter_does_not_count() -> None:
    make_apology(complaint=make_complaint(stay_ref=LOST))
    other = make_complaint(stay_ref=IN_HOUSE)
    run_due()

    with pytest.raises(AssertionError):
        assert_letter_sent(complaint=other)


def test_a_guest_whom_nobody_knows_can_be_written_to() -> None:
    guest = GuestInput(name="Ada Holm", email="ada@example.com", language="en", email_read_back=True)
    make_apology(complaint=make_complaint(property_code="QUAY", guest=guest), nights=0)
    run_due()

    assert_letter_sent(to="ada@example.com", contains="Ada")
