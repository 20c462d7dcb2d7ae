from __future__ import annotations

import pytest

from recovery.rules import languages

OFFERED = ("en", "da")


@pytest.mark.parametrize(
    ("said", "booked", "before", "expected"),
    [
        ("da", "en", "", ("da", "said")),
        ("", "da", "", ("da", "booking")),
        ("", "", "da", ("da", "booking")),
        ("DA_dk", "", "", ("da", "said")),
        ("da-DK", "", "", ("da", "said")),
        (" da ", "", "", ("da", "said")),
        ("", "", "", ("en", "guessed")),
        ("fr", "", "", ("en", "guessed")),
        ("fr", "da", "", ("da", "booking")),
        ("", "fr-CA", "", ("en", "guessed")),
        ("dansk", "", "", ("en", "guessed")),
        ("d" * 1_000_000, "", "", ("en", "guessed")),
    ],
)
def test_what_was_said_beats_the_booking_and_both_beat_a_guess(
    said: str, booked: str, before: str, expected: tuple[str, str]
) -> None:
    assert languages.choose(said=said, booked=booked, before=before, offered=OFFERED) == expected


def test_the_first_language_is_the_fallback() -> None:
    assert languages.choose(said="fr", booked="", before="", offered=("da", "en")) == ("da", "guessed")


def test_a_house_without_languages_writes_english() -> None:
    assert languages.choose(said="", booked="", before="", offered=()) == ("en", "guessed")


def test_a_region_that_is_offered_is_taken() -> None:
    assert languages.choose(said="pt-BR", booked="", before="", offered=("en", "pt-br", "pt")) == (
        "pt-br",
        "said",
    )


@pytest.mark.parametrize(
    ("language", "source", "offered", "expected"),
    [
        ("da", "guessed", ("da", "en"), True),
        ("da", "booking", ("da", "en"), False),
        ("da", "said", ("da", "en"), False),
        ("en", "guessed", ("en", "da"), False),
        ("en-gb", "guessed", ("en-gb", "en"), False),
        ("da", "guessed", ("da",), False),
    ],
)
def test_english_stands_below_a_guess_and_nothing_else(
    language: str, source: str, offered: tuple[str, ...], expected: bool
) -> None:
    assert languages.needs_english(language, source, offered) is expected
