"""Which sentences in the fields of a letter are ours: proposed from the record, and left as they were.

Nobody wrote those by hand, so whoever does not read the guest's language may read them in their own.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial

from .. import errors
from .formatting import placeholders
from .words import load_starters

#: Chooses sentences and is none.
_NO_SENTENCE = frozenset({"you"})
_GAP = "\x00"


def without_ours(text: str, language: str) -> tuple[str, ...]:
    """The stretches of the text that a person wrote."""
    for pattern, _key in _patterns(language):
        text = pattern.sub(_GAP, text)
    return tuple(part.strip() for part in text.split(_GAP) if part.strip())


def retold(text: str, language: str, other: str) -> str:
    """The text with our sentences in the other language; figures and what a person wrote stay as they are."""
    words = _starters(other)
    for pattern, key in _patterns(language):
        template = words.get(key, "")
        if template:
            text = pattern.sub(partial(_filled, template), text)
    return text


def _filled(template: str, found: re.Match[str]) -> str:
    for name, value in found.groupdict().items():
        template = template.replace(f"{{{name}}}", value)
    return template


def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return _compiled(tuple(_starters(language).items()))


@lru_cache(maxsize=16)
def _compiled(words: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Keyed by the words themselves, so that an edited file is read anew. Longer sentences first.

    A promise is left out: its date is in words, and what is not told whole is not told at all.
    """
    found = sorted(words, key=lambda item: len(item[1]), reverse=True)
    return tuple((_pattern(template), key) for key, template in found if key not in _NO_SENTENCE)


def _pattern(template: str) -> re.Pattern[str]:
    """The sentence, with a figure in each of its gaps."""
    pattern = re.escape(template)
    for name, _optional in placeholders(template):
        pattern = pattern.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>[^.!?]*?\\d[\\d.,\u00a0 ]*[^.!?]*?)")
    return re.compile(pattern)


def _starters(language: str) -> dict[str, str]:
    try:
        return {key: text for key, text in load_starters(language).items() if "{when}" not in text}
    except errors.LetterFailed:
        return {}  # because a language of the host's own may have none
