"""Own words as text: the format of the words files, without what stays ours."""

from __future__ import annotations

import hashlib
import re

from ...choices import LetterKind
from ..words import Words, load, read, shipped_text

#: Characters. The longest that we ship has a third of it.
LIMIT = 8_000
NAME = "own words"
INCLUDE = re.compile(r"^\s*\[include=([a-z_]+)\]\s*$", re.MULTILINE)
_SUBJECT = re.compile(r"^subject:.*\n", re.MULTILINE)


def own_words(text: str, *, kind: LetterKind, language: str) -> Words:
    """The words of a house. Subject, footer and certificate are ours in every house.

    :raises LetterFailed: if they are not in the format.
    """
    words = read(text, name=NAME, language=language)
    ours = load(kind, language).header
    header = {**ours, **words.header, "subject": ours.get("subject", "")}
    return Words(name=NAME, header=header, paragraphs=words.paragraphs)


def starting_words(kind: LetterKind, language: str) -> str:
    """What somebody edits who has no own words yet: ours, without the subject.

    :raises LetterFailed: if there is no such file.
    """
    return _SUBJECT.sub("", shipped_text(kind, language).replace("\r\n", "\n").lstrip("\ufeff"), count=1)


def shipped_digest(kind: LetterKind, language: str) -> str:
    """What tells whether ours have changed since somebody edited them.

    :raises LetterFailed: if there is no such file.
    """
    return hashlib.sha256(starting_words(kind, language).encode()).hexdigest()[:16]
