"""Read ``starters.txt`` and name what is wrong in it, for the system check and the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .. import errors
from ..choices import Category, GuestType, RemedyKey
from .formatting import placeholders
from .words import load_starters

_NONE = frozenset[str]()
#: Nobody can say in advance what these were.
UNNAMED = frozenset({RemedyKey.FREE_NIGHT, RemedyKey.AMENITY, RemedyKey.OTHER})
#: Who is never spoken of unasked.
UNSAID = frozenset({GuestType.UNKNOWN, GuestType.ACCESSIBLE})
#: Every key, and the placeholders that it needs: a figure that is left out would be half a truth.
KEYS: Mapping[str, frozenset[str]] = {
    **{f"wrong_{each.value}": _NONE for each in Category if each is not Category.OTHER},
    **{f"own_{each.value}": _NONE for each in GuestType if each not in UNSAID},
    **{f"given_{each.value}": _NONE for each in RemedyKey if each not in UNNAMED},
    "given_refund": frozenset({"amount"}),
    "given_folio_credit": frozenset({"amount"}),
    "given_points": frozenset({"number"}),
    "promise": frozenset({"who", "when"}),
    "thanks": _NONE,
    "why": _NONE,
    "you": _NONE,
}


def starter_problems(language: str) -> Iterator[str]:
    """What is wrong with the starters of a language; nothing when nothing is."""
    name = f"{language}/starters.txt"
    try:
        words = load_starters(language)
        for key in words.keys() - KEYS.keys():
            yield f"{name}: nothing asks for {key}"
        for key, needed in KEYS.items():
            if not words.get(key):
                yield f"{name}: {key} is missing"
                continue
            found = {each for each, _optional in placeholders(words[key])}
            for each in sorted(found - needed):
                yield f"{name}: {key} cannot use {{{each}}}"
            for each in sorted(needed - found):
                yield f"{name}: {key} needs {{{each}}}"
    except errors.LetterFailed as failure:
        yield str(failure.params["problem"])
