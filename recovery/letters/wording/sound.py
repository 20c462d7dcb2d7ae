"""Whether stored words still make a letter today. Asked for every letter, so remembered."""

from __future__ import annotations

from functools import lru_cache

from ... import errors
from ...choices import LetterKind
from .problems import broken
from .reading import shipped_digest


def is_sound(text: str, *, kind: LetterKind, language: str) -> bool:
    """False: a letter made of them would fail or lose a fact. Tone is not read again."""
    try:
        return _is_sound(text, kind, language, shipped_digest(kind, language))
    except errors.LetterFailed:
        return False  # because we have no words in that language any more


@lru_cache(maxsize=512)
def _is_sound(text: str, kind: LetterKind, language: str, ours: str) -> bool:
    del ours  # because it is in the key: with other words of ours the answer may be another
    return next(broken(text, kind=kind, language=language), None) is None
