"""Mails as files, newest first."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Mail:
    """One received mail. ``number`` is its place in the folder, from 1."""

    number: int
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def sender(self) -> str:
        return str(self.message["From"])

    @property
    def recipient(self) -> str:
        return str(self.message["To"])

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def papers(self) -> list[str]:
        return [part.get_filename() or "paper" for part in self.message.iter_attachments()]

    def paper(self, name: str) -> tuple[bytes, str] | None:
        for part in self.message.iter_attachments():
            if part.get_filename() == name:
                return part.get_content(), part.get_content_type()
        return None

    def _body(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        return str(part.get_content()) if part is not None else ""


def received() -> list[Mail]:
    """Every mail in the folder, newest first."""
    paths = sorted(Path(settings.MAIL_DIR).glob("*.eml"))
    return [Mail(number, _read(path)) for number, path in enumerate(paths, start=1)][::-1]


def _read(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 because this policy makes no other
    return message
