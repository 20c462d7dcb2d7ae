"""Which parts of an apology light up: what is there, what is needed, and nothing about how good it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from recovery.choices import ApologyPart, Category, Severity, Stance
from recovery.rules.letter_check import Case, Draft, Light, Need, Part, lights


def case_of(**changed: object) -> Case:
    facts: dict[str, object] = {
        "language": "en",
        "category": Category.NOISE,
        "severity": Severity.TOUCHED,
        "stance": Stance.RESPONSIBILITY,
        "guest_name": "Maria Lindqvist",
        "restatement": "You lay awake until four.",
        "impact": "You missed the train to Leeds.",
    }
    return Case(**{**facts, **changed})  # type: ignore[arg-type]  # because the fields are named by the test


def lit(text: str, case: Case | None = None, **given: object) -> dict[Part, Light]:
    draft = Draft(text=text, own=(text,))
    return {light.part: light for light in lights(draft, case or case_of(), **given)}  # type: ignore[arg-type]  # as above


def test_nothing_is_lit_before_anything_is_written() -> None:
    found = lit("")

    assert not any(light.is_lit for light in found.values())
    assert {part for part, light in found.items() if light.is_open} == {
        Part.NAMED,
        Part.REGRET,
        Part.RESPONSIBILITY,
        Part.REPAIR,
        Part.OWN,
    }


def test_each_part_shows_the_sentence_that_has_it() -> None:
    found = lit(
        "I am so sorry that you had to hear the noise until four. This was our mistake. "
        "We have refunded the night in full. Thank you for telling us.\nYou missed the train to Leeds."
    )

    assert found[Part.NAMED].words == "I am so sorry that you had to hear the noise until four."
    assert found[Part.REGRET].words == found[Part.NAMED].words
    assert found[Part.RESPONSIBILITY].words == "This was our mistake."
    assert found[Part.REPAIR].words == "We have refunded the night in full."
    assert found[Part.THANKS].words == "Thank you for telling us."
    assert found[Part.OWN].is_lit
    assert not any(light.is_open for light in found.values())


def test_an_apology_that_takes_itself_back_lights_nothing() -> None:
    assert not lit("I am sorry, but the bar closes at four.")[Part.REGRET].is_lit


@pytest.mark.parametrize("text", ("", "This was our mistake."))
def test_while_fault_is_open_an_admission_is_what_is_left_to_do(text: str) -> None:
    found = lit(text, case_of(stance=Stance.REGRET, fault_open=True))

    assert found[Part.RESPONSIBILITY].need is Need.MUST_NOT
    assert found[Part.RESPONSIBILITY].is_open is bool(text)
    assert found[Part.EXPLANATION].need is Need.MAY


def test_what_happened_or_what_changes_one_is_enough() -> None:
    found = lit("")

    assert {found[Part.EXPLANATION].need, found[Part.REPENTANCE].need} == {Need.ONE_OF}


def test_the_templates_own_words_count_as_their_own_part_only() -> None:
    ours = "What happened to you has changed how we work. Every key is now tried."
    draft = Draft(text=ours, own=("Every key is now tried.",), parts=frozenset({ApologyPart.REPENTANCE}))

    plain = {light.part: light for light in lights(draft, case_of())}
    marked = {
        light.part: light for light in lights(draft, case_of(), marked=[(ApologyPart.REPENTANCE, ours)])
    }

    assert plain[Part.EXPLANATION].is_lit
    assert not marked[Part.EXPLANATION].is_lit
    assert marked[Part.REPENTANCE].is_lit


def test_a_part_that_the_template_marks_is_there_in_any_words() -> None:
    draft = Draft(text="Das haben wir getan.", parts=frozenset({ApologyPart.REPAIR}))

    found = {light.part: light for light in lights(draft, case_of(language="de"))}

    assert found[Part.REPAIR].is_lit


def test_what_was_given_is_looked_for_only_where_something_was() -> None:
    given = case_of(amounts=frozenset({(Decimal(84), "GBP")}))

    assert Part.OFFER not in lit("")
    assert not lit("We pay back £ 48.", given)[Part.OFFER].is_lit
    assert lit("We pay back £ 84.", given)[Part.OFFER].is_lit
    assert lit("", has_certificate=True)[Part.OFFER].is_lit


def test_a_kind_of_failure_without_words_of_its_own_is_not_asked_for() -> None:
    assert Part.NAMED not in lit("", case_of(category=Category.OTHER))


def test_below_severity_three_no_sentence_for_this_guest_alone_is_needed() -> None:
    assert lit("", case_of(severity=Severity.IMPAIRED))[Part.OWN].need is Need.MAY


@pytest.mark.parametrize("language", ("en", "da", "de", "fr", "es"))
def test_every_language_lights_up(language: str) -> None:
    sorry = {
        "en": "I am so sorry. This was our mistake.",
        "da": "Undskyld, jeg er virkelig ked af det. Det var vores fejl.",
        "de": "Es tut mir von Herzen leid, dass Sie warten mussten. Das war unser Fehler.",
        "fr": "Je le regrette sincèrement. C'est notre erreur.",
        "es": "Siento muchísimo que haya esperado. Fue un error nuestro.",
    }[language]

    found = lit(sorry, case_of(language=language))

    assert found[Part.REGRET].is_lit
    assert found[Part.RESPONSIBILITY].is_lit
