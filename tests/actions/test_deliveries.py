"""What leaves the house: the mail on the wire, asked once more at the last moment, and tried again."""

from __future__ import annotations

import email.policy
import re
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core import mail

from recovery import actions, errors
from recovery.actions import HANDLERS, Actor, GuestInput
from recovery.actions.letter_steps import LETTER_MAIL
from recovery.actions.links import code_of
from recovery.choices import Channel, LetterKind, LetterState, OutboxState, TaskKind
from recovery.models import Certificate, Complaint, Letter, OutboxMessage, Party, StaffMember
from recovery.outbox import relay
from tests import factories as make
from tests.factories import House

from . import travel

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quay(transactional_db: None) -> House:
    return make.make_house()


def drain() -> list[Any]:
    """Deliver whatever is due; the mails that went."""
    before = len(mail.outbox)
    relay.drain(handlers=HANDLERS)
    return mail.outbox[before:]


def apologised(house: House, **given: Any) -> tuple[Complaint, Letter]:
    complaint = make.make_complaint(house=house, **given)
    return complaint, make.make_apology(house=house, complaint=complaint)


def message_of(letter: Letter) -> OutboxMessage:
    return OutboxMessage.objects.get(kind="letter.mail", payload__letter=letter.pk)


def telephone_tasks(complaint: Complaint) -> int:
    return complaint.tasks.open().filter(kind=TaskKind.DELIVERY).count()


def test_the_apology_arrives_with_its_live_code_and_two_papers(quay: House) -> None:
    complaint, letter = apologised(quay)

    (sent,) = drain()

    code = code_of(Certificate.objects.get())
    assert sent.to == ["Daniel Whitfield <daniel.whitfield@example.com>"]
    assert code in sent.body
    assert code in sent.alternatives[0][0]
    assert [paper[0] for paper in sent.attachments] == ["letter.pdf", "certificate.pdf"]
    assert Letter.objects.get(pk=letter.pk).state is LetterState.SENT
    assert complaint.timeline.filter(kind="letter.sent").count() == 1


def test_mails_of_one_complaint_are_one_thread(quay: House) -> None:
    complaint, letter = apologised(quay, channel=Channel.EMAIL)
    travel.later(minutes=3)

    first, second = (sent.message() for sent in drain())

    assert first["Message-ID"] != second["Message-ID"]
    assert (
        first["References"] == second["References"] == f"<{complaint.reference.lower()}@quay-strand.example>"
    )
    assert message_of(letter).message_id in {first["Message-ID"], second["Message-ID"]}


def test_only_automatic_mail_says_that_it_is_automatic(quay: House) -> None:
    apologised(quay, channel=Channel.EMAIL)
    travel.later(minutes=3)

    automatic = {sent.extra_headers.get("Auto-Submitted", "") for sent in drain()}

    assert automatic == {"", "auto-generated"}


