"""A background thread that turns commits into wake-ups, so that a request never waits for a broker.

Inside a request a dead or silent broker was seen to block for seconds. So the commit hook only adds
an id to a list here; one lazily started daemon thread publishes, coalesced. What is lost with the
process is found by the sweep.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence

from ..choices import Lane

log = logging.getLogger("recovery.outbox")

#: ``(ids, lane)`` → published. Raises when the broker does not take it.
Publish = Callable[[Sequence[int], Lane], None]

EXIT_PATIENCE = 1.0


class Publisher:
    """Collects ids and publishes them in chunks from one thread."""

    def __init__(self, *, publish: Publish, chunk: int) -> None:
        self._publish = publish
        self._chunk = chunk
        self.reset()

    def reset(self) -> None:
        """Start afresh: after a fork the thread is gone and the lock may be held by nobody."""
        self._lock = threading.Lock()
        self._bell = threading.Event()
        self._waiting: dict[Lane, list[int]] = {}
        self._busy = False
        self._thread: threading.Thread | None = None

    def offer(self, ids: Sequence[int], *, lane: Lane) -> None:
        """Hand ids over and return at once."""
        with self._lock:
            self._waiting.setdefault(lane, []).extend(ids)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="recovery-publisher", daemon=True)
                self._thread.start()
        self._bell.set()

    def flush(self, *, patience: float = EXIT_PATIENCE) -> bool:
        """Wait until everything was offered to the broker, at most ``patience`` seconds."""
        end = time.monotonic() + patience
        while self._has_work():
            if time.monotonic() > end or self._thread is None or not self._thread.is_alive():
                return False
            time.sleep(0.01)
        return True

    def _has_work(self) -> bool:
        with self._lock:  # because between the two flags lies a moment in which neither shows it
            return bool(self._waiting) or self._busy

    def _run(self) -> None:
        while True:
            self._bell.wait()
            self._bell.clear()
            with self._lock:
                batch, self._waiting = self._waiting, {}
                self._busy = True
            try:
                for lane in sorted(batch):
                    self._publish_lane(list(dict.fromkeys(batch[lane])), lane)
            finally:
                self._busy = False

    def _publish_lane(self, ids: list[int], lane: Lane) -> None:
        # A person waits for urgent mail: it travels alone.
        size = 1 if lane is Lane.URGENT else self._chunk
        for start in range(0, len(ids), size):
            try:
                self._publish(ids[start : start + size], lane)
            except Exception:
                # Broad, because kombu's transports raise their own types; the rows are safe and
                # the next sweep publishes them.
                log.warning("could not wake a worker; the sweep will", exc_info=True)
                return


_installed: list[Publisher] = []


def install(publisher: Publisher) -> None:
    """Make this the publisher of the process: reset in forked children, flushed at exit."""
    _installed[:] = [publisher]
    atexit.register(publisher.flush)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=publisher.reset)


def flush_installed() -> None:
    """Flush the publisher of this process, for exits that ``atexit`` does not see."""
    for publisher in _installed:
        publisher.flush()
