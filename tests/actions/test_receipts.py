"""The automatic receipt: two minutes later, once in twelve hours, never over a person's answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions
from recovery.actions import Actor, GuestInput
from recovery.choices import Channel, ContactKind, LetterKind, LetterState, LinkPurpose, OutboxState
from recovery.models import Complaint, Contact, GuestLink, Letter, OutboxMessage
from tests import factories as make
from tests.factories import House

from . import travel


@pytest.fixture
def written(quay: House) -> Complaint:
    return make.make_complaint(house=quay, channel=Channel.EMAIL)


def write_again(house: House, complaint: Complaint, **given: Any) -> Contact:
    values: dict[str, Any] = {
        "kind": ContactKind.CHASER,
        "channel": Channel.EMAIL,
        "words": "I am still waiting",
    } | given
    return actions.add_contact(complaint=complaint, by=house.by_desk, **values)


def receipts() -> list[Letter]:
    return list(Letter.objects.filter(kind=LetterKind.RECEIPT).order_by("pk"))


@pytest.mark.parametrize("channel", [c for c in Channel if not c.is_spoken])
def test_who_writes_gets_a_receipt_two_minutes_later(quay: House, channel: Channel) -> None:
    make.make_complaint(house=quay, channel=channel)

    receipt = receipts()[0]
    assert receipt.due_at == travel.now() + dt.timedelta(minutes=2)
    assert receipt.not_after == receipt.due_at + dt.timedelta(hours=4)
    assert (receipt.released_by, receipt.mode) == ("", "auto")


@pytest.mark.parametrize("channel", [Channel.IN_PERSON, Channel.PHONE])
def test_who_speaks_gets_none(quay: House, channel: Channel) -> None:
    make.make_complaint(house=quay, channel=channel)

    assert receipts() == []


def test_a_receipt_goes_at_night_too(quay: House) -> None:
    now = travel.go_to(dt.datetime(2027, 7, 18, 3, tzinfo=travel.BRISTOL))

    make.make_complaint(house=quay, channel=Channel.WEB)

    assert receipts()[0].due_at == now + dt.timedelta(minutes=2)


def test_the_receipt_says_who_answers_and_by_when(quay: House, written: Complaint) -> None:
    text = receipts()[0].text

    assert "Tom Ridley" in text
    assert "16:12" in text  # four hours, because he is not in the house
    assert "Asha" not in text


def test_the_receipt_repeats_nothing_that_was_typed(quay: House) -> None:
    make.make_complaint(
        house=quay,
        channel=Channel.WEB,
        summary="SENTINEL summary",
        description="SENTINEL description",
        impact="SENTINEL impact",
    )

    assert "SENTINEL" not in receipts()[0].text + receipts()[0].html


def test_a_receipt_stops_no_clock(written: Complaint) -> None:
    assert written.acknowledged_at is None
    assert written.tasks.open().filter(fulfils="answer").count() == 1


def test_a_person_who_answers_first_cancels_it(quay: House, written: Complaint) -> None:
    actions.acknowledge(complaint=written, by=quay.by_manager, channel=Channel.PHONE)

    assert receipts()[0].state is LetterState.STOPPED
    assert OutboxMessage.objects.get(kind="letter.mail").state == OutboxState.CANCELLED
    assert not written.tasks.open().filter(fulfils="answer").exists()


def test_a_receipt_that_is_being_sent_this_moment_is_left_alone(quay: House, written: Complaint) -> None:
    OutboxMessage.objects.update(state=OutboxState.SENDING)

    actions.acknowledge(complaint=written, by=quay.by_manager, channel=Channel.PHONE)

    assert receipts()[0].state is LetterState.RELEASED


def test_a_guest_who_writes_often_gets_one_in_twelve_hours(quay: House, written: Complaint) -> None:
    for hours in (1, 5, 5.9):
        travel.later(hours=hours)
        write_again(quay, written)
    assert len(receipts()) == 1

    travel.later(hours=0.2)
    write_again(quay, written)

    assert len(receipts()) == 2
    assert written.tasks.open().filter(fulfils="answer").count() == 1


def test_a_guest_who_only_thanks_gets_no_receipt(quay: House, complaint: Complaint) -> None:
    write_again(quay, complaint, kind=ContactKind.THANKS)

    assert receipts() == []
    assert not complaint.tasks.open().filter(fulfils="answer").exists()


def test_a_guest_who_asked_us_to_stop_gets_none(quay: House, written: Complaint) -> None:
    link = make.make_link(complaint=written)
    actions.stop_writing(link=link, by=Actor.for_link(link), stop=True)
    assert receipts()[0].state is LetterState.STOPPED
    travel.later(hours=13)

    write_again(quay, written)

    assert len(receipts()) == 1
    assert written.tasks.open().filter(fulfils="answer").exists()


def test_a_guest_who_takes_it_back_is_written_to_again(quay: House, written: Complaint) -> None:
    link = make.make_link(complaint=written)
    for stop in (True, False):
        actions.stop_writing(link=link, by=Actor.for_link(link), stop=stop)
    travel.later(hours=13)

    write_again(quay, written)

    assert receipts()[-1].state is LetterState.RELEASED


def test_stopping_does_not_stop_the_letter_of_a_person(quay: House, written: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=written)
    link = make.make_link(complaint=written)

    actions.stop_writing(link=link, by=Actor.for_link(link), stop=True)

    assert Letter.objects.get(pk=letter.pk).state is LetterState.RELEASED


def test_one_who_stops_does_not_stop_for_the_other(quay: House, written: Complaint) -> None:
    clara = make.make_party(complaint=written, email="clara@example.com")
    link = make.make_link(complaint=written)

    actions.stop_writing(link=link, by=Actor.for_link(link), stop=True)

    clara.refresh_from_db()
    assert clara.stopped_writing_at is None


@pytest.mark.parametrize(
    ("email", "gets_one"),
    [
        ("daniel@example.com", True),
        ("example.1@guest.booking.com", True),
        ("none@none.com", False),
        ("", False),
    ],
)
def test_an_address_that_nobody_reads_gets_none(quay: House, email: str, gets_one: bool) -> None:
    make.make_complaint(
        house=quay,
        channel=Channel.WEB,
        stay_ref="",
        property_code="QUAY",
        guest=GuestInput(name="Daniel", email=email),
    )

    assert bool(receipts()) is gets_one


def test_the_receipt_has_a_status_link_and_a_way_to_stop(written: Complaint) -> None:
    assert set(GuestLink.objects.values_list("purpose", flat=True)) == {LinkPurpose.STATUS, LinkPurpose.STOP}


def test_a_system_may_take_down_what_came_in_at_night(quay: House) -> None:
    complaint = make.make_complaint(house=quay, by=Actor.system("web"), channel=Channel.WEB)

    assert receipts()[0].complaint == complaint
    assert complaint.owner == quay.manager
