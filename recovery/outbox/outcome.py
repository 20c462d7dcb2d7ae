"""How a delivery ends, and what is written down about it."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from collections.abc import Mapping
from typing import Protocol

from .. import clock
from ..choices import OutboxState
from ..models import OutboxMessage
from . import claim, retry
from .channels import Channels
from .database import run_atomic
from .retry import Failure, Verdict

log = logging.getLogger("recovery.outbox")


class Handler(Protocol):
    """How one kind of row is delivered. Handlers are given to the relay by the door that runs it."""

    #: What to do when the other side may have accepted before the line broke: send it again
    #: (with the same Message-ID), or park it for a person.
    repeat_when_unsure: bool

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """Do it. No transaction is open. Raise to fail; see ``retry.classify``."""

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Record the end (sent, dead, too late, unknown) in the settling transaction, parents first."""


def ending_of(message: OutboxMessage, failure: Failure | None, handler: Handler | None) -> OutboxState:
    if failure is None:
        return OutboxState.SENT
    if failure.detail == OutboxState.TOO_LATE:
        return OutboxState.TOO_LATE
    if failure.verdict is Verdict.CHANNEL_DOWN:
        return OutboxState.DUE
    if failure.verdict is Verdict.PERMANENT:
        return OutboxState.DEAD
    if failure.verdict is Verdict.AMBIGUOUS and handler is not None and not handler.repeat_when_unsure:
        return OutboxState.UNKNOWN
    most = retry.MAX_ATTEMPTS_UNEXPECTED if failure.verdict is Verdict.UNEXPECTED else retry.MAX_ATTEMPTS
    return OutboxState.DEAD if message.attempts + 1 >= most else OutboxState.DUE


def settle(
    message: OutboxMessage,
    ending: OutboxState,
    failure: Failure | None,
    handlers: Mapping[str, Handler],
    using: str,
) -> None:
    now = clock.now(using)
    error = failure.detail if failure is not None else ""
    if ending is OutboxState.DUE:
        down = failure is not None and failure.verdict is Verdict.CHANNEL_DOWN
        delay = retry.CHANNEL_DOWN_DELAY if down else retry.next_delay(message.attempts + 1)
        claim.settle(
            message, state=ending, now=now, using=using, due_at=now + delay, error=error, uncount=down
        )
        return
    handler = handlers.get(message.kind)
    message.last_error = error
    if handler is not None:
        # Before the row, because verbs lock parents first and the same order here avoids deadlocks.
        handler.settled(message, state=ending, now=now)
    claim.settle(message, state=ending, now=now, using=using, error=error)


def settle_alone(message: OutboxMessage, ending: OutboxState, error: Exception, using: str) -> OutboxState:
    """Settle the row alone, in a state that a person looks at. Returns that state."""
    state = OutboxState.UNKNOWN if ending is OutboxState.SENT else ending
    detail = f"{ending}, but not recorded: {type(error).__name__}"

    def work() -> None:
        claim.settle(message, state=state, now=clock.now(using), using=using, error=detail)

    try:
        run_atomic(work, using=using, durable=True)
    except claim.LeaseLost:
        log.warning("lost the lease of delivery %s while sending it", message.pk)
    return state


def place_of(error: BaseException) -> str:
    """Type and place of an error. Not its text, which may quote the mail, its address or its code."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " < ".join(
        [type(error).__name__, *(f"{f.name} ({f.filename}:{f.lineno})" for f in reversed(frames))]
    )
