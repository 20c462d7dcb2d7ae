"""Relay workers that start at once: forked from a process that has loaded everything.

A worker that is killed is replaced without a second of imports, so that many kills fit into a minute.
``python -m tests.concurrency.nursery`` is that process: for each line that it reads it starts one worker
and answers with its number.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """A fleet of relays; see ``kills.Fleet`` for workers of any command."""

    def __init__(self, *, workers: int, env: Mapping[str, str], log: Path) -> None:
        self._count, self._env, self._log = workers, env, log
        self._workers: list[int] = []

    def __enter__(self) -> Self:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.concurrency.nursery"],
                cwd=ROOT,
                env=dict(self._env),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._workers = [self._start() for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            os.kill(worker, signal.SIGKILL)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()

    def kill(self, number: int) -> None:
        """``kill -9``, and a new one in its place."""
        os.kill(self._workers[number], signal.SIGKILL)
        self._workers[number] = self._start()

    def _start(self) -> int:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write("start\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from recovery.management.commands import recovery_relay  # noqa: F401 because it loads what a worker needs

    for _ in sys.stdin:
        connections.close_all()
        worker = os.fork()
        if not worker:
            try:
                os.dup2(2, 1)  # because what the nursery says is read by the one who started it
                call_command("recovery_relay", loop=True, interval=0.2)
            finally:
                os._exit(0)
        print(worker, flush=True)
        _bury()


def _bury() -> None:
    """Forget workers that were killed."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    main()
