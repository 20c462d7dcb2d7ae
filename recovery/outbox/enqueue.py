"""Writing down what must be delivered, in the caller's transaction."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping

from django.db import router, transaction

from ..choices import Lane, OutboxState
from ..models import OutboxMessage
from ..models.outbox import OutboxQuerySet
from ..signals import OutboxCommitted, outbox_committed


def digest(text: str) -> str:
    """Keys are compared as digests, because some databases compare text without regard to case."""
    return hashlib.sha256(text.encode()).hexdigest()


def enqueue(
    *,
    kind: str,
    key: str,
    payload: Mapping[str, int],
    now: dt.datetime,
    lane: Lane = Lane.NORMAL,
    due_at: dt.datetime | None = None,
    not_after: dt.datetime | None = None,
    supersede_key: str = "",
    property_code: str = "",
    message_id_domain: str = "",
) -> OutboxMessage:
    """Promise one delivery. Must run in the transaction of what caused it.

    ``key`` makes it unique for ever: the same key twice is an IntegrityError, never two mails.
    ``now``, ``due_at``, ``not_after``: aware datetimes.
    """
    due_at = due_at or now
    message = OutboxMessage.objects.create(
        kind=kind,
        key=digest(key),
        lane=lane,
        payload=dict(payload),
        created_at=now,
        due_at=due_at,
        not_after=not_after,
        supersede_key=digest(supersede_key) if supersede_key else "",
        property_code=property_code,
        message_id=f"<{uuid.uuid4()}@{message_id_domain}>" if message_id_domain else "",
    )
    if due_at <= now:
        wake_on_commit([message.pk], lane=lane)
    return message


def wake_on_commit(ids: list[int], *, lane: Lane) -> None:
    """Announce rows that are due, once they are really there."""
    using = router.db_for_write(OutboxMessage)
    # robust: a receiver that fails must not cancel the host's other callbacks; the sweep heals it.
    fact: OutboxCommitted = {"ids": ids, "lane": lane, "using": using}
    transaction.on_commit(
        lambda: outbox_committed.send_robust(sender=OutboxMessage, **fact),
        using=using,
        robust=True,
    )


def cancel(*, key: str, now: dt.datetime) -> bool:
    """Cancel one delivery that has become untrue. False: it was sent, or is being sent this moment."""
    return bool(_cancel(OutboxMessage.objects.filter(key=digest(key)), now))


def cancel_superseded(*, supersede_key: str, now: dt.datetime) -> int:
    """Cancel every unsent delivery under a key. Returns how many."""
    return _cancel(OutboxMessage.objects.filter(supersede_key=digest(supersede_key)), now)


def _cancel(rows: OutboxQuerySet, now: dt.datetime) -> int:
    return rows.filter(state=OutboxState.DUE).update(
        state=OutboxState.CANCELLED, settled_at=now, token="", lease_until=None
    )
