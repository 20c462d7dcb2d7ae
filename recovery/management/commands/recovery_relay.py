"""``manage.py recovery_relay [--loop]``: deliver what is due, for hosts without Celery and beside it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, close_old_connections

from ... import clock
from ...actions import HANDLERS, Actor, expire_due_certificates, keep_shifts
from ...choices import HeartbeatKind
from ...errors import RecoveryError
from ...outbox import relay


class Command(BaseCommand):
    help = "Deliver letters and other promises that are due. Run it by cron, or with --loop as a service."

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="deliver what is due now, then end (default)")
        how.add_argument("--loop", action="store_true", help="go on until SIGTERM or Ctrl-C")
        parser.add_argument(
            "--interval", type=float, default=15.0, metavar="SECONDS", help="pause between two looks (15)"
        )

    def handle(self, *args: Any, loop: bool, interval: float, **options: Any) -> None:
        stop = threading.Event()
        with _ends_on_signal(stop):
            if not loop:
                self.stdout.write(self._round(stop))
                return
            while not stop.is_set():
                close_old_connections()
                try:
                    line = self._round(stop)
                except (OperationalError, InterfaceError) as error:
                    # A restarted database must not end a service; the rows wait.
                    self.stderr.write(f"The database does not answer ({type(error).__name__}); trying again.")
                else:
                    if line != _NOTHING:
                        self.stdout.write(line)
                        self.stdout.flush()
                stop.wait(interval)

    def _round(self, stop: threading.Event) -> str:
        relay.beat(HeartbeatKind.SWEEP)
        # Small portions: what a killed process had claimed is free again only after one lease.
        keep_shifts(by=Actor.system("sweep"), now=clock.now())
        done = relay.drain(handlers=HANDLERS, limit=relay.CHUNK, stop=stop.is_set)
        expired = 0
        if not stop.is_set():
            try:
                expired = expire_due_certificates(by=Actor.system("sweep"), now=clock.now())
            except RecoveryError as error:
                self.stderr.write(f"Certificates could not be expired: {error.sentence}")
        return _line(done, expired)


def _line(done: relay.Report, expired: int) -> str:
    return f"sent {done.sent}, again later {done.again}, failed {done.failed}, expired {expired}"


_NOTHING = _line(relay.Report(), 0)


@contextmanager
def _ends_on_signal(stop: threading.Event) -> Iterator[None]:
    """Let the message that is being sent be settled, then end."""
    if threading.current_thread() is not threading.main_thread():
        yield  # because only the main thread may set handlers
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, lambda *_: stop.set())
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
