"""Words as the rules see them: folded, contractions written out, marks kept beside them."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Stands for a name that the hotel added, whatever that name is.
ADDED = "@supplier"

_TOKEN = re.compile(
    r"\w+\.(?:com|net|org|dk|de|fr|es|eu|uk)\b"  # booking.com is a name
    r"|\d+(?:[.,:h]\d+)*"
    r"|[%€£$@§]"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*'?"
)
_MARK = re.compile(r"[,;:?!()/]|\.\.+|…|(?<=\s)[-–](?=\s)|–")
_STRONG = frozenset(";:–-?!…(")
_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "œ": "oe"}
)
_ENGLISH = {
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "shan't": ("shall", "not"),
    "let's": ("let", "us"),
    "wanna": ("want", "to"),
    "gonna": ("going", "to"),
}
ENDINGS = {
    "'m": "am", "'re": "are", "'ll": "will", "'ve": "have", "'d": "'d", "'s": "'s", "'": "'s",
}  # fmt: skip
# "l'erreur", "qu'une": the short word in full, so that a rule needs one spelling.
_ELIDED = {
    "c": "ce", "d": "de", "j": "je", "l": "le", "m": "me", "n": "ne", "s": "se", "t": "te", "qu": "que",
    "jusqu": "jusque", "lorsqu": "lorsque", "puisqu": "puisque", "quoiqu": "quoique",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word of a sentence. ``start`` and ``end`` in the sentence; ``marks``: what stood before it."""

    norm: str
    raw: str
    start: int
    end: int
    marks: str = ""

    @property
    def is_after_break(self) -> bool:
        """Whether a mark that parts two thoughts stood before it."""
        return any(mark in _STRONG for mark in self.marks)


@functools.lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Small letters without accents, and ``ø`` as ``oe``: desks type as their keyboards let them."""
    small = word.lower()
    if small.isascii() or small == "sí":  # because in Spanish "si" is another word
        return small
    plain = unicodedata.normalize("NFD", small.translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(text: str, language: str) -> tuple[list[Word], str]:
    """The words of a sentence, and the marks after the last of them."""
    found: list[Word] = []
    last = 0
    for token in _TOKEN.finditer(text):
        marks = "".join(_MARK.findall(text[last : token.start()])) if token.start() > last else ""
        for raw, norm, offset, length in _parts(token[0], language):
            start = token.start() + offset
            found.append(Word(norm=norm, raw=raw, start=start, end=start + length, marks=marks))
            marks = ""
        last = token.end()
    return found, "".join(_MARK.findall(text[last:]))


def with_names(words: Sequence[Word], names: Sequence[Sequence[str]]) -> list[Word]:
    """The words, with every name that the hotel added drawn together to ``ADDED``."""
    by_first: dict[str, list[Sequence[str]]] = {}
    for name in names:
        if name:
            by_first.setdefault(name[0], []).append(name)
    joined: list[Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        length = max(
            (
                len(name)
                for name in by_first.get(word.norm, ())
                if [other.norm for other in words[place : place + len(name)]] == list(name)
            ),
            default=0,
        )
        if length:
            last = words[place + length - 1]
            word = Word(norm=ADDED, raw=word.raw, start=word.start, end=last.end, marks=word.marks)
        joined.append(word)
        place += length or 1
    return joined


def _parts(token: str, language: str) -> list[tuple[str, str, int, int]]:
    """What a token is made of: raw, folded, where in it, how long."""
    small = token.lower()
    if language == "en":
        cut = _ENGLISH.get(small)
        if cut:
            return [(token, norm, 0, len(token)) for norm in cut]
        if small.endswith("n't"):
            stem = len(token) - 3
            return [(token[:stem], fold(token[:stem]), 0, stem), ("n't", "not", stem, 3)]
    if "'" not in token:
        return [(token, fold(token), 0, len(token))]
    head, _, tail = token.partition("'")
    if language == "fr" and small != "aujourd'hui":
        first = _ELIDED.get(fold(head), fold(head))
        if not tail:
            return [(token, first, 0, len(token))]
        rest = _parts(tail, language)
        shift = len(head) + 1
        return [(head, first, 0, shift), *((raw, norm, at + shift, size) for raw, norm, at, size in rest)]
    ending = token[len(head) :]
    norm = _endings(language).get(ending.lower())
    if norm is None or not head:
        return [(token, fold(token), 0, len(token))]
    return [(head, fold(head), 0, len(head)), (ending, norm, len(head), len(ending))]


def _endings(language: str) -> Mapping[str, str]:
    return ENDINGS if language in ("en", "da", "de") else {}
