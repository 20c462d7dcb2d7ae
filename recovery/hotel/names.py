"""How alike two names are: accents, case, order, a slip of the finger. Plain Python."""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache

#: A name typed in a hurry is taken for the same person's from here on.
ALIKE = 0.75
_LONGEST_WORD = 40
_MOST_WORDS = 12
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam"}
    | {"herr", "frau", "hr", "fr", "fru", "frk", "mme", "mlle", "sr", "sra", "sig"}
)
# Letters that Unicode does not take apart.
_PLAIN = str.maketrans(
    {"æ": "ae", "ø": "o", "œ": "oe", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ħ": "h", "\u0131": "i"}
)


def fold(text: str) -> str:
    """Lower case, no accents, letters and digits only, single spaces."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    kept = "".join(
        letter if letter.isalnum() else " " for letter in apart if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name, without titles."""
    words = [word[:_LONGEST_WORD] for word in fold(name.replace("'", "").replace("\u2019", "")).split()]
    named = [word for word in words if word not in _TITLES]
    return tuple((named or words)[:_MOST_WORDS])


def likeness(typed: tuple[str, ...], known: tuple[str, ...]) -> float:
    """Between 0 and 1; exactly 1 when each typed word is a word of the known name.

    One typed word in three may be unknown: people add a company, a second name or an occasion.
    """
    if not typed or not known:
        return 0.0
    best = sorted((max(_word_likeness(word, other) for other in known) for word in typed), reverse=True)
    if best[-1] == 1.0:
        return 1.0
    kept = best[: math.ceil(len(best) * 2 / 3)]
    apart = min(sum(kept) / len(kept), 0.99) if kept[0] >= ALIKE else 0.0
    # "Van der Berg" and "Vanderberg", and scripts without spaces.
    together = min(_word_likeness("".join(typed), "".join(known)), 0.99)
    return max(apart, together)


@lru_cache(maxsize=8192)
def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 3 and long.startswith(short):
        return 0.85
    # Two letters are either right or wrong; very different lengths and letters need no counting.
    if len(short) < 3 or len(long) - len(short) > 3 or len(set(short) & set(long)) * 2 < len(set(short)):
        return 0.0
    return 1 - _slips(short, long) / len(long)


def _slips(one: str, other: str) -> int:
    """Letters changed, added, dropped or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
