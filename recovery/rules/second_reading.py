"""When a letter is read by two people before it goes, and what one may do who is alone."""

from __future__ import annotations

import datetime as dt

from ..choices import LetterKind, Reading, Severity
from ..errors import NeedsSecondReader, NeedsSelfCheck, SelfCheckTooSoon

#: From here on a night, an event, money or dignity was lost.
FROM = Severity.LOST
#: How long whoever is alone leaves the letter before reading it again.
PAUSE = dt.timedelta(minutes=15)


def is_needed(kind: LetterKind, severity: Severity) -> bool:
    """Whether two people read this text."""
    return kind == LetterKind.APOLOGY and severity >= FROM


def reading_of(
    *,
    is_writer: bool,
    others: tuple[str, ...],
    is_self_checked: bool,
    drafted_at: dt.datetime,
    now: dt.datetime,
    shown_at: str,
) -> Reading:
    """How the letter was read by whoever sends it now.

    ``others``: names of colleagues who could read it. ``shown_at``: the end of the pause, as people write it.

    :raises NeedsSecondReader: if the writer sends it, and a colleague could read it.
    :raises SelfCheckTooSoon: if the writer is alone, and wrote it less than a quarter of an hour ago.
    :raises NeedsSelfCheck: if the writer is alone, and has not said that they read it again.
    """
    if not is_writer:
        return Reading.SECOND
    if others:
        raise NeedsSecondReader(names=", ".join(others[:3]))
    if now < drafted_at + PAUSE:
        raise SelfCheckTooSoon(when=shown_at)
    if not is_self_checked:
        raise NeedsSelfCheck()
    return Reading.SELF
