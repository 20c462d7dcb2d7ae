"""Workers that are killed in the middle of their work, again and again, and what the guests got.

No pytest in here: ``tests/proof.py`` runs the same thing.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.db import connections

from recovery.choices import OutboxState
from recovery.models import OutboxMessage
from tests.factories import House
from tests.outbox import scene
from tests.smtp_sink import Sink

ROOT = Path(__file__).resolve().parents[2]

#: Seconds between the sink's taking a mail and its saying so: most kills fall into it.
PAUSE = 0.012
#: Seconds for which a worker owns a row; twice the time-out of its mail conversation.
LEASE = 4

Command = Sequence[str]
RELAY: Command = (sys.executable, "-m", "django", "recovery_relay", "--loop", "--interval", "0.2")


@dataclass
class Result:
    """What became of the mails."""

    mails: int
    #: How often somebody was killed.
    kills: int
    #: Processes among those killed that may have been sending.
    killed: int
    lost: int
    repeated: int
    #: Repeated mails whose copies differ.
    different: int
    #: Rows that did not end as sent.
    unsettled: int
    seconds: float

    @property
    def kept(self) -> bool:
        return not self.lost and not self.different and not self.unsettled and self.repeated <= self.killed


class Workers(Protocol):
    """Whoever can be killed."""

    def kill(self, number: int) -> None:
        """``kill -9`` one, and start another in its place."""


@dataclass
class Fleet:
    """Worker processes; each leads a group of its own, so that a kill takes its children, too."""

    commands: Sequence[Command]
    env: Mapping[str, str]
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> Fleet:
        self.processes = [self._start(command) for command in self.commands]
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            self._signal(process, signal.SIGKILL)
            process.wait(10)

    def kill(self, number: int) -> None:
        """``kill -9``, and a new one in its place, as a supervisor does it."""
        process = self.processes[number]
        self._signal(process, signal.SIGKILL)
        process.wait(10)
        self.processes[number] = self._start(self.commands[number])

    def _start(self, command: Command) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=dict(self.env), stdout=log, stderr=log, start_new_session=True
            )

    @staticmethod
    def _signal(process: subprocess.Popen[bytes], number: int) -> None:
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return  # because it ended by itself


def promise_mails(house: House, count: int, *, letters_each: int = 20) -> None:
    """That many mails that are due, on a complaint for each twenty of them."""
    left = count
    while left:
        message = scene.promise_receipt(house)
        more = min(letters_each, left) - 1
        scene.multiply(message, more)
        left -= more + 1


def run(
    *,
    sink: Sink,
    fleet: Workers,
    kills: int,
    victims: Mapping[int, int],
    seed: int = 7,
    seconds: float = 120.0,
    progress: Callable[[int, int], None] = lambda mails, kills: None,
) -> Result:
    """Kill a victim each time that some more mails have gone, then wait until nothing is left to do.

    ``victims``: number in the fleet, and how many sending processes die with it.
    """
    began, dice, done, killed = time.monotonic(), random.Random(seed), 0, 0
    rows = OutboxMessage.objects.all()
    total = rows.count()
    step = total * 0.8 / kills
    aims = [int(step * (number + dice.random())) + 1 for number in range(kills)]
    while time.monotonic() - began < seconds:
        gone = len(sink.mails)
        if done < kills and gone >= aims[done]:
            victim = dice.choice(list(victims))
            fleet.kill(victim)
            done, killed = done + 1, killed + victims[victim]
            continue
        progress(gone, done)
        if gone >= total * 0.9 and done == kills and not _waiting():
            break
        time.sleep(0.01 if done < kills else 0.05)
    copies = sink.copies()
    wanted = set(rows.values_list("message_id", flat=True))
    return Result(
        mails=total,
        kills=done,
        killed=killed,
        lost=len(wanted - copies.keys()),
        repeated=sum(len(mails) - 1 for mails in copies.values()),
        different=sum(len({mail.body_digest for mail in mails}) > 1 for mails in copies.values()),
        unsettled=rows.exclude(state=OutboxState.SENT).count(),
        seconds=time.monotonic() - began,
    )


def _waiting() -> bool:
    try:
        return OutboxMessage.objects.filter(state__in=(OutboxState.DUE, OutboxState.SENDING)).exists()
    finally:
        connections["default"].close()


def worker_env(env: Mapping[str, str], sink: Sink, **more: str) -> dict[str, str]:
    """The environment of a worker on the test's database, with mail to the sink."""
    return {
        **env,
        "DJANGO_SETTINGS_MODULE": "tests.concurrency.child_settings",
        "RECOVERY_TEST_SMTP_PORT": str(sink.port),
        "RECOVERY_TEST_LEASE": str(LEASE),
        **more,
    }
