"""Who owns a row: claim, fence, settle. Three conditional UPDATEs; everything else is convenience."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Collection, Sequence

from django.db import connections
from django.db.models import F

from .. import clock, conf
from ..choices import Lane, OutboxState
from ..models import OutboxMessage
from .database import run_atomic

#: How often a worker looks again when others were faster, before it leaves the rest to the next sweep.
TRIES = 5


class LeaseLost(Exception):
    """Somebody else owns the message by now; undo what this transaction did."""


def due_ids(*, using: str, limit: int) -> list[tuple[Lane, int]]:
    """Lane and id of rows that are due and free, the most urgent first."""
    rows = OutboxMessage.objects.using(using).free(real_now=clock.database_now(using))
    found = rows.due(now=clock.now(using)).in_order().values_list("lane", "pk")[:limit]
    return [(Lane(lane), pk) for lane, pk in found]


def claim(
    *, ids: Sequence[int] | None, using: str, limit: int, leave: Collection[str] = ()
) -> list[OutboxMessage]:
    """Take ownership of due rows for one lease; kinds in ``leave`` are left alone.

    The ids are read first and the conditional UPDATE decides, because MariaDB cannot update from a
    limited subquery on the same table and SQLite has no row locks.
    """
    for number in range(TRIES):
        # Whoever came second looks further, and in no order, so that all do not meet again.
        mine = _claim(ids=ids, using=using, limit=limit, leave=leave, among=limit * 2**number)
        if mine is not None:
            return mine
    return []


def _claim(
    *, ids: Sequence[int] | None, using: str, limit: int, leave: Collection[str], among: int
) -> list[OutboxMessage] | None:
    """One try. ``None``: others took every candidate in the meantime, and there may be more rows."""
    business_now, real_now = clock.now(using), clock.database_now(using)
    rows = OutboxMessage.objects.using(using)
    candidates = rows.free(real_now=real_now).due(now=business_now)
    if ids is not None:
        candidates = candidates.filter(pk__in=list(ids))
    if leave:
        candidates = candidates.exclude(kind__in=leave)
    found = list(candidates.in_order().values_list("pk", flat=True)[:among])
    if not found:
        return []
    wanted = sorted(random.sample(found, min(limit, len(found))))
    token = str(uuid.uuid4())

    def take() -> int:
        # Due once more, because another worker may have tried it and put it off since the ids were read.
        return (
            rows.free(real_now=real_now)
            .due(now=business_now)
            .filter(pk__in=_skip_locked(wanted, using))
            .update(token=token, lease_until=real_now + _lease())
        )

    if not run_atomic(take, using=using, durable=True):
        return None
    return list(rows.filter(token=token, pk__in=wanted).in_order())


def _skip_locked(wanted: list[int], using: str) -> list[int]:
    """Leave out rows that another worker is claiming this moment, where the database can tell."""
    if not connections[using].features.has_select_for_update_skip_locked:
        return wanted
    rows = OutboxMessage.objects.using(using).filter(pk__in=wanted).order_by("pk")
    return list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))


def fence(message: OutboxMessage, *, using: str) -> bool:
    """Declare that this message is being sent now, and renew its lease. False: not ours any more."""
    return bool(
        OutboxMessage.objects.using(using)
        .filter(pk=message.pk, token=message.token, state__in=(OutboxState.DUE, OutboxState.SENDING))
        .update(
            state=OutboxState.SENDING,
            lease_until=clock.database_now(using) + _lease(),
            attempts=F("attempts") + 1,
        )
    )


def settle(
    message: OutboxMessage,
    *,
    state: OutboxState,
    now: dt.datetime,
    using: str,
    due_at: dt.datetime | None = None,
    error: str = "",
    uncount: bool = False,
) -> None:
    """Write down how it ended, if it is still ours.

    ``due_at``: when to try again, for state DUE. ``uncount``: the try does not count.

    :raises LeaseLost: if somebody else owns the message.
    """
    changes: dict[str, object] = {"state": state, "token": "", "lease_until": None, "last_error": error[:200]}
    if due_at is not None:
        changes["due_at"] = due_at
    else:
        changes["settled_at"] = now
    if uncount:
        changes["attempts"] = F("attempts") - 1
    hit = (
        OutboxMessage.objects.using(using)
        .filter(pk=message.pk, token=message.token, state=OutboxState.SENDING)
        .update(**changes)
    )
    if not hit:
        raise LeaseLost


def release(
    messages: Sequence[OutboxMessage], *, until: dt.datetime | None, error: str = "", using: str
) -> None:
    """Give claimed but unfenced rows back, due again at ``until``, or as they were."""
    # Rows over which an earlier worker died keep their state: they may be out already.
    changes: dict[str, object] = {"token": "", "lease_until": None}
    if until is not None:
        changes |= {"due_at": until, "last_error": error[:200]}

    def give_back() -> int:
        ids = sorted(m.pk for m in messages)
        return (
            OutboxMessage.objects.using(using)
            .filter(pk__in=ids, token=messages[0].token, state__in=(OutboxState.DUE, OutboxState.SENDING))
            .update(**changes)
        )

    if messages:
        run_atomic(give_back, using=using, durable=True)


def _lease() -> dt.timedelta:
    return dt.timedelta(seconds=conf.current().LEASE)
