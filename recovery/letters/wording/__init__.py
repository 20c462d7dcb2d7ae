"""A house's own words for a guest text: read, held against ours, shown with made-up facts.

The rule is one sentence: a house may change every word of ours, and lose no fact of it.
"""

from __future__ import annotations

from .glyphs import unprintable
from .problems import Problem, check
from .reading import LIMIT, own_words, shipped_digest, starting_words
from .samples import sample_facts
from .sound import is_sound

__all__ = [
    "LIMIT",
    "Problem",
    "check",
    "is_sound",
    "own_words",
    "sample_facts",
    "shipped_digest",
    "starting_words",
    "unprintable",
]
