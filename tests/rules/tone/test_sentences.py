"""What the rules find in the sentences beside this file.

On these the rules were built: the floors catch what a change breaks. What the rules do with words they
have not seen is in docs/tone.md.
"""

from __future__ import annotations

import functools

import pytest

from recovery.choices import ToneCode
from tests.rules.tone.measuring import HERE, LANGUAGES, measure, sentences

MOST_FALSE_ALARMS = 0.03


@functools.cache
def measured(language):
    return measure(sentences(HERE / f"{language}.jsonl"), language)


@pytest.mark.parametrize(
    ("language", "floor"), [("en", 0.92), ("da", 0.87), ("de", 0.92), ("fr", 0.90), ("es", 0.85)]
)
def test_finds_a_right_code_in_most_bad_sentences_and_leaves_good_ones_alone(language, floor):
    counts = measured(language)

    assert counts.recall >= floor, counts.missed
    assert counts.false_alarms <= MOST_FALSE_ALARMS, counts.flagged


@pytest.mark.parametrize("language", LANGUAGES)
def test_finds_most_parts_of_an_apology(language):
    counts = measured(language)

    good = {code for code in counts.wanted if code.startswith("C_")}
    wanted = sum(counts.wanted[code] for code in good)
    assert sum(counts.found[code] for code in good) >= 0.8 * wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_labelled_with_codes_that_exist(language):
    for row in sentences(HERE / f"{language}.jsonl"):
        assert row.codes <= set(ToneCode.values), row.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_is_without_a_find(language):
    counts = measured(language)

    assert [code for code in counts.wanted if not counts.found[code] and not code.startswith("M_")] == []
