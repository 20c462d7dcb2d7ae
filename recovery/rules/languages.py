"""In which language a guest is written to, and how we know."""

from __future__ import annotations

from collections.abc import Sequence

from ..choices import LanguageSource

#: What most guests can read a little, and what stands below a letter in a language that is a guess.
ENGLISH = "en"


def choose(*, said: str, booked: str, before: str, offered: Sequence[str]) -> tuple[str, LanguageSource]:
    """The language and where it comes from: said, booking, or guessed.

    A regional code falls back to its base (``da-DK`` → ``da``); what we cannot write falls back to
    the first offered language, and counts as guessed.
    """
    known = (
        (said, LanguageSource.SAID),
        (booked, LanguageSource.BOOKING),
        (before, LanguageSource.BOOKING),
    )
    for wanted, source in known:
        found = _offered(wanted, offered)
        if found:
            return found, source
    return (offered[0] if offered else ENGLISH), LanguageSource.GUESSED


def needs_english(language: str, source: str, offered: Sequence[str]) -> bool:
    """Whether a text says the same in English below: its language is a guess, and another one.

    A house that does not offer English does not write it.
    """
    is_english = language.lower().replace("_", "-").split("-")[0] == ENGLISH
    return source == LanguageSource.GUESSED and not is_english and ENGLISH in offered


def _offered(wanted: str, offered: Sequence[str]) -> str | None:
    code = wanted.strip().lower().replace("_", "-")
    for candidate in (code, code.split("-")[0]):
        if candidate and candidate in offered:
            return candidate
    return None
