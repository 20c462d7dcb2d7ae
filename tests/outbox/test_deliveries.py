"""A person tries a failed delivery again: the same letter, the same name, one more chance."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery import clock
from recovery.actions import GuestInput, keep_task, relink_guest, retry_delivery, stop_letter
from recovery.choices import EventKind, OutboxState, TaskKind
from recovery.errors import DeliveryNotRetryable
from recovery.models import Letter, OutboxMessage, Task, TimelineEvent
from tests.factories import House
from tests.outbox import scene
from tests.smtp_sink import Say, Sink


def refused(house: House, sink: Sink) -> tuple[OutboxMessage, Letter]:
    """A letter that the guest's mail server does not take."""
    message = scene.promise_apology(house)
    sink.script({"rcpt": Say(550)})
    scene.deliver()
    assert scene.fresh(message).state == OutboxState.DEAD
    return message, Letter.objects.get(pk=message.payload["letter"])


def test_a_corrected_address_gets_the_same_letter(house: House, sink: Sink) -> None:
    message, letter = refused(house, sink)
    relink_guest(
        complaint=letter.complaint,
        by=house.by_manager,
        guest=GuestInput(email="daniel@example.net", email_read_back=True),
        reason="mistyped at booking",
    )

    retry_delivery(letter=letter, by=house.by_manager)
    scene.deliver()

    (mail,) = sink.mails
    assert mail.recipient == "daniel@example.net"
    assert mail.message_id == message.message_id
    row = scene.fresh(message)
    assert (row.state, row.attempts, row.last_error) == (OutboxState.SENT, 1, "")


def test_it_fails_again_aloud(house: House, sink: Sink) -> None:
    message, letter = refused(house, sink)
    keep_task(task=Task.objects.get(kind=TaskKind.DELIVERY), by=house.by_manager)
    retry_delivery(letter=letter, by=house.by_manager)
    sink.script({"rcpt": Say(550)})

    scene.deliver()

    assert scene.fresh(message).state == OutboxState.DEAD
    assert scene.calls_to_make() == 2, "the first task was done; the second failure needs its own"


def test_two_failures_make_one_open_task(house: House, sink: Sink) -> None:
    _message, letter = refused(house, sink)
    retry_delivery(letter=letter, by=house.by_manager)
    sink.script({"rcpt": Say(550)})

    scene.deliver()

    assert scene.calls_to_make() == 1


def test_what_came_too_late_may_go_for_another_day(house: House, sink: Sink) -> None:
    message = scene.promise_apology(house)
    OutboxMessage.objects.update(not_after=clock.now() - dt.timedelta(hours=1))
    scene.deliver()
    assert scene.fresh(message).state == OutboxState.TOO_LATE

    retry_delivery(letter=Letter.objects.get(pk=message.payload["letter"]), by=house.by_manager)
    scene.deliver()

    assert scene.fresh(message).state == OutboxState.SENT


@pytest.mark.parametrize("state", ["due", "sending", "sent", "cancelled"])
def test_what_did_not_fail_is_not_tried_again(house: House, state: str) -> None:
    message = scene.promise_apology(house)
    OutboxMessage.objects.update(state=state)

    with pytest.raises(DeliveryNotRetryable):
        retry_delivery(letter=Letter.objects.get(pk=message.payload["letter"]), by=house.by_manager)


def test_a_letter_that_was_stopped_is_not_tried_again(house: House) -> None:
    message = scene.promise_apology(house)
    letter = Letter.objects.get(pk=message.payload["letter"])
    stop_letter(letter=letter, by=house.by_manager, reason="I have telephoned")
    OutboxMessage.objects.update(state=OutboxState.DEAD)

    with pytest.raises(DeliveryNotRetryable):
        retry_delivery(letter=letter, by=house.by_manager)


def test_the_history_says_why_it_failed(house: House, sink: Sink) -> None:
    refused(house, sink)

    event = TimelineEvent.objects.get(kind=EventKind.LETTER_FAILED)
    assert event.data["error"] == "SMTPRecipientsRefused 550"
