"""Where a story is played: its folder, its database, its clock, its worker."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
ROOT = PROJECT_DIR.parent
PATIENCE = 60.0


def folder_of(story: str) -> Path:
    return ROOT / "build" / "story" / story


def enter(story: str, **more: str) -> None:
    """Start the process again inside the story's own world, unless it is there already.

    The database, the clock and the mail server are named by the environment, which is read once.
    ``more``: what else its world is like.
    """
    folder = folder_of(story)
    if os.environ.get("STORY_FOLDER") == str(folder):
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = os.environ | {
        "STORY_FOLDER": str(folder),
        "EXAMPLE_DB": str(folder / "db.sqlite3"),
        "EXAMPLE_CLOCK": str(folder / "clock"),
        "EXAMPLE_BROKER_DIR": str(folder / "broker"),
        "EXAMPLE_SMTP": f"127.0.0.1:{_free_port()}",
        "EXAMPLE_QUEUE": f"story-{os.getpid()}",
        "DJANGO_SETTINGS_MODULE": "example.settings",
        **more,
    }
    sys.stdout.flush()
    os.execve(sys.executable, [sys.executable, *sys.argv], environment)  # noqa: S606 because it is ourselves


def smtp_port() -> int:
    return int(os.environ["EXAMPLE_SMTP"].rpartition(":")[2])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Worker:
    """A real Celery worker in a process of its own."""

    def __init__(self, *, folder: Path) -> None:
        self._log = folder / "worker.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Worker:
        celery = [sys.executable, "-m", "celery", "--app", "example"]
        alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        command = [*celery, "worker", "--pool", "solo", "--loglevel", "info", *alone]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(command, cwd=PROJECT_DIR, stdout=log, stderr=subprocess.STDOUT)
        wait_until(lambda: b" ready." in self._log.read_bytes(), what="the worker", also=self.check)
        return self

    def check(self) -> None:
        """:raises RuntimeError: if the worker is gone."""
        if self._process is not None and self._process.poll() is not None:
            tail = self._log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"the worker ended early:\n{tail}")

    def __exit__(self, *_: object) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def wait_until(
    done: Callable[[], object],
    *,
    what: str,
    also: Callable[[], None] | None = None,
    patience: float = PATIENCE,
) -> None:
    """Look again and again until it is there.

    :raises TimeoutError: if it does not come.
    """
    end = time.monotonic() + patience
    while not done():
        if also is not None:
            also()
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come within {patience:.0f} s")
        time.sleep(0.05)
