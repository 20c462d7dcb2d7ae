"""Generous database conditions for names and telephone numbers.

Regular expressions are the only comparison that SQLite, PostgreSQL and MariaDB share and that can
accept ``Kovács`` for ``kovacs``. They only narrow down; Python has the last word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from django.db.models import Q

# Latin letters with accents, where the languages of guests have them.
_ACCENTED = (*range(0x00C0, 0x0180), *range(0x0218, 0x021C))
_OWN_LETTERS = {
    "o": "øØ",
    "l": "łŁ",
    "d": "đĐðÐ",
    "a": "æÆ",
    "i": "\u0131\u0130",
    "h": "ħĦ",
    "s": "ß",
    "t": "þÞ",
}


def name_filter(lookups: Sequence[str], words: Sequence[str]) -> Q:
    """Rows in which each of one or two words, or any of more words, may be meant."""
    conditions = [_word_filter(lookups, word) for word in words]
    wanted = conditions[0]
    for condition in conditions[1:]:
        wanted = wanted & condition if len(conditions) == 2 else wanted | condition
    return wanted


def phone_filter(lookup: str, digits: str) -> Q:
    """Rows whose number ends with these digits, whatever stands between them."""
    return Q(**{f"{lookup}__regex": "[^0-9]*".join(digits[-6:]) + "[^0-9]*$"})


def _word_filter(lookups: Iterable[str], word: str) -> Q:
    """One slip in a short word, two in a long one, always leave one of its pieces whole."""
    wanted = Q()
    for pattern in _patterns(word):
        for lookup in lookups:
            wanted |= Q(**{f"{lookup}__iregex": pattern})
    return wanted


def _patterns(word: str) -> list[str]:
    if len(word) < 4:
        return [_generous(word)]
    count = 2 if len(word) < 8 else 3
    cuts = [round(len(word) * i / count) for i in range(count + 1)]
    pieces = [_generous(word[a:b]) for a, b in pairwise(cuts)]
    # The outer pieces sit at the edges of a word, or they would fit half of all guests.
    pieces[0] = f"(^|[ ,.'-]){pieces[0]}"
    pieces[-1] = f"{pieces[-1]}($|[ ,.'-])"
    return pieces


def _generous(text: str) -> str:
    return "".join(f"[{_with_accents(letter)}]" for letter in text if letter.isalnum())


@cache
def _with_accents(letter: str) -> str:
    """A letter with all its accented forms, both cases: not every database folds them."""
    if not letter.isascii():
        return letter + letter.upper() if len(letter.upper()) == 1 else letter
    accented = (chr(code) for code in _ACCENTED)
    forms = [form for form in accented if unicodedata.normalize("NFKD", form)[0].lower() == letter]
    return letter + letter.upper() + "".join(forms) + _OWN_LETTERS.get(letter, "")
