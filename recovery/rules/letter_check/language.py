"""What a rule needs to know of a language: small words, words for each failure, what looks ahead."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources

from ...choices import Category
from ..tone.sentences import split

LANGUAGES = ("en", "da", "de", "fr", "es")
#: A sentence shorter than this belongs to no language for certain.
ENOUGH_WORDS = 6
#: Letters by which two words are the same word: "noise", "noisy"; "vækket", "vækning".
STEM = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_GAP = re.compile(r"\{\w*\}|\[\[?[A-ZÆØÅÄÖÜ][A-ZÆØÅÄÖÜ _]{2,}\]|<[a-z_]{3,}>|\bX{3,}\b|_{3,}")
_ROOM = re.compile(
    r"\b(?:room|rooms|værelse|zimmer|chambre|habitación)\s+(?:no\.?\s*|nr\.?\s*|n°\s*)?(\d{1,4}[a-z]?)\b",
    re.IGNORECASE,
)


def base(language: str) -> str:
    """``da-DK`` → ``da``; a language that we do not know is read as English."""
    code = language.strip().lower().replace("_", "-").partition("-")[0]
    return code if code in LANGUAGES else "en"


def sentences_of(text: str) -> list[str]:
    """The sentences; what stands in quotation marks is somebody else's, and blanked out."""
    return [sentence.text for sentence in split(text)]


def wrongs(category: Category, language: str) -> tuple[str, ...]:
    """Beginnings of words of which a letter about this failure has one; empty where anything may be wrong."""
    found: tuple[str, ...] = tuple(_file(base(language)).get(category.value, ()))
    return found


def has_any(text: str, beginnings: Iterable[str]) -> bool:
    plain = text.casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}", plain) for word in beginnings)


def has_word(text: str, words: str) -> bool:
    """Whether the words stand there as whole words."""
    return re.search(rf"(?<!\w){re.escape(words.casefold())}(?!\w)", text.casefold()) is not None


def content_words(text: str, language: str) -> frozenset[str]:
    """Stems of the words that carry the meaning."""
    small = _small(base(language))
    words = (word.casefold() for word in _WORD.findall(text))
    return frozenset(word[:STEM] for word in words if len(word) > 3 and word not in small)


def is_foreign(sentence: str, language: str) -> bool:
    """Whether the sentence is plainly in another of our languages. Names and short sentences never are."""
    words = [word.casefold() for word in _WORD.findall(sentence)]
    if len(words) < ENOUGH_WORDS:
        return False
    counts = {code: sum(word in _small(code) for word in words) for code in LANGUAGES}
    own = counts.pop(base(language))
    most = max(counts.values())
    return most >= 3 and most > 2 * own


def reads_as(text: str, language: str) -> bool:
    """Whether the text is plainly in this language. A few words that could be in any are in none."""
    words = [word.casefold() for word in _WORD.findall(text)]
    counts = {code: sum(word in _small(code) for word in words) for code in LANGUAGES}
    own = counts.pop(base(language))
    return own > 0 and own > max(counts.values())


def looks_ahead(sentence: str, language: str) -> bool:
    """Whether a time in the sentence is still to come. What has happened is told in its own words."""
    words = _file("common")[base(language)]
    return _has(sentence, words["ahead"]) and not _has(sentence, words["behind"])


def gaps_in(text: str) -> list[str]:
    """What somebody meant to fill in."""
    return [found[0] for found in _GAP.finditer(text)]


def rooms_in(text: str) -> Iterator[tuple[str, str]]:
    """The words and the number of every room that is named."""
    for found in _ROOM.finditer(text):
        yield found[0], found[1].upper()


def _has(sentence: str, words: Iterable[str]) -> bool:
    return any(
        word.casefold() in sentence.casefold() if word.startswith("'") else has_word(sentence, word)
        for word in words
    )


def _small(language: str) -> frozenset[str]:
    return frozenset(_file("common")[language]["small"])


@functools.cache
def _file(name: str) -> dict[str, dict[str, list[str]]]:
    text = (resources.files("recovery") / "rules" / "letter_check" / "words" / f"{name}.toml").read_text(
        "utf-8"
    )
    return tomllib.loads(text)
