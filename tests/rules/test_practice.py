from __future__ import annotations

import pytest

from recovery.rules import practice


@pytest.mark.parametrize("language", practice.LANGUAGES)
def test_there_are_many_sentences_each_once(language: str) -> None:
    found = practice.sentences(language)

    assert len(found) >= 150
    assert len({sentence.text for sentence in found}) == len(found)


@pytest.mark.parametrize("language", practice.LANGUAGES)
def test_every_sentence_has_a_reason_and_a_bad_one_better_words(language: str) -> None:
    for sentence in practice.sentences(language):
        assert all(practice.why(code, language) for code in sentence.reasons), sentence
        if not sentence.is_fit_to_send:
            assert all(practice.better(code, language) for code in sentence.reasons), sentence


def test_both_answers_come_up_in_turn() -> None:
    for language in practice.LANGUAGES:
        first = [sentence.is_fit_to_send for sentence in practice.sentences(language)[:20]]
        assert 4 <= sum(first) <= 16


def test_what_is_wrong_decides_also_beside_something_good() -> None:
    mixed = practice.Sentence(language="en", text="x", codes=("C_REGRET", "MINIMISE"))

    assert not mixed.is_fit_to_send
    assert mixed.reasons == ("MINIMISE",)


def test_nothing_is_said_in_the_wrong_language() -> None:
    for code, words in practice.reasons().items():
        assert practice.why(code, "da") != practice.why(code, "en"), code
        assert ("better" in words) == ("better_da" in words), code
