"""What a letter may begin with: what the record knows, in every language, and nothing else."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import override_settings

from recovery.choices import (
    Category,
    GuestType,
    LetterFault,
    LetterKind,
    RemedyKey,
    Severity,
    Stance,
    ToneCode,
    ToneSeverity,
)
from recovery.letters import check_words, render
from recovery.letters.spoken import script
from recovery.letters.starter_words import KEYS
from recovery.letters.starters import Due, Gap, Given, Starter, StarterFacts, Way, starter
from recovery.letters.words import load_starters
from recovery.rules import tone
from recovery.rules.letter_check import Case, Draft, check_letter, language

from . import samples
from .test_words import templates, write

#: What we said back to the guest, and what it cost, as a record in that language has it.
TOLD = {
    "en": (
        "You waited forty minutes for a lift that never came.",
        "And so you missed the start of your meeting.",
    ),
    "da": (
        "Du ventede fyrre minutter på en elevator, der aldrig kom.",
        "Derfor gik du glip af starten på dit møde.",
    ),
    "de": (
        "Sie haben vierzig Minuten auf einen Aufzug gewartet, der nicht kam.",
        "Und so haben Sie den Beginn Ihres Termins verpasst.",
    ),
    "fr": (
        "Vous avez attendu quarante minutes un ascenseur qui ne venait pas.",
        "Et vous avez manqué le début de votre réunion.",
    ),
    "es": (
        "Usted esperó cuarenta minutos un ascensor que no llegaba.",
        "Y usted llegó tarde a su reunión.",
    ),
}  # fmt: skip
DONE = {
    "en": "The lift was repaired, and it takes you to your floor again.",
    "da": "Elevatoren er repareret, og den kører dig igen til din etage.",
    "de": "Der Aufzug ist repariert und fährt wieder bis zu Ihrer Etage.",
    "fr": "L'ascenseur est réparé et vous mène de nouveau à votre étage.",
    "es": "El ascensor está reparado y le lleva a usted de nuevo a su planta.",
}
#: What staff wrote about the guest, for each other.
NOTES = "Guest very upset, she says that the lift was broken and nobody came"
AT = dt.datetime(2027, 7, 17, 14, 30, tzinfo=dt.UTC)
#: Of a full record only the reason is still to be asked. A Danish letter greets by the first name.
STILL_OPEN = {LetterFault.MISSING_REASON, LetterFault.NO_NAME}
#: An empty record has nothing that was put right, and nobody knows what it cost.
STILL_OPEN_WHEN_BARE = STILL_OPEN | {
    LetterFault.BARE_APOLOGY,
    LetterFault.MISSING_REPAIR,
    LetterFault.IMPACT_MISSING,
}
each_language = pytest.mark.parametrize("code", samples.LANGUAGES)
each_stance = pytest.mark.parametrize("stance", Stance)


def facts_of(
    code: str, *, stance: Stance = Stance.REGRET, way: Way = Way.MAIL, rich: bool = True, **given: object
) -> StarterFacts:
    case = Case(
        language=code,
        category=Category.BROKEN_ROOM,
        severity=Severity.TOUCHED,
        stance=stance,
        guest_name="Maria Lindqvist",
        fault_open=stance == Stance.REGRET,
        restatement=TOLD[code][0] if rich else "",
        impact=TOLD[code][1] if rich else "",
        amounts=frozenset({(Decimal(412), "GBP"), (Decimal(40), "GBP")}) if rich else frozenset(),
        points=frozenset({Decimal(5000)}) if rich else frozenset(),
        promised=frozenset({AT.time()}) if rich else frozenset(),
    )
    rows = (
        Given(remedy=RemedyKey.REFUND, what="one night", face=Decimal(412), currency="GBP"),
        Given(remedy=RemedyKey.POINTS, what="points", face=Decimal(5000), currency="GBP", units=5000),
        Given(remedy=RemedyKey.DINNER, what="dinner", face=Decimal(40), currency="GBP"),
        Given(remedy=RemedyKey.FREE_NIGHT, what="1 free night(s)", face=Decimal(168), currency="GBP"),
    )
    facts = StarterFacts(
        case=case,
        way=way,
        guest_type=GuestType.FAMILY,
        solution=DONE[code] if rich else "",
        given=rows if rich else (),
        promises=(Due(who="Helen Marsh", at=AT),) if rich else (),
        guest_told_us=True,
    )
    return dataclasses.replace(facts, **given)  # type: ignore[arg-type]  # because the fields are named by the test


def recase(facts: StarterFacts, **changed: object) -> StarterFacts:
    return dataclasses.replace(facts, case=dataclasses.replace(facts.case, **changed))  # type: ignore[arg-type]  # as above


def sentences(begun: Starter) -> list[str]:
    lines = [begun.wrong, begun.impact, begun.explanation, begun.changes, begun.own_sentence, *begun.repairs]
    return [line for line in lines if line]


@each_language
@each_stance
@pytest.mark.parametrize("way", Way)
def test_every_proposal_is_a_letter_without_a_gap_a_blank_or_an_echo(
    code: str, stance: Stance, way: Way
) -> None:
    for kind, rich in itertools.product(GuestType, (True, False)):
        facts = facts_of(code, stance=stance, way=way, rich=rich, guest_type=kind)
        begun = starter(facts)
        letter = dataclasses.replace(
            samples.facts(LetterKind.APOLOGY, code, stance=stance),
            guest_name="Maria Lindqvist",
            guest_first_name="Maria",
            certificate=None,
            wrong=begun.wrong,
            impact=begun.impact,
            explanation=begun.explanation,
            repairs=begun.repairs,
            changes=begun.changes,
            own_sentence=begun.own_sentence,
        )
        made = script(letter) if way is Way.SPOKEN else render(letter)
        lines = [line.text for block in made.blocks for line in block.lines]

        assert begun.wrong, kind
        assert all(line.strip() == line and line for line in lines), (kind, lines)
        assert len(set(sentences(begun))) == len(sentences(begun)), kind
        assert "{" not in made.text and "}" not in made.text
        draft = Draft(text=made.text, own=tuple(sentences(begun)), parts=frozenset(made.parts))
        still_open = STILL_OPEN if rich else STILL_OPEN_WHEN_BARE
        found = [each for each in check_letter(draft, facts.case) if each.code not in still_open]
        assert found == [], (kind, rich, found)
        said = [
            each
            for text in sentences(begun)
            for each in tone.check_text(text, language=code, fault_open=True)
        ]
        assert said == [], (kind, rich, said)


@each_language
@each_stance
@pytest.mark.parametrize("category", Category)
def test_the_kind_of_failure_is_named_and_nobody_is_accused(
    code: str, stance: Stance, category: Category
) -> None:
    facts = recase(facts_of(code, stance=stance, rich=False), category=category)

    begun = starter(facts)

    if category is Category.OTHER:
        assert begun.wrong == ""
        assert [each.gap for each in begun.empty if each.part == "wrong"] == [Gap.NOTHING]
        return
    assert language.has_any(begun.wrong, language.wrongs(category, code))
    assert tone.check_text(begun.wrong, language=code, fault_open=True) == ()
    claimed = {ToneCode.C_RESP, ToneCode.C_EXPLAIN, ToneCode.C_REPENT, ToneCode.C_REPAIR, ToneCode.C_REGRET}
    assert claimed & tone.components(begun.wrong, code) == set()


@each_language
def test_what_was_said_to_the_guest_comes_before_the_kind(code: str) -> None:
    begun = starter(facts_of(code))

    assert (begun.wrong, begun.impact) == TOLD[code]
    assert begun.repairs[0] == DONE[code]
    assert "412" in begun.repairs[1]
    assert "5000" in begun.repairs[2]
    assert "Helen Marsh" in begun.repairs[-1]
    assert len(begun.repairs) == 5, "a certificate speaks for itself"


@each_language
def test_a_note_about_the_guest_or_in_another_language_never_becomes_a_sentence(code: str) -> None:
    facts = recase(facts_of(code, solution=NOTES), restatement=NOTES, impact=NOTES)

    begun = starter(facts)

    assert begun.wrong == load_starters(code)["wrong_broken_room"]
    assert begun.impact == ""
    assert NOTES not in " ".join(begun.repairs)
    expected = Gap.ABOUT if code == "en" else Gap.LANGUAGE
    noted = {each.part: (each.gap, each.noted) for each in begun.empty}
    assert [noted[part] for part in ("wrong", "impact", "repairs")] == [(expected, NOTES)] * 3


def test_a_german_she_is_not_a_polite_you() -> None:
    told = "Sie hat ihren Zug verpasst, und der Aufzug war defekt."

    begun = starter(recase(facts_of("de"), impact=told))

    assert begun.impact == ""
    assert [each.gap for each in begun.empty if each.part == "impact"] == [Gap.ABOUT]


def test_an_admission_waits_until_the_fault_is_decided() -> None:
    told = "You were turned away, and it was our mistake."

    open_still = starter(recase(facts_of("en"), restatement=told))
    decided = starter(recase(facts_of("en", stance=Stance.RESPONSIBILITY), restatement=told))

    assert open_still.wrong == "You told us that something was broken during your stay."
    assert Gap.ADMITS in [each.gap for each in open_still.empty if each.part == "wrong"]
    assert decided.wrong == told


@pytest.mark.parametrize(
    "told",
    (
        "You were charged £ 95 twice, and you paid it at the desk.",  # a figure that nobody approved
        "You should have told us when you came down to the desk.",
        "You were in room 9, and the guest of {name} was too loud.",
    ),
)
def test_what_no_letter_may_say_is_not_proposed(told: str) -> None:
    begun = starter(recase(facts_of("en"), restatement=told))

    assert begun.wrong != told
    assert [each.gap for each in begun.empty if each.part == "wrong"] == [Gap.REFUSED]


@each_stance
def test_what_happened_is_asked_and_never_copied(stance: Stance) -> None:
    begun = starter(facts_of("en", stance=stance))

    assert (begun.explanation, begun.changes) == ("", "")
    gap = Gap.PERSON if stance == Stance.RESPONSIBILITY else Gap.STANCE
    assert {each.gap for each in begun.empty if each.part in ("explanation", "changes")} == {gap}


def test_a_thing_that_has_no_words_in_the_language_is_asked_for() -> None:
    fruit = Given(remedy=RemedyKey.AMENITY, what="Frugt på værelset", face=Decimal(9), currency="GBP")

    begun = starter(facts_of("en", given=(fruit,), solution="", promises=()))

    assert begun.repairs == ()
    assert [(each.gap, each.noted) for each in begun.empty if each.part == "repairs"] == [
        (Gap.LANGUAGE, "Frugt på værelset")
    ]


def test_what_was_granted_in_the_guests_words_stays_in_them() -> None:
    row = Given(
        remedy=RemedyKey.DINNER, what="Dinner for you and your friends", face=Decimal(40), currency="GBP"
    )

    assert starter(facts_of("en", given=(row, row))).repairs.count(row.what) == 1


@each_language
def test_nobodys_body_is_spoken_of_unasked(code: str) -> None:
    plain = starter(facts_of(code, guest_type=GuestType.UNKNOWN))

    assert starter(facts_of(code, guest_type=GuestType.ACCESSIBLE)) == plain


def test_only_a_mail_in_a_guessed_language_has_the_first_sentence_in_english() -> None:
    guessed = facts_of("da", language_is_guess=True)

    english = starter(guessed).wrong_in_english

    assert english == "You told us that something was broken during your stay."
    assert starter(dataclasses.replace(guessed, way=Way.PAPER)).wrong_in_english == ""
    assert starter(facts_of("da")).wrong_in_english == ""
    assert starter(facts_of("en", language_is_guess=True)).wrong_in_english == ""


def test_who_did_not_come_to_us_is_not_thanked_for_it() -> None:
    begun = starter(facts_of("en", guest_told_us=False, guest_type=GuestType.UNKNOWN))

    assert begun.own_sentence == ""
    assert [each.gap for each in begun.empty if each.part == "own_sentence"] == [Gap.PERSON]


def test_the_same_facts_give_the_same_proposal() -> None:
    assert starter(facts_of("fr")) == starter(facts_of("fr"))


@each_language
def test_every_starter_is_there_and_used(code: str) -> None:
    assert load_starters(code).keys() == KEYS.keys()


@override_settings(RECOVERY={"LANGUAGES": ("en",)})
def test_the_check_of_the_words_reads_the_starters_and_what_is_spoken(tmp_path: Path) -> None:
    write(tmp_path, "en/starters.txt", "wrong_noise: You told {us}.\npromise: {who} does it.\nodd: x")
    write(tmp_path, "en/spoken_apology.txt", "[regret]\nSorry about {nothing}.")

    with override_settings(TEMPLATES=templates(tmp_path)):
        problems = check_words()

    assert "en/starters.txt: wrong_noise cannot use {us}" in problems
    assert "en/starters.txt: promise needs {when}" in problems
    assert "en/starters.txt: nothing asks for odd" in problems
    assert "en/starters.txt: thanks is missing" in problems
    assert "en/spoken_apology.txt: unknown placeholder {nothing}" in problems
    assert any("nothing is marked [repair]" in problem for problem in problems)


@each_language
@each_stance
def test_what_is_said_has_the_parts_of_what_is_written(code: str, stance: Stance) -> None:
    facts = samples.facts(LetterKind.APOLOGY, code, stance=stance)

    said = script(facts)

    assert set(render(facts).parts) - set(said.parts) == set()
    found = tone.check_text(said.text, language=code, fault_open=stance == Stance.REGRET)
    assert [each for each in found if each.severity == ToneSeverity.BLOCK] == []
