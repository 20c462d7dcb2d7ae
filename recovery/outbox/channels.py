"""The ways out of the house, opened once for a batch."""

from __future__ import annotations

import logging
import smtplib
import socket
import threading
from types import TracebackType
from typing import Any, Self

from django.core import mail
from django.core.mail import EmailMessage

from .. import conf
from ..errors import LeaseTooShort
from .retry import ChannelDown, NotTaken, SendTimedOut

log = logging.getLogger("recovery.outbox")


def mail_backend() -> Any:
    """A new mail backend of the host, in the way of the Django version that runs."""
    alias = conf.current().MAILER
    mailers = getattr(mail, "mailers", None)  # Django 6.1 and newer
    return mailers[alias] if mailers is not None else mail.get_connection()


def send_timeout(backend: Any) -> float | None:
    """Seconds that one network step of the backend may take; ``None`` where it has no such thing."""
    value = getattr(backend, "timeout", None)
    return None if value is None else float(value)


class MailChannel:
    """One backend for one batch of mails."""

    def __init__(self) -> None:
        self._backend: Any = None

    def send(self, message: EmailMessage) -> None:
        """Send one message to its one recipient.

        :raises ChannelDown: if the server cannot be reached, or the backend cannot be made.
        :raises SendTimedOut: if the whole send outlasts the time-out.
        :raises NotTaken: if the backend says that it sent nothing.
        """
        backend = self._opened()
        dog = _Watchdog(backend, send_timeout(backend))
        try:
            with dog:
                taken = backend.send_messages([message])
        except Exception as error:
            self.close()  # because the state of a line after an error is anybody's guess
            if dog.barked:
                raise SendTimedOut from error
            raise
        if dog.barked:
            self.close()  # because it was sent in the last instant, and the line was cut behind it
        if taken is not None and not taken:
            # A backend told to fail silently says so only here; some others return nothing at all.
            raise NotTaken

    def _opened(self) -> Any:
        if self._backend is None:
            try:
                backend = mail_backend()
                check_lease(backend)
                _open_within(backend, send_timeout(backend))
            except Exception as error:
                # Broad, because whatever keeps a channel shut – network, login, a wrong setting – is
                # the fault of no message: none may be given up for it.
                log.warning("the mail channel cannot be opened: %s", type(error).__name__)
                raise ChannelDown from error
            self._backend = backend
        return self._backend

    def close(self) -> None:
        backend, self._backend = self._backend, None
        if backend is None:
            return
        try:
            with _Watchdog(backend, send_timeout(backend)):
                backend.close()
        except (OSError, smtplib.SMTPException):
            return  # because the mails were settled already; a rude goodbye changes nothing


def _open_within(backend: Any, seconds: float | None) -> None:
    """Open the backend, or give up after one time-out.

    In a thread of its own, because a server that drips its greeting resets each step's time-out, and
    until the greeting is over there is no socket that a watchdog could cut.

    :raises TimeoutError: if it takes longer.
    """
    if seconds is None:
        backend.open()
        return
    given_up = threading.Event()
    problems: list[Exception] = []

    def work() -> None:
        try:
            backend.open()
        except Exception as error:  # because it is raised again below, in the thread that asked
            problems.append(error)
        if given_up.is_set():
            backend.close()

    thread = threading.Thread(target=work, name="recovery-mail-open", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        given_up.set()
        raise TimeoutError
    if problems:
        raise problems[0]


def check_lease(backend: Any) -> None:
    """:raises LeaseTooShort: if a send could outlive its lease, so that two workers would send."""
    timeout = send_timeout(backend)
    lease = conf.current().LEASE
    if timeout is not None and lease < 2 * timeout:
        raise LeaseTooShort(lease=lease, timeout=timeout)


class _Watchdog:
    """Cuts the line when a whole send takes too long: a dripping server resets each step's time-out."""

    def __init__(self, backend: Any, timeout: float | None) -> None:
        self._backend = backend
        self._timer = None if timeout is None else threading.Timer(timeout, self._cut)
        self.barked = False

    def _cut(self) -> None:
        self.barked = True
        line = getattr(getattr(self._backend, "connection", None), "sock", None)
        if line is not None:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # because it is closed already, which is what we want

    def __enter__(self) -> Self:
        if self._timer is not None:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()


class Channels:
    """What a handler may use to reach the outside, shared by a batch."""

    def __init__(self) -> None:
        self.mail = MailChannel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.mail.close()
