from __future__ import annotations

import re

import pytest

from recovery.hotel.text_filters import _patterns


def narrowed(word: str, stored: str) -> bool:
    return any(re.search(pattern, stored, re.IGNORECASE) for pattern in _patterns(word))


@pytest.mark.parametrize(
    ("word", "stored"),
    [
        ("kovacs", "Léa Kovács"),
        ("kovach", "Léa Kovács"),
        ("kvoacs", "Léa Kovács"),
        ("jorgensen", "Bo JØRGENSEN"),
        ("ostergard", "Bo Østergård"),
        ("meier", "Meier"),
        ("lea", "LÉA"),
        ("smith", "Anna-Smith Jones"),
        ("maximiliane", "Maximilliana"),
    ],
)
def test_the_database_lets_through_what_python_would_accept(word: str, stored: str) -> None:
    assert narrowed(word, stored)


@pytest.mark.parametrize(
    ("word", "stored"), [("kovacs", "Ole Dam"), ("smith", "Hermit"), ("anna", "Bananas")]
)
def test_it_keeps_most_others_out(word: str, stored: str) -> None:
    assert not narrowed(word, stored)


@pytest.mark.parametrize("typed", ["a.*b", "(((", "[z-a]", "a{9}", "\\"])
def test_nothing_typed_becomes_a_pattern_of_its_own(typed: str) -> None:
    for pattern in _patterns(typed):
        assert re.compile(pattern)
        assert not set(pattern) & set("*{\\")
