"""Promised mails, as they come about, and what became of them."""

from __future__ import annotations

import copy
import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from recovery import clock
from recovery.actions import HANDLERS
from recovery.actions.letter_steps import LETTER_MAIL, outbox_key
from recovery.actions.watches import TASK_WATCH
from recovery.choices import Channel, Lane, OutboxState, TaskKind
from recovery.models import Letter, OutboxMessage, Task
from recovery.outbox import relay
from recovery.outbox.enqueue import enqueue
from tests import factories

LONG_AGO = dt.timedelta(hours=1)


def promise_receipt(house: factories.House) -> OutboxMessage:
    """The receipt of a written complaint, due now: a mail without papers."""
    complaint = factories.make_complaint(house=house, channel=Channel.EMAIL)
    letter = complaint.letters.get()
    # The look at whether a person answers is another story than the mail.
    OutboxMessage.objects.filter(kind=TASK_WATCH).delete()
    bring_forward()
    return OutboxMessage.objects.get(payload={"letter": letter.pk})


def promise_apology(house: factories.House) -> OutboxMessage:
    """The written apology with a free night inside: PDFs, QR, live secrets."""
    complaint = factories.make_complaint(house=house)
    letter = factories.make_apology(house=house, complaint=complaint)
    return OutboxMessage.objects.get(payload={"letter": letter.pk})


def multiply(message: OutboxMessage, count: int) -> list[OutboxMessage]:
    """As many further letters with the same words, each promised once."""
    pattern = Letter.objects.get(pk=message.payload["letter"])
    now = clock.now()
    letters = []
    for _ in range(count):
        letter = copy.copy(pattern)
        letter.pk, letter._state = None, copy.copy(pattern._state)
        letter._state.adding = True
        letters.append(letter)
    with transaction.atomic():
        for letter in letters:
            letter.save(force_insert=True)
        return [
            enqueue(
                kind=LETTER_MAIL,
                key=outbox_key(letter),
                payload={"letter": letter.pk},
                now=now,
                lane=Lane(message.lane),
                not_after=message.not_after,
                property_code=message.property_code,
                message_id_domain="quay-strand.example",
            )
            for letter in letters
        ]


def bring_forward() -> None:
    """What waits for its time is due now."""
    OutboxMessage.objects.filter(state=OutboxState.DUE).update(due_at=clock.now())


def end_leases() -> None:
    """As if one lease had passed since a worker died."""
    OutboxMessage.objects.exclude(lease_until=None).update(lease_until=clock.database_now() - LONG_AGO)


def deliver(ids: Iterable[int] | None = None) -> relay.Report:
    return relay.deliver(handlers=HANDLERS, ids=None if ids is None else list(ids))


def states() -> Counter[str]:
    return Counter(OutboxMessage.objects.values_list("state", flat=True))


def calls_to_make() -> int:
    """Staff tasks that a failed delivery has made."""
    return Task.objects.filter(kind=TaskKind.DELIVERY).count()


def fresh(message: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=message.pk)
