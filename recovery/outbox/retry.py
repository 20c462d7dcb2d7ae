"""What an error of a channel means, and when to try again."""

from __future__ import annotations

import datetime as dt
import enum
import random
import smtplib
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

from ..errors import Misconfigured, RecoveryError, Unreachable

#: Counted tries after which a row is given up, whatever the reason.
MAX_ATTEMPTS = 10
#: A row that fails for a reason that we do not know is probably poison: fewer tries.
MAX_ATTEMPTS_UNEXPECTED = 3
#: An unreachable server costs no try, only this much time.
CHANNEL_DOWN_DELAY = dt.timedelta(seconds=30)

_DELAYS = tuple(dt.timedelta(seconds=s) for s in (30, 120, 600, 1800, 3600, 7200, 14400, 28800, 57600, 86400))

#: Refused before a message was named: about us, not about the guest's mail.
_SHUT = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
#: "Sign in first", in its several forms (RFC 4954).
_SIGN_IN = (530, 534, 535, 538)


class Verdict(enum.Enum):
    RETRY = "retry"
    PERMANENT = "permanent"
    #: The other side may have accepted it before the line went dead.
    AMBIGUOUS = "ambiguous"
    CHANNEL_DOWN = "channel_down"
    UNEXPECTED = "unexpected"


class ChannelDown(Exception):
    """The channel as a whole cannot be reached; no message was tried."""


class SendTimedOut(Exception):
    """One whole send took longer than the time-out; the watchdog cut the line."""


class NotTaken(Exception):
    """The backend says that it sent nothing, without saying why."""


@dataclass(frozen=True)
class Failure:
    """What happened, in a form that is safe to store: no address, no text of the message."""

    verdict: Verdict
    detail: str


def classify(error: BaseException) -> Failure:
    """Decide what an exception of a handler means.

    Order matters: every smtplib exception is also an OSError.
    """
    name = type(error).__name__
    if isinstance(error, Misconfigured):
        return Failure(Verdict.UNEXPECTED, error.code)  # a deployment heals it, perhaps in a minute
    if isinstance(error, Unreachable):
        return Failure(Verdict.RETRY, error.code)
    if isinstance(error, RecoveryError):
        return Failure(Verdict.PERMANENT, error.code)
    if isinstance(error, ChannelDown):
        return Failure(Verdict.CHANNEL_DOWN, f"{name}: {type(error.__cause__).__name__}")
    if isinstance(error, NotTaken | OperationalError | InterfaceError):
        return Failure(Verdict.RETRY, name)
    if isinstance(error, SendTimedOut | smtplib.SMTPServerDisconnected):
        return Failure(Verdict.AMBIGUOUS, name)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Failure(Verdict.PERMANENT, name)  # such as an address that needs SMTPUTF8
    code = _smtp_code(error)
    if isinstance(error, _SHUT) or code in _SIGN_IN:
        return Failure(Verdict.CHANNEL_DOWN, f"{name} {code}")
    if code is not None:
        verdict = Verdict.PERMANENT if code >= 500 else Verdict.RETRY
        return Failure(verdict, f"{name} {code}")
    if isinstance(error, OSError):
        return Failure(Verdict.AMBIGUOUS, name)
    if isinstance(error, ValueError) and "header" in str(error).lower():
        return Failure(Verdict.PERMANENT, name)  # a header that the mail library refuses
    return Failure(Verdict.UNEXPECTED, name)


def _smtp_code(error: BaseException) -> int | None:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [reply[0] for reply in error.recipients.values()]
        return max(codes) if codes else 550
    if isinstance(error, smtplib.SMTPResponseException):
        return int(error.smtp_code)
    return None


def next_delay(attempts: int) -> dt.timedelta:
    """How long to wait after that many tries, spread by a fifth so that a herd disperses."""
    delay = _DELAYS[min(max(attempts, 1), len(_DELAYS)) - 1]
    return delay * random.uniform(0.8, 1.2)  # noqa: S311 because nothing secret depends on it
