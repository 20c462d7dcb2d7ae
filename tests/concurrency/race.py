"""Start racers together: threads with connections of their own, or processes on SQLite.

``python -m tests.concurrency.race`` is such a process. It reads its racers as one line of JSON, says
``ready``, starts all of them when it is told ``go``, prints their answers, and reads on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]

#: One racer: the name of a job, and its arguments.
Racer = tuple[str, dict[str, Any]]

PATIENCE = 120


def run(
    racers: Sequence[Racer], *, env: Mapping[str, str] | None = None, processes: int = 0
) -> list[list[str]]:
    """What each racer answered, in the order given. Without ``processes`` they are threads here."""
    if not processes:
        return in_threads(racers)
    with Pool(processes=min(processes, len(racers)), env=env or os.environ) as pool:
        return pool.run(racers)


class Pool:
    """Processes that run one race after another."""

    def __init__(self, *, processes: int, env: Mapping[str, str]) -> None:
        self._processes = [_Process(env) for _ in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.end()

    def run(self, racers: Sequence[Racer]) -> list[list[str]]:
        """The racers are dealt out evenly; those of one process are its threads."""
        count = len(self._processes)
        for number, process in enumerate(self._processes):
            process.tell(json.dumps(racers[number::count]))
        for process in self._processes:
            process.expect("ready")
        for process in self._processes:
            process.tell("go")
        found: list[list[str]] = [[] for _ in racers]
        for number, process in enumerate(self._processes):
            found[number::count] = process.answers()
        return found


def in_threads(racers: Sequence[Racer]) -> list[list[str]]:
    from django.db import connections

    from tests.concurrency.jobs import JOBS

    if not racers:
        return []
    answers: list[list[str]] = [["error: did not finish"] for _ in racers]
    start = threading.Barrier(len(racers))

    def race(number: int, job: str, arguments: dict[str, Any]) -> None:
        try:
            start.wait(PATIENCE)
            answers[number] = JOBS[job](**arguments)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=race, args=(number, job, arguments), daemon=True)
        for number, (job, arguments) in enumerate(racers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return answers


class _Process:
    def __init__(self, env: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.race"],
            cwd=ROOT,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def expect(self, word: str) -> None:
        line = self._read()
        if line != word:
            raise RuntimeError(f"a racer said {line!r} instead of {word!r}")

    def answers(self) -> list[list[str]]:
        found: list[list[str]] = json.loads(self._read() or "[]")
        return found

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


def main() -> None:
    import django

    django.setup()
    from tests.concurrency import jobs  # noqa: F401 because importing it may take longer than the race

    while line := sys.stdin.readline():
        racers = json.loads(line)
        print("ready", flush=True)
        if sys.stdin.readline().strip() == "go":
            print(json.dumps(in_threads([(job, arguments) for job, arguments in racers])), flush=True)


if __name__ == "__main__":
    main()
