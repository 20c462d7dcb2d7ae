"""Trying a failed delivery again."""

from __future__ import annotations

import datetime as dt

from ..choices import EventKind, Lane, LetterKind, LetterState, OutboxState
from ..errors import CertificateVoid, DeliveryNotRetryable
from ..models import Letter, OutboxMessage
from ..outbox.enqueue import digest, wake_on_commit
from . import houses, letter_steps
from .actor import Actor
from .engine import Turn, verb

_RETRYABLE = (OutboxState.DEAD, OutboxState.TOO_LATE, OutboxState.UNKNOWN)

#: How much longer the text may go once a person has looked at it and pressed the button.
EXTENSION = dt.timedelta(hours=24)


@verb
def retry_delivery(
    turn: Turn,
    /,
    *,
    letter: Letter,
    by: Actor,
    request_key: str | None = None,
    version: int | None = None,
) -> Letter:
    """Send a letter once more that failed, came too late, or may or may not have arrived.

    The address is the guest's present one; the words and the Message-ID stay.

    :raises DeliveryNotRetryable: if it is on its way, was delivered, or was stopped.
    :raises NoAddress, AddressNotTrusted, WritingStopped, NoSender: if it must not go there now.
    :raises CertificateVoid: if the certificate that it carries was withdrawn.
    """
    row = turn.fresh(letter)
    if row.state is not LetterState.RELEASED or row.by_hand:
        raise DeliveryNotRetryable()
    if row.certificate is not None and row.certificate.void_at is not None:
        raise CertificateVoid(reason=row.certificate.void_reason)
    brand = houses.brand_of(turn.complaint.property_code)
    stopped = row.party.stopped_writing_at is not None
    letter_steps.check_mail(LetterKind(row.kind), row.party, brand, stopped=stopped)
    hit = OutboxMessage.objects.filter(key=digest(letter_steps.outbox_key(row)), state__in=_RETRYABLE).update(
        state=OutboxState.DUE,
        due_at=turn.now,
        not_after=turn.now + EXTENSION,
        attempts=0,
        token="",
        lease_until=None,
        settled_at=None,
        last_error="",
    )
    if not hit:
        raise DeliveryNotRetryable()
    message = OutboxMessage.objects.get(key=digest(letter_steps.outbox_key(row)))
    wake_on_commit([message.pk], lane=Lane(message.lane))
    turn.record(EventKind.DELIVERY_RETRIED, letter=row.pk)
    return row