def test_the_longest_names_still_make_a_mail_that_servers_take(quay: House) -> None:
    name = ("Ærøskøbing-Ødegård " * 9)[:160].strip()
    StaffMember.objects.filter(pk=quay.general_manager.pk).update(name=name[:120])
    make.edit_brand(name="Ø" * 120, sender_email=f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.example")
    complaint = make.make_complaint(house=quay)
    actions.relink_guest(complaint=complaint, by=quay.by_desk, guest=GuestInput(name=name), reason="misspelt")
    make.make_apology(house=quay, complaint=complaint, nights=0)

    (sent,) = drain()

    wire = sent.message().as_bytes()
    assert max(len(line) for line in wire.split(b"\r\n" if b"\r\n" in wire else b"\n")) <= 998
    assert all(len(word) <= 76 for word in re.findall(rb"=\?utf-8\?[bq]\?[^?\s]*\?=", wire))
    parsed = message_from_bytes(wire)
    assert str(make_header(decode_header(parsed["To"]))).startswith(name)
    assert parsed["In-Reply-To"] == parsed["References"]
    assert re.fullmatch(r"<r-[0-9a-z-]{9}@[a-z.]+\.example>", parsed["References"]), "a thread, not encoded"
    assert len(OutboxMessage.objects.get(kind=LETTER_MAIL).message_id) <= 200


def test_a_name_cannot_add_a_header_or_a_recipient(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    hostile = 'Eve" <eve@evil.example>, "Mallory\u2028Bcc: x@evil.example'
    with pytest.raises(errors.NotOneLine):
        actions.relink_guest(
            complaint=complaint, by=quay.by_desk, guest=GuestInput(name=hostile), reason="misspelt"
        )
    quoted = hostile.replace("\u2028", " ")
    actions.relink_guest(
        complaint=complaint, by=quay.by_desk, guest=GuestInput(name=quoted), reason="misspelt"
    )
    make.make_apology(house=quay, complaint=complaint, nights=0)

    (sent,) = drain()

    parsed = message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
    assert [address.addr_spec for address in parsed["To"].addresses] == ["daniel.whitfield@example.com"]
    assert parsed["Bcc"] is None


# --- asked once more -----------------------------------------------------------------------------


def test_a_code_does_not_follow_the_guest_to_an_unproven_address(quay: House) -> None:
    complaint, letter = apologised(quay)
    actions.relink_guest(
        complaint=complaint, by=quay.by_desk, guest=GuestInput(email="new@example.com"), reason="moved"
    )

    assert drain() == []
    assert message_of(letter).state == OutboxState.DEAD
    assert message_of(letter).last_error == "address_not_trusted"
    assert telephone_tasks(complaint) == 1


def test_it_follows_to_an_address_that_was_read_back(quay: House) -> None:
    complaint, _letter = apologised(quay)
    actions.relink_guest(
        complaint=complaint,
        by=quay.by_desk,
        guest=GuestInput(email="new@example.com", email_read_back=True),
        reason="moved",
    )

    assert drain()[0].to == ["Daniel Whitfield <new@example.com>"]


def test_the_hotels_veto_is_asked_at_the_last_moment(quay: House, hotel: Any) -> None:
    complaint, letter = apologised(quay)
    hotel.vetoed.add("1")

    assert drain() == []
    assert message_of(letter).last_error == "host_veto"
    assert telephone_tasks(complaint) == 1


def test_what_comes_too_late_becomes_a_call(quay: House) -> None:
    complaint, letter = apologised(quay)
    travel.later(hours=73)

    assert drain() == []
    assert message_of(letter).state == OutboxState.TOO_LATE
    assert telephone_tasks(complaint) == 1


def test_one_poisoned_letter_never_stops_those_behind_it(quay: House) -> None:
    poisoned = [apologised(quay)[1] for _ in range(3)]
    Letter.objects.filter(pk__in=[letter.pk for letter in poisoned]).update(text="\ue000nonsense\ue001")
    for letter in poisoned:
        Letter.objects.filter(pk=letter.pk).update(html="\ue000nonsense\ue001")
    good = [apologised(quay)[1] for _ in range(3)]

    assert len(drain()) == 3
    assert {message_of(letter).state for letter in poisoned} == {OutboxState.DEAD}
    assert {message_of(letter).state for letter in good} == {OutboxState.SENT}


# --- tried again ---------------------------------------------------------------------------------


def test_a_failed_letter_is_tried_again_with_the_same_message_id(quay: House, hotel: Any) -> None:
    _complaint, letter = apologised(quay)
    hotel.vetoed.add("1")
    drain()
    before = message_of(letter).message_id
    hotel.vetoed.clear()

    actions.retry_delivery(letter=letter, by=quay.by_manager)

    (sent,) = drain()
    assert sent.extra_headers["Message-ID"] == before
    assert Letter.objects.get(pk=letter.pk).state is LetterState.SENT


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"address_class": "unproven"}, "address_not_trusted"),
        ({"address_class": "none"}, "no_address"),
        ({"address_class": "relay"}, "address_not_trusted"),
    ],
)
def test_trying_again_asks_about_the_address(quay: House, change: dict[str, str], code: str) -> None:
    _complaint, letter = apologised(quay)
    OutboxMessage.objects.update(state=OutboxState.DEAD)
    Party.objects.update(**change)

    with pytest.raises(errors.RecoveryError) as refusal:
        actions.retry_delivery(letter=letter, by=quay.by_manager)

    assert refusal.value.code == code


