"""A promise exists exactly when its cause does, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from recovery import clock
from recovery.choices import Category, Channel, Lane, OutboxState
from recovery.models import Complaint, OutboxMessage, TimelineEvent
from recovery.outbox.enqueue import cancel, cancel_superseded, enqueue
from recovery.signals import outbox_committed
from tests.factories import House, make_apology, make_complaint


@pytest.fixture
def wakes() -> Any:
    """What was announced, as the publisher hears it."""
    heard: list[tuple[list[int], Lane]] = []

    def hear(*, ids: list[int], lane: Lane, **_: Any) -> None:
        heard.append((ids, lane))

    outbox_committed.connect(hear)
    yield heard
    outbox_committed.disconnect(hear)


def promise(key: str = "one", **given: Any) -> OutboxMessage:
    return enqueue(kind="test", key=key, payload={"id": 1}, now=clock.now(), **given)


def test_a_promise_is_rolled_back_with_its_cause(house: House, wakes: list[Any]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        make_complaint(house=house, channel=Channel.EMAIL)
        promise()
        raise RuntimeError

    assert not OutboxMessage.objects.exists()
    assert not Complaint.objects.exists()
    assert not TimelineEvent.objects.exists()
    assert not wakes


def test_a_promise_is_announced_after_commit_and_not_before(wakes: list[Any]) -> None:
    with transaction.atomic():
        message = promise(lane=Lane.URGENT)
        assert not wakes

    assert wakes == [([message.pk], Lane.URGENT)]


def test_what_is_due_later_wakes_nobody(wakes: list[Any]) -> None:
    with transaction.atomic():
        promise(due_at=clock.now() + dt.timedelta(minutes=2))

    assert not wakes


def test_a_receiver_that_fails_hurts_neither_the_promise_nor_the_host(wakes: list[Any]) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("broken receiver")

    outbox_committed.connect(fail)
    later = []
    try:
        with transaction.atomic():
            promise()
            transaction.on_commit(lambda: later.append("the host's own callback"))
    finally:
        outbox_committed.disconnect(fail)

    assert OutboxMessage.objects.count() == 1
    assert later


def test_one_cause_is_one_promise_for_ever() -> None:
    with transaction.atomic():
        promise("letter:7")

    with pytest.raises(IntegrityError), transaction.atomic():
        promise("letter:7")

    with transaction.atomic():
        promise("LETTER:7")
    assert OutboxMessage.objects.count() == 2, "keys that differ in case are two keys on every database"


def test_a_promise_is_cancelled_once_and_never_after_it_was_kept() -> None:
    with transaction.atomic():
        message = promise("letter:7")

    assert cancel(key="letter:7", now=clock.now())
    assert not cancel(key="letter:7", now=clock.now())
    OutboxMessage.objects.filter(pk=message.pk).update(state=OutboxState.SENT)
    assert not cancel(key="letter:7", now=clock.now())
    assert not cancel(key="letter:8", now=clock.now())


def test_a_newer_word_cancels_only_what_waits_under_its_key() -> None:
    with transaction.atomic():
        for number in range(3):
            promise(f"m{number}", supersede_key="status:1")
        other = promise("other", supersede_key="status:2")
    OutboxMessage.objects.filter(key=OutboxMessage.objects.order_by("pk")[0].key).update(state="sent")

    assert cancel_superseded(supersede_key="status:1", now=clock.now()) == 2
    assert OutboxMessage.objects.get(pk=other.pk).state == OutboxState.DUE


def test_a_letter_and_its_certificate_are_promised_together_or_not_at_all(house: House) -> None:
    complaint = make_complaint(house=house, category=Category.WIFI)
    before = OutboxMessage.objects.count()

    with pytest.raises(RuntimeError), transaction.atomic():
        make_apology(house=house, complaint=complaint)
        assert OutboxMessage.objects.count() == before + 1
        raise RuntimeError

    assert OutboxMessage.objects.count() == before
    assert not complaint.certificates.exists()


def test_a_promise_holds_ids_and_nothing_else(house: House) -> None:
    make_apology(house=house, complaint=make_complaint(house=house))

    for payload in OutboxMessage.objects.values_list("payload", flat=True):
        assert all(type(value) is int for value in payload.values())
