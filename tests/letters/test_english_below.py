"""A language that is only a guess: the guest's text first, the English one below."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from recovery.choices import LetterKind, Stance
from recovery.letters import EnglishFacts, LetterFacts, Rendered, fill, render

from . import samples
from .test_letters import Page

OTHERS = [code for code in samples.LANGUAGES if code != "en"]
ENGLISH = EnglishFacts(
    signatory_title="General Manager",
    answer_by="Sunday 18 July 2027 at 10:30",
    promise_by="Monday 19 July at 9:00",
)
each_letter = pytest.mark.parametrize(
    ("kind", "language"), [(kind, code) for kind in LetterKind for code in OTHERS]
)


def guessed(kind: LetterKind, language: str) -> LetterFacts:
    return dataclasses.replace(samples.facts(kind, language), english_below=ENGLISH)


@each_letter
def test_the_guests_text_comes_first_and_the_english_below_a_line(kind: LetterKind, language: str) -> None:
    facts = guessed(kind, language)
    alone = render(samples.facts(kind, language))

    rendered = render(facts)
    hint, first, english = re.fullmatch(
        r"(\(English below\)\n\n)(.+)-{76}\n\n(.+)", rendered.text, re.DOTALL
    ).groups()  # type: ignore[union-attr]  # because a text without the line fails here, too

    assert hint
    assert first.strip() == alone.text.strip()
    assert english.startswith(f"Dear {facts.guest_name},")
    assert "Yours sincerely," in english
    assert "General Manager" in english
    assert facts.signatory.title not in english
    assert rendered.subject == alone.subject


@each_letter
def test_both_stand_in_the_page_each_in_its_language(kind: LetterKind, language: str) -> None:
    html = render(guessed(kind, language)).html
    page = Page(html)

    assert dict(page.tags)["html"]["lang"] == language
    assert [attrs["lang"] for tag, attrs in page.tags if tag == "td" and attrs.get("lang")]
    first, second = html.index('class="r-text"'), html.index("Dear ")
    assert first < second
    assert html.count("English below") == 1
    assert len(html.encode()) < 100_000  # Gmail cuts longer mails off


@each_letter
def test_there_is_one_thing_to_do_and_one_address(kind: LetterKind, language: str) -> None:
    facts = guessed(kind, language)
    rendered = render(facts)

    links = {attrs["href"] for tag, attrs in Page(rendered.html).tags if tag == "a"}
    assert len([href for href in links if href and "stop_link" not in href]) <= 1
    assert rendered.text.count(facts.house.legal_line) == 1
    assert rendered.slots == render(samples.facts(kind, language)).slots


@pytest.mark.parametrize("kind", LetterKind)
def test_english_is_never_doubled(kind: LetterKind) -> None:
    doubled = guessed(kind, "en")

    assert render(doubled) == render(samples.facts(kind, "en"))
    # What we cannot write is written in the first language that we can.
    assert render(dataclasses.replace(doubled, language="tlh")).english == ()


def test_a_receipt_says_in_english_by_when() -> None:
    english = render(guessed(LetterKind.RECEIPT, "da")).text.partition("-" * 76)[2]

    assert "answer you by Sunday 18 July 2027 at 10:30." in " ".join(english.split())
    assert "søndag" not in english


@pytest.mark.parametrize("stance", Stance)
def test_what_is_counted_and_checked_is_the_guests_text(stance: Stance) -> None:
    facts = samples.facts(LetterKind.APOLOGY, "da", stance=stance)
    alone, both = render(facts), render(dataclasses.replace(facts, english_below=ENGLISH))

    assert (both.word_count, both.parts, both.blocks) == (alone.word_count, alone.parts, alone.blocks)
    assert both.body_hash != alone.body_hash


def test_a_frozen_letter_keeps_its_english() -> None:
    facts = guessed(LetterKind.APOLOGY, "da")
    rendered = render(facts)
    stored = json.loads(json.dumps(rendered.freeze(facts)))

    thawed = Rendered.thaw(subject=rendered.subject, text=rendered.text, html=rendered.html, frozen=stored)

    assert thawed == rendered
    assert LetterFacts.from_json(stored) == facts
    filled = fill(thawed, samples.SECRETS)
    assert filled.text.count(samples.SECRETS["certificate_code"]) == 2


def test_a_letter_frozen_before_there_was_english_below_is_as_it_was() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "da")
    rendered = render(facts)
    stored = rendered.freeze(facts)
    del stored["english"], stored["english_below"]

    thawed = Rendered.thaw(subject=rendered.subject, text=rendered.text, html=rendered.html, frozen=stored)

    assert thawed == rendered


@pytest.mark.parametrize("stance", Stance)
def test_with_the_wrong_in_english_nothing_is_mixed(stance: Stance) -> None:
    facts = samples.facts(LetterKind.APOLOGY, "da", stance=stance)
    both = dataclasses.replace(
        facts, english_below=ENGLISH, wrong_in_english="You had no room, two hours before the wedding."
    )

    danish, _line, english = " ".join(render(both).text.split()).partition("-" * 76)

    assert "You had no room, two hours before the wedding. I am" in english
    for sentence in (facts.wrong, facts.impact, facts.own_sentence, *facts.repairs):
        assert sentence in danish
        assert sentence not in english