def test_trying_again_needs_a_sender(quay: House) -> None:
    _complaint, letter = apologised(quay)
    OutboxMessage.objects.update(state=OutboxState.DEAD)
    make.edit_brand(sender_email="")

    with pytest.raises(errors.NoSender):
        actions.retry_delivery(letter=letter, by=quay.by_manager)


@pytest.mark.parametrize("state", [OutboxState.DUE, OutboxState.SENDING, OutboxState.SENT])
def test_what_is_on_its_way_is_not_tried_again(quay: House, state: OutboxState) -> None:
    _complaint, letter = apologised(quay)
    OutboxMessage.objects.update(state=state)

    with pytest.raises(errors.DeliveryNotRetryable):
        actions.retry_delivery(letter=letter, by=quay.by_manager)


def test_a_second_failure_does_not_ask_for_a_second_call(quay: House, hotel: Any) -> None:
    complaint, letter = apologised(quay)
    hotel.vetoed.add("1")
    drain()
    actions.retry_delivery(letter=letter, by=quay.by_manager)
    drain()

    assert telephone_tasks(complaint) == 1
    assert complaint.timeline.filter(kind="letter.failed").count() == 2


# --- nights in the hotel's system ----------------------------------------------------------------


def test_the_hotels_system_frees_the_night_and_takes_it_back(quay: House, hotel: Any) -> None:
    certificate = make.make_certificate(house=quay, complaint=make.make_complaint(house=quay), send=False)
    entry = make.make_entry(house=quay, certificate=certificate)
    drain()
    actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="trip cancelled")
    drain()

    assert [(b.stay_ref, b.nights) for b in hotel.booked] == [(make.RETURN, 1)]
    assert [(b.stay_ref, b.nights) for b in hotel.cancelled] == [(make.RETURN, 1)]


def test_a_stay_that_is_gone_becomes_a_task(quay: House, hotel: Any) -> None:
    complaint = make.make_complaint(house=quay)
    certificate = make.make_certificate(house=quay, complaint=complaint, send=False)
    make.make_entry(house=quay, certificate=certificate)
    hotel.remove_stay(make.RETURN)

    drain()

    assert complaint.tasks.open().filter(kind=TaskKind.HOTEL_SYSTEM).count() == 1


def test_the_certificate_redeemed_mail_tells_dates_and_what_is_left(quay: House) -> None:
    certificate = make.make_certificate(
        house=quay, complaint=make.make_complaint(house=quay), send=False, nights=2
    )
    make.make_entry(house=quay, certificate=certificate)

    (sent,) = drain()

    assert Letter.objects.get(kind=LetterKind.REDEEMED).state is LetterState.SENT
    assert "The Quayside" in sent.body
    assert "21 April 2028" in sent.body
    assert "Left on the certificate: one night" in sent.body


def test_a_guest_who_said_stop_still_hears_that_the_certificate_was_used(quay: House) -> None:
    complaint = make.make_complaint(house=quay, channel=Channel.EMAIL)
    link = make.make_link(complaint=complaint)
    actions.stop_writing(link=link, by=Actor.for_link(link), stop=True)
    certificate = make.make_certificate(house=quay, complaint=complaint, send=False)

    make.make_entry(house=quay, certificate=certificate)

    assert len(drain()) == 1
