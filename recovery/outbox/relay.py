"""The delivery loop that every worker, cron job and test runs."""

from __future__ import annotations

import datetime as dt
import functools
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, InterfaceError, OperationalError, router

from .. import clock
from ..choices import HeartbeatKind, Lane, OutboxState
from ..errors import NotDurable
from ..models import Heartbeat, OutboxMessage
from . import claim, retry
from .channels import Channels
from .database import is_inside_transaction, run_atomic
from .outcome import Handler, ending_of, place_of, settle, settle_alone
from .retry import Failure, Verdict

__all__ = ["CHUNK", "Handler", "Report", "beat", "deliver", "drain", "sweep_chunks"]

log = logging.getLogger("recovery.outbox")

#: Ids that one wake-up carries: a second or two of work.
CHUNK = 25
#: More ids than this in one call are not ours.
MOST_IDS = 1000


@dataclass
class Report:
    """What one call did."""

    sent: int = 0
    again: int = 0
    failed: int = 0
    lost_lease: int = 0
    #: Kinds whose way out cannot be reached.
    down: frozenset[str] = frozenset()

    def __add__(self, other: Report) -> Report:
        return Report(
            self.sent + other.sent,
            self.again + other.again,
            self.failed + other.failed,
            self.lost_lease + other.lost_lease,
            self.down | other.down,
        )


