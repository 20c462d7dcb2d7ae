"""Do whatever is due, without a worker: as if one had run all the time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.test import utils as test_utils

from .. import clock
from ..actions import HANDLERS, Actor, expire_due_certificates, keep_shifts
from ..actions.letter_steps import LETTER_MAIL
from ..actions.morning_sheets import SHEET_DEPARTMENT
from ..choices import OutboxState
from ..models import Certificate, Letter, OutboxMessage
from ..outbox import relay
from .clock import HotelClock, active_clock, hotel_clock, instant

#: Moments at which something was due, in one call. More is a row that is put off for ever.
MOST_STEPS = 2_000


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One promise to the outside world, and what became of it."""

    kind: str
    state: OutboxState
    #: The letter, where it was one.
    letter: Letter | None = None
    error: str = ""

    def __str__(self) -> str:
        what = f"{self.letter.kind} to {self.letter.party.email}" if self.letter else self.kind
        return f"{what}: {self.state.label}{f' ({self.error})' if self.error else ''}"


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What one ``run_due`` did."""

    sent: tuple[Delivery, ...] = ()
    #: Tried, and to be tried again later: a server that cannot be reached, a refusal for now.
    again: tuple[Delivery, ...] = ()
    #: Given up, too late, or of unknown outcome: a person has a task now.
    failed: tuple[Delivery, ...] = ()
    expired: tuple[Certificate, ...] = ()

    def __str__(self) -> str:
        lines = [*map(str, (*self.sent, *self.again, *self.failed))]
        lines += [f"certificate …{row.last_four}: expired" for row in self.expired]
        return "\n".join(lines) or "nothing was due"


def run_due(*, at: dt.datetime | None = None) -> Ran:
    """Move the hotel's clock to ``at``, and do what falls due until then, each thing at its own time.

    At the end it does once what every sweep does: certificates expire; the roster is read, who went off
    duty has open work offered, who left has it passed on, and the business day's morning sheet is planned
    for each house – and sent if it is due, so that a test in which that matters names a time.

    Inside ``hotel_clock()`` the clock stays there; without one it goes back to the real time
    afterwards. Without ``at``: what is due now. Works in a ``TestCase`` as in a
    ``TransactionTestCase``. A way out that cannot be reached is tried once in one call.

    :raises ValueError: if ``at`` is before the hotel's time, or has no time zone.
    :raises RuntimeError: outside a test run, where real guests would get real mails.
    """
    if not hasattr(test_utils._TestState, "saved_data"):
        raise RuntimeError("run_due() is for tests: Django's test environment is not set up")
    here = active_clock()
    if here is not None:
        return _run(here, at)
    with hotel_clock() as here:
        return _run(here, at)


def _run(here: HotelClock, at: dt.datetime | None) -> Ran:
    end = here.now if at is None else instant(at)
    if end < here.now:
        raise ValueError(f"at={end:%Y-%m-%d %H:%M} UTC is before the hotel's time, {here.now:%Y-%m-%d %H:%M}")
    before = _marks()
    down = _deliver_until(here, end, frozenset())
    here.go_to(end)
    usable = set(Certificate.objects.filter(expired_at__isnull=True).values_list("pk", flat=True))
    delivered = _marks()
    expire_due_certificates(by=Actor.system("sweep"), now=end)
    keep_shifts(by=Actor.system("sweep"), now=end)
    # What the sweep promised for later was not tried: it is nothing that became of this run.
    before |= {pk: mark for pk, mark in _marks().items() if pk not in delivered}
    _deliver_until(here, end, down)
    expired = Certificate.objects.filter(pk__in=usable, expired_at__isnull=False).order_by("pk")
    return _what_became(before, tuple(expired))


def _deliver_until(here: HotelClock, end: dt.datetime, down: frozenset[str]) -> frozenset[str]:
    """``down``: kinds that cannot be reached, so that each is tried once. Returns those of now."""
    for _ in range(MOST_STEPS):
        down = _drain(down)
        waiting = OutboxMessage.objects.free(real_now=clock.database_now()).exclude(kind__in=down)
        following = waiting.filter(due_at__gt=here.now, due_at__lte=end).order_by("due_at").first()
        if following is None:
            return down
        here.go_to(clock.aware(following.due_at))
    raise AssertionError(f"{MOST_STEPS} moments were due before {end:%Y-%m-%d %H:%M} UTC: a row never ends")


def _drain(down: frozenset[str]) -> frozenset[str]:
    """Deliver what is due now, except the kinds that cannot be reached. Returns those."""
    while (report := relay.deliver(handlers=HANDLERS, limit=relay.CHUNK, leave=down)) != relay.Report():
        down |= report.down
    return down


def _marks() -> dict[int, tuple[object, ...]]:
    return {row.pk: _mark(row) for row in OutboxMessage.objects.all()}


def _mark(row: OutboxMessage) -> tuple[object, ...]:
    """What changes with each try: an unreachable server costs none, but puts the row off."""
    return (row.attempts, row.state, row.due_at)


def _what_became(before: dict[int, tuple[object, ...]], expired: tuple[Certificate, ...]) -> Ran:
    # A department's row is the sheet's own step: whoever reads the sheet has a row of their own.
    rows = OutboxMessage.objects.exclude(kind=SHEET_DEPARTMENT).order_by("pk")
    tried = [row for row in rows if before.get(row.pk) != _mark(row)]
    ids = [row.payload.get("letter") for row in tried if row.kind == LETTER_MAIL]
    letters = Letter.objects.select_related("party").in_bulk([pk for pk in ids if pk is not None])

    def those(is_wanted: Callable[[OutboxState], bool]) -> tuple[Delivery, ...]:
        return tuple(
            Delivery(
                kind=row.kind,
                state=OutboxState(row.state),
                letter=letters.get(row.payload.get("letter", 0)) if row.kind == LETTER_MAIL else None,
                error=row.last_error,
            )
            for row in tried
            if is_wanted(OutboxState(row.state))
        )

    open_ones = (OutboxState.DUE, OutboxState.SENDING)
    lost = (OutboxState.DEAD, OutboxState.UNKNOWN, OutboxState.TOO_LATE)
    return Ran(
        sent=those(lambda state: state is OutboxState.SENT),
        again=those(lambda state: state in open_ones),
        failed=those(lambda state: state in lost),
        expired=expired,
    )
