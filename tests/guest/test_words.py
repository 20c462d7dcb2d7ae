"""The words: every language says the same things."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recovery.errors import LetterFailed
from recovery.guest import words
from recovery.guest.words import Words, load
from recovery.letters.dates import CALENDARS
from recovery.letters.formatting import placeholders

FOLDER = Path(words.__file__).parent / "words"
TEMPLATES = Path(words.__file__).parent.parent / "templates" / "recovery" / "guest"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def shape(language: str) -> dict[tuple[str, str], frozenset[str]]:
    """Each sentence with the names of what is filled in."""
    return {
        (section, key): frozenset(name for name, _optional in placeholders(sentence))
        for section, sentences in load(language).items()
        for key, sentence in sentences.items()
    }


def test_every_language_of_the_letters_has_its_pages() -> None:
    assert set(LANGUAGES) == set(CALENDARS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences_with_the_same_gaps(language: str) -> None:
    assert shape(language) == shape("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_shouts(language: str) -> None:
    sentences = [sentence for section in load(language).values() for sentence in section.values()]

    assert all(sentence.strip() == sentence != "" for sentence in sentences)
    assert not [sentence for sentence in sentences if "!" in sentence]


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_nothing_was_left_in_english(language: str) -> None:
    same = [key for key, sentence in _flat(language).items() if sentence == _flat("en")[key]]

    assert same == []


def test_every_sentence_is_used() -> None:
    sources = [*Path(words.__file__).parent.glob("*.py"), *TEMPLATES.glob("*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    states = {"used_title", "used_help", "expired_title", "expired_help", "void_title", "void_help"}

    unused = [key for _section, key in shape("en") if not re.search(rf'(words\.|"){key}\b', text)]

    assert set(unused) <= states


def test_an_unknown_language_falls_back_as_letters_do() -> None:
    assert Words("nb", "page").language == "en"
    assert Words("da-DK", "page").language == "da"


def test_a_gap_is_never_shown() -> None:
    with pytest.raises(LetterFailed):
        Words("en", "page").say("until", date="")


def _flat(language: str) -> dict[tuple[str, str], str]:
    return {(section, key): text for section, texts in load(language).items() for key, text in texts.items()}
