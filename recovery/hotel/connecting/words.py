"""Take a column's name apart and say what its words mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ..names import fold
from .vocabulary import MEANINGS, Concept

# "checkInDate", "HTTPServer", "address1".
_SEAMS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])")
_LONGEST = 80
_MOST_WORDS = 12
#: Written together, or as two words that mean something else apart.
_PAIRS = {
    ("check", "in"): "checkin",
    ("checked", "in"): "checkedin",
    ("check", "out"): "checkout",
    ("checked", "out"): "checkedout",
    ("date", "in"): "datein",
    ("date", "out"): "dateout",
    ("called", "off"): "calledoff",
    ("e", "mail"): "email",
    ("first", "name"): "firstname",
    ("given", "name"): "firstname",
    ("fore", "name"): "firstname",
    ("last", "name"): "lastname",
    ("family", "name"): "lastname",
    ("sur", "name"): "lastname",
    ("user", "name"): "username",
    ("time", "zone"): "timezone",
    ("zip", "code"): "zipcode",
    ("post", "code"): "postcode",
    ("postal", "code"): "postcode",
    ("country", "code"): "countrycode",
    ("currency", "code"): "currencycode",
    ("number", "of"): "numberof",
    ("no", "of"): "noof",
    ("num", "of"): "numberof",
    ("booked", "via"): "bookedvia",
    ("booked", "by"): "guest",
    ("reserved", "by"): "guest",
    ("created", "by"): "createdby",
    ("assigned", "to"): "createdby",
    ("updated", "by"): "updatedby",
    ("modified", "by"): "modifiedby",
    ("added", "by"): "createdby",
    ("cancelled", "by"): "modifiedby",
    ("canceled", "by"): "modifiedby",
    ("cancel", "until"): "canceluntil",
    ("cancel", "before"): "canceluntil",
    ("cancel", "by"): "canceluntil",
    ("cancellable", "until"): "canceluntil",
    ("cancelable", "until"): "canceluntil",
    ("cancellation", "until"): "canceluntil",
    ("contact", "number"): "phonenumber",
    ("contact", "no"): "phonenumber",
    ("third", "party"): "thirdparty",
    ("travel", "agent"): "agency",
    ("length", "of"): "length",
    ("valid", "until"): "expires",
    ("late", "checkout"): "extra",
    ("early", "checkin"): "extra",
}
#: What is counted where a number stands in front: num_guests, no_of_rooms.
_COUNTED_WORDS = """
    rooms guests persons people personnes personas pessoas persone personen adults children nights beds
    kids units vaerelser gaester zimmer gaste chambres habitaciones quartos camere kamers
"""
_COUNTED = frozenset(_COUNTED_WORDS.split())
_NUMBERS = frozenset({"number", "no", "nr", "num", "nombre", "numero"})
#: Between the parts of a long word: Buchung-s-nummer, nombre-de-nuits.
_LINKS = ("", "s", "e", "n", "en", "es", "er", "de")
_ENDINGS = ("s", "es", "e", "en", "er", "n", "et", "ens", "ets", "nes")


def words_in(name: str) -> list[str]:
    """The folded words: ``checkInDate`` and ``Check-in date`` are ``checkin`` and ``date``."""
    rough = fold(_SEAMS.sub(" ", name[:_LONGEST]).replace("_", " ")).split()[:_MOST_WORDS]
    words: list[str] = []
    while rough:
        pair = _PAIRS.get((rough[0], rough[1])) if len(rough) > 1 else None
        if pair:
            rough[:2] = [pair]
            continue  # because "late check out" is a pair again with what follows
        words.append(rough.pop(0))
    return words


@lru_cache(maxsize=4096)
def concepts_in(name: str) -> frozenset[Concept]:
    """What a name speaks of. Words that we do not know speak of nothing."""
    words = words_in(name)
    found: set[Concept] = set()
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in _NUMBERS and following in _COUNTED:
            found.add(Concept.COUNT)
        else:
            found |= meanings_of(word)
    return frozenset(found)


@lru_cache(maxsize=4096)
def meanings_of(word: str) -> frozenset[Concept]:
    """What one folded word means, also in the plural or as one long word (``buchungsnummer``)."""
    if word in MEANINGS:
        return MEANINGS[word]
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 4 and stem in MEANINGS:
            return MEANINGS[stem]
    if word[:1] in "dl" and word[1:] in MEANINGS and len(word) > 5:
        return MEANINGS[word[1:]]  # because "date d'arrivée" loses its apostrophe
    parts = _apart(word)
    return frozenset().union(*(MEANINGS[part] for part in parts)) if parts else frozenset()


def unknown_words(name: str) -> int:
    """How many words of a name mean nothing to us: the more, the less it is what we think."""
    return sum(1 for word in words_in(name) if not meanings_of(word) and not word.isdigit())


def _apart(word: str) -> Sequence[str]:
    """The fewest known words of which a long one is made; nothing if it is not."""
    if not 6 <= len(word) <= 40:
        return ()
    #: For each place in the word: the parts that lead there.
    ways: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(len(word)):
        if start not in ways:
            continue
        for end in range(start + 2, len(word) + 1):
            part = word[start:end]
            is_long_enough = len(part) > 2 or (part == "nr" and end == len(word))
            if part not in MEANINGS or not is_long_enough:
                continue
            for link in _LINKS:
                then = end + len(link)
                if link and (then >= len(word) or not word.startswith(link, end)):
                    continue
                parts = (*ways[start], part)
                if len(parts) <= 4 and (then not in ways or len(parts) < len(ways[then])):
                    ways[then] = parts
    return ways.get(len(word), ())
