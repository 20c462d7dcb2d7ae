"""Words that nobody has read whose language it is: they say so in their first line."""

from __future__ import annotations

from .. import errors
from ..choices import LetterKind
from . import sources

#: The first line of such a file. Whoever has read one takes the line out of their copy.
MARK = "# Have a native speaker read this file before it is used; nobody has yet."
_SHARED = ("footer", "panel_certificate", "phrases", "starters", "spoken_apology")


def unread_words(language: str) -> list[str]:
    """The files of a language that still bear the mark, as the host has them."""
    names = [f"{language}/{name}.txt" for name in (*LetterKind.values, *_SHARED)]
    return [name for name in names if _is_unread(name)]


def _is_unread(name: str) -> bool:
    try:
        return sources.read(f"recovery/letters/{name}").lstrip("\ufeff").startswith(MARK)
    except errors.LetterFailed:
        return False  # because the check of the words tells what is missing
