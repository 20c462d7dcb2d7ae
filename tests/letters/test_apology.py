from __future__ import annotations

import dataclasses
import re

import pytest

from recovery.choices import ApologyPart, LetterKind, Stance
from recovery.errors import LetterFailed
from recovery.letters import render

from . import samples

each_language = pytest.mark.parametrize("language", samples.LANGUAGES)


@each_language
@pytest.mark.parametrize("stance", Stance)
def test_an_apology_fits_on_one_page(language: str, stance: Stance) -> None:
    rendered = render(samples.facts(LetterKind.APOLOGY, language, stance=stance))

    assert 40 <= rendered.word_count <= 170


@each_language
@pytest.mark.parametrize("stance", Stance)
def test_an_apology_begins_with_what_went_wrong_for_this_guest(language: str, stance: Stance) -> None:
    facts = samples.facts(LetterKind.APOLOGY, language, stance=stance)

    first = render(facts).blocks[1]

    assert first.lines[0].text.startswith(facts.wrong)
    assert first.part == ApologyPart.REGRET


@each_language
def test_responsibility_brings_all_six_components_in_order(language: str) -> None:
    parts = render(samples.facts(LetterKind.APOLOGY, language)).parts

    assert parts == (
        ApologyPart.REGRET,
        ApologyPart.RESPONSIBILITY,
        ApologyPart.EXPLANATION,
        ApologyPart.REPAIR,
        ApologyPart.REPENTANCE,
        ApologyPart.FORGIVENESS,
    )


@each_language
def test_regret_admits_nothing(language: str) -> None:
    facts = samples.facts(
        LetterKind.APOLOGY,
        language,
        stance=Stance.REGRET,
        explanation="It was our fault.",
        changes="New rules.",
    )

    rendered = render(facts)

    assert rendered.parts == (ApologyPart.REGRET, ApologyPart.REPAIR)
    assert not re.search(
        r"fault|mistake|responsib|let you down|fejl|ansvar|svigte|fehler|schuld|enttäusch|faute|erreur|déçue|"
        r"\berror|culpa|fallamos",
        rendered.text,
        re.IGNORECASE,
    )


@pytest.mark.parametrize(
    ("language", "sorry"),
    [
        ("en", "I am so sorry."),
        ("da", "Undskyld."),
        ("de", "Ich bitte Sie um Entschuldigung."),
        ("fr", "vous en demande pardon."),
        ("es", "le pido perdón."),
    ],
)
def test_responsibility_says_sorry_without_a_condition(language: str, sorry: str) -> None:
    assert sorry in " ".join(render(samples.facts(LetterKind.APOLOGY, language)).text.split())


@each_language
def test_what_nobody_wrote_leaves_no_gap(language: str) -> None:
    facts = samples.facts(
        LetterKind.APOLOGY,
        language,
        impact="",
        explanation="",
        repairs=(),
        changes="",
        own_sentence="",
        certificate=None,
    )
    facts = dataclasses.replace(facts, signatory=dataclasses.replace(facts.signatory, phone=""))

    rendered = render(facts)

    assert rendered.parts == (ApologyPart.REGRET, ApologyPart.RESPONSIBILITY, ApologyPart.FORGIVENESS)
    assert rendered.slots == ()
    assert "  " not in rendered.text.replace("\n  ", "\n")


def test_an_apology_that_names_no_wrong_is_held() -> None:
    with pytest.raises(LetterFailed, match="wrong is missing"):
        render(samples.facts(LetterKind.APOLOGY, "en", wrong=""))


def test_an_apology_without_a_stance_has_no_component() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "en", repairs=(), certificate=None)

    assert render(dataclasses.replace(facts, stance="")).parts == ()
