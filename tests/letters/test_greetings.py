"""Nobody is taken for a man or a woman: neither the guest nor whoever signs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recovery.choices import LetterKind
from recovery.letters import render

from . import samples

ROOT = Path(__file__).resolve().parents[2] / "recovery"
each_language = pytest.mark.parametrize("language", samples.LANGUAGES)

#: Words that would be right for one half of the guests, or of those who sign.
GENDERED = {
    "en": r"\b(mr|mrs|ms|miss|sir|madam|he|she|his|her|him)\b",
    "da": r"\b(hr|fru|frk|frøken|han|hun|hans|hendes)\b",
    "de": r"\b(herrn?|frau|(sehr )?geehrte[rs]?|liebe[rs]? (gast|gäste)|einer von uns)\b",
    "fr": (
        r"\b(madame|monsieur|mademoiselle|mme|cher|chère|chers|désolée?s?|confuse?|navrée?s?|l'un de nous|"
        r"directeur|directrice|bienvenue?s?)\b|\(e\)|·e"
    ),
    "es": (
        r"\b(señora?|sra?|estimad[oa]s?|querid[oa]s?|apreciad[oa]s?|bienvenid[oa]s?|encantad[oa]|director|"
        r"directora|invitad[oa]|uno de nosotros)\b|/a\b|\(a\)"
    ),
}
GREETINGS = {
    "en": "Dear {name},",
    "da": "Kære {first}",
    "de": "Guten Tag {name},",
    "fr": "Bonjour {name},",
    "es": "Buenos días, {name}:",
}


@each_language
@pytest.mark.parametrize("kind", LetterKind)
def test_a_greeting_is_the_name_and_nothing_else(kind: LetterKind, language: str) -> None:
    facts = samples.facts(kind, language)

    greeting = render(facts).blocks[0]

    assert greeting.layout == "greeting"
    expected = GREETINGS[language].format(name=facts.guest_name, first=facts.guest_first_name)
    assert [line.text for line in greeting.lines] == [expected]


@each_language
def test_no_word_guesses_who_is_a_man_and_who_a_woman(language: str) -> None:
    letters = (ROOT / "templates" / "recovery" / "letters" / language).glob("*.txt")
    # What colleagues read about each other is none of the guest's.
    pages = (
        (ROOT / "guest" / "words" / f"{language}.toml").read_text(encoding="utf-8").partition("[answer]")[0]
    )
    texts = [path.read_text(encoding="utf-8") for path in letters]
    lines = [line for text in (*texts, pages) for line in text.splitlines() if not line.startswith("#")]

    assert [line for line in lines if re.search(GENDERED[language], line, re.IGNORECASE)] == []


@each_language
def test_every_role_that_signs_has_a_title_for_anybody(language: str) -> None:
    phrases = (ROOT / "templates" / "recovery" / "letters" / language / "phrases.txt").read_text(
        encoding="utf-8"
    )

    titles = re.findall(r"^title_\w+: (.+)$", phrases, re.MULTILINE)

    assert len(titles) == 5
    assert not [title for title in titles if re.search(r"(eur|rice|in|or|ora)$", title) and language != "en"]
