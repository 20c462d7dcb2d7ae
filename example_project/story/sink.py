"""A mail server for one story: it accepts on loopback and keeps every mail as a file."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


class _Keep:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = len(list(folder.glob("*.eml")))

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self._count += 1
        # Under a passing name first, so that a reader never sees half a mail.
        passing = self._folder / f".{self._count:02}"
        passing.write_bytes(envelope.content)
        passing.rename(self._folder / f"{self._count:02}.eml")
        return "250 kept"


class Sink:
    """Use as a context manager; ``mails()`` are those received so far, in order."""

    def __init__(self, *, folder: Path, port: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._controller = Controller(_Keep(folder), hostname="127.0.0.1", port=port)

    def __enter__(self) -> Sink:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    def mails(self) -> dict[Path, EmailMessage]:
        return {path: _read(path) for path in sorted(self._folder.glob("*.eml"))}


def _read(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 because this policy makes no other
    return message
