"""Sentences that no rule was built on: two hands wrote them who saw neither the rules nor each other's.

Do not read ``held/`` while you work on the rules, and learn nothing from it: then it says nothing more.
"""

from __future__ import annotations

import pytest

from .measuring import HERE, LANGUAGES, measure, sentences

#: Recall at least, false alarms at most. Every second good sentence was written to be mistaken for a bad one;
#: the aim for the alarms is 0.03, and this much is still missing.
FLOORS = {"en": (0.73, 0.06), "da": (0.71, 0.12), "de": (0.62, 0.12), "fr": (0.69, 0.07), "es": (0.70, 0.07)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_found_in_words_that_the_rules_have_not_seen(language: str) -> None:
    least, most = FLOORS[language]

    found = measure(sentences(HERE / "held" / f"{language}.jsonl"), language)

    assert found.recall >= least
    assert found.false_alarms <= most
