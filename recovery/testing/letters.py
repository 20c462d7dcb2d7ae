"""Say what the guest must have got. When it is not so, say what happened instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from .. import clock
from ..actions.letter_steps import outbox_key
from ..choices import LetterKind, LetterState, OutboxState
from ..models import Complaint, Letter, OutboxMessage
from ..outbox.enqueue import digest

_GIVEN_UP = (OutboxState.DEAD, OutboxState.UNKNOWN, OutboxState.TOO_LATE)


def assert_letter_sent(
    *,
    kind: LetterKind | str | None = None,
    to: str | None = None,
    contains: str | Iterable[str] = (),
    complaint: Complaint | None = None,
) -> Letter:
    """A letter of that kind went by mail, to that address, with these words in subject or text.

    Returns the newest one. The text is the frozen one: codes and links are ``{slots}`` in it, because
    no table holds a live code; look for those in ``django.core.mail.outbox``.

    :raises AssertionError: if none did; lists what was sent, and why the others were not.
    :raises ValueError: if there is no such kind.
    """
    words = _several(contains)
    letters = _letters(complaint)
    sent = [letter for letter in letters if letter.state is LetterState.SENT]
    found = [letter for letter in sent if _fits(letter, kind=kind, to=to) and not _missing(letter, words)]
    if not found:
        raise AssertionError(_report("No such letter was sent", letters, kind=kind, to=to, words=words))
    return found[-1]


def assert_no_letter_sent(
    *, kind: LetterKind | str | None = None, to: str | None = None, complaint: Complaint | None = None
) -> None:
    """No letter of that kind went by mail to that address.

    :raises AssertionError: if one did.
    :raises ValueError: if there is no such kind.
    """
    letters = _letters(complaint)
    if any(letter.state is LetterState.SENT and _fits(letter, kind=kind, to=to) for letter in letters):
        raise AssertionError(_report("A letter was sent that should not be", letters, kind=kind, to=to))


def _letters(complaint: Complaint | None) -> list[Letter]:
    rows = Letter.objects.select_related("party").order_by("sent_at", "pk")
    return list(rows if complaint is None else rows.filter(complaint=complaint))


def _fits(letter: Letter, *, kind: LetterKind | str | None, to: str | None) -> bool:
    wanted = None if kind is None else LetterKind(kind)
    return (wanted is None or letter.kind == wanted) and (
        to is None or letter.party.email.casefold() == to.strip().casefold()
    )


def _missing(letter: Letter, words: list[str]) -> list[str]:
    """The words that it lacks. Line breaks are no difference: the mail wraps where it likes."""
    text = _flat(f"{letter.subject} {letter.text}")
    return [each for each in words if _flat(each) not in text]


def _report(
    first: str,
    letters: list[Letter],
    *,
    kind: LetterKind | str | None,
    to: str | None,
    words: list[str] | None = None,
) -> str:
    wanted = [f"kind={kind}" if kind else "", f"to={to}" if to is not None else ""]
    wanted += [f"contains “{each}”" for each in words or ()]
    sent = [letter for letter in letters if letter.state is LetterState.SENT]
    others = [letter for letter in letters if letter.state is not LetterState.SENT]
    lines = [f"{first}: {', '.join(filter(None, wanted)) or 'any letter'}."]
    lines.append(f"Sent: {len(sent)}")
    for letter in sent:
        lacks = _missing(letter, words or []) if _fits(letter, kind=kind, to=to) else []
        note = f" – it lacks {', '.join(f'“{each}”' for each in lacks)}" if lacks else ""
        lines.append(f"  {_name(letter)} at {letter.sent_at:%Y-%m-%d %H:%M %Z}{note}")
    lines.append(f"Not sent: {len(others)}")
    lines += [f"  {_name(letter)}: {why_not_sent(letter)}" for letter in others]
    return "\n".join(lines)


def why_not_sent(letter: Letter) -> str:
    """Where an unsent letter stands, and what would send it."""
    if letter.state is LetterState.STOPPED:
        return f"stopped: {letter.stopped_reason}"
    if letter.state is LetterState.HANDED_OVER:
        return f"handed over on paper by {letter.handed_over_by}"
    if letter.by_hand:
        return "on paper: it is printed and handed over, never mailed"
    if letter.state is LetterState.DRAFT:
        return "a draft: release_letter() or send_written_apology() sends it"
    row = OutboxMessage.objects.filter(key=digest(outbox_key(letter))).first()
    if row is None:
        return "released, and nothing was promised: that is a bug of ours"
    if row.state in _GIVEN_UP:
        return f"{OutboxState(row.state).label}: {row.last_error or 'not delivered in time'}"
    due, now = clock.aware(row.due_at), clock.now()
    tried = f", tried before ({row.last_error})" if row.last_error else ""
    if due <= now:
        return f"released and due{tried}: call run_due()"
    return f"released, due in {_span(due - now)}{tried}: call run_due(at=…) with {due:%Y-%m-%d %H:%M:%S} UTC"


def _name(letter: Letter) -> str:
    return f"{letter.kind} → {letter.party.email or 'no address'} “{letter.subject}”"


def _span(duration: dt.timedelta) -> str:
    minutes = max(round(duration.total_seconds() / 60), 1)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def _several(words: str | Iterable[str]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def _flat(text: str) -> str:
    return " ".join(text.split())