def deliver(
    *,
    handlers: Mapping[str, Handler],
    ids: Sequence[int] | None = None,
    limit: int = 100,
    leave: Collection[str] = (),
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Deliver due rows: those with these ids, or the most urgent ones.

    Unknown, settled or foreign ids are skipped, so a wrong, repeated or forged call is harmless.
    ``leave``: kinds to leave alone this time.
    ``stop``: asked between two messages; when it says yes the rest is given back.

    :raises NotDurable: if called inside a transaction.
    """
    using = router.db_for_write(OutboxMessage)
    if is_inside_transaction(using):
        raise NotDurable()
    rows = claim.claim(ids=_plausible(ids), using=using, limit=limit, leave=leave)
    report = Report()
    with Channels() as channels:
        # Rows over which a worker died come last, so that one that kills its worker cannot stop the rest.
        waiting = sorted(rows, key=lambda row: row.state == OutboxState.SENDING)
        fenced = _fence_first(waiting, using, report)
        while fenced is not None:
            failure = _send(fenced, handlers, channels)
            if failure is not None and failure.verdict is Verdict.CHANNEL_DOWN:
                # Only its own kind: a dead mail server must not hold up what goes another way.
                delay, kind = retry.CHANNEL_DOWN_DELAY, fenced.kind
                report.again += _give_back(waiting, using, delay=delay, kind=kind, error=failure.detail)
                report.down |= {kind}
            if stop():
                _give_back(waiting, using)
            following = waiting[0] if waiting else None
            fenced_next = _settle_and_fence(fenced, failure, following, handlers, using, report)
            if following is not None:
                waiting.pop(0)
            fenced = following if fenced_next else _fence_first(waiting, using, report)
    if report.sent:
        beat(HeartbeatKind.DELIVERY, using=using)
    return report


def drain(
    *, handlers: Mapping[str, Handler], limit: int = 100, stop: Callable[[], bool] = lambda: False
) -> Report:
    """Deliver until nothing is due, or ``stop`` says so. What cannot be reached is tried once."""
    total = Report()
    while not stop():
        report = deliver(handlers=handlers, limit=limit, leave=total.down, stop=stop)
        if report == Report():
            break
        total += report
    return total


def sweep_chunks(*, limit: int = 500) -> list[tuple[Lane, list[int]]]:
    """Due rows that nobody owns, in the portions in which they are published: lane and ids."""
    using = router.db_for_write(OutboxMessage)
    found = claim.due_ids(using=using, limit=limit)
    lanes = {lane: [pk for of, pk in found if of is lane] for lane in Lane}
    return [
        (lane, ids[start : start + CHUNK])
        for lane, ids in lanes.items()
        for start in range(0, len(ids), CHUNK)
    ]


def beat(kind: HeartbeatKind, *, using: str | None = None) -> None:
    """Leave a sign of life."""
    alias = using or router.db_for_write(Heartbeat)
    at = clock.database_now(alias)
    rows = Heartbeat.objects.using(alias).filter(kind=kind)
    if run_atomic(lambda: rows.update(at=at), using=alias):
        return
    try:
        run_atomic(lambda: Heartbeat.objects.using(alias).create(kind=kind, at=at), using=alias)
    except IntegrityError:
        return  # because another worker was first, which is just as good


def _plausible(ids: Sequence[int] | None) -> list[int] | None:
    if ids is None:
        return None
    return [i for i in ids[:MOST_IDS] if isinstance(i, int) and not isinstance(i, bool) and 0 < i < 2**63]


def _give_back(
    waiting: list[OutboxMessage],
    using: str,
    *,
    delay: dt.timedelta | None = None,
    kind: str | None = None,
    error: str = "",
) -> int:
    """Release what is not begun, all of it or one kind, and take it off the list. Returns how many."""
    rest = [message for message in waiting if kind is None or message.kind == kind]
    until = None if delay is None else clock.now(using) + delay
    claim.release(rest, until=until, error=error, using=using)
    waiting[:] = [message for message in waiting if message not in rest]
    return len(rest)


def _fence_first(waiting: list[OutboxMessage], using: str, report: Report) -> OutboxMessage | None:
    while waiting:
        message = waiting.pop(0)
        if run_atomic(functools.partial(claim.fence, message, using=using), using=using, durable=True):
            return message
        report.lost_lease += 1
    return None


def _send(message: OutboxMessage, handlers: Mapping[str, Handler], channels: Channels) -> Failure | None:
    now = clock.now(router.db_for_write(OutboxMessage))
    if message.not_after is not None and now > message.not_after:
        return Failure(Verdict.PERMANENT, OutboxState.TOO_LATE)
    handler = handlers.get(message.kind)
    if handler is None:
        # Written by a newer version than this worker: in the middle of an upgrade another one knows it.
        return Failure(Verdict.RETRY, "no handler for this kind")
    if message.state == OutboxState.SENDING and not handler.repeat_when_unsure:
        # An earlier worker died between fence and settle: it may be out already.
        return Failure(Verdict.AMBIGUOUS, "a worker died while sending")
    if message.state == OutboxState.SENDING and message.attempts >= retry.MAX_ATTEMPTS:
        return Failure(Verdict.AMBIGUOUS, "workers died while sending")
    try:
        handler.send(message, channels=channels)
    except Exception as error:
        # Broad, because one poisoned row must never stop the 99 behind it. Nothing is hidden: the
        # row keeps the error's name, and what cannot be healed becomes a staff task.
        failure = retry.classify(error)
        if failure.verdict is Verdict.UNEXPECTED:
            log.error("delivery %s failed unexpectedly: %s", message.pk, place_of(error))
        return failure
    return None


def _settle_and_fence(
    message: OutboxMessage,
    failure: Failure | None,
    following: OutboxMessage | None,
    handlers: Mapping[str, Handler],
    using: str,
    report: Report,
) -> bool:
    """Settle one message and fence the next in one commit. Returns whether the next is ours."""
    ending = ending_of(message, failure, handlers.get(message.kind))

    def work() -> bool:
        settle(message, ending, failure, handlers, using)
        return following is not None and claim.fence(following, using=using)

    def fence_following() -> bool:
        return following is not None and claim.fence(following, using=using)

    try:
        fenced_next = run_atomic(work, using=using, durable=True)
    except claim.LeaseLost:
        report.lost_lease += 1
        log.warning("lost the lease of delivery %s while sending it", message.pk)
        return run_atomic(fence_following, using=using, durable=True)
    except (OperationalError, InterfaceError):
        raise  # because the database itself is gone; the lease runs out, and the next worker goes on
    except Exception as error:
        # Broad, because the message is out: a row that stayed unsettled would send it again after
        # each lease, for ever, and take the rest of its batch with it each time.
        log.error("the end of delivery %s could not be recorded: %s", message.pk, place_of(error))
        ending = settle_alone(message, ending, error, using)
        fenced_next = run_atomic(fence_following, using=using, durable=True)
    if ending is OutboxState.SENT:
        report.sent += 1
    elif ending is OutboxState.DUE:
        report.again += 1
    else:
        report.failed += 1
    if following is not None and not fenced_next:
        report.lost_lease += 1
    return fenced_next
