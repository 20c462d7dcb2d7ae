"""A letter held against the record, rule by rule; the wrong ones are those that are really written."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest

from recovery.choices import ApologyPart, Category, LetterFault, Severity, Stance, ToneSeverity
from recovery.rules.letter_check import Case, Draft, check_letter, language, reasons

CASE = Case(
    language="en",
    category=Category.NOISE,
    severity=Severity.TOUCHED,
    stance=Stance.RESPONSIBILITY,
    guest_name="Daniel Whitfield",
    restatement="The music from the bar kept us awake until two, before the christening.",
    impact="No sleep before the christening of their son.",
    amounts=frozenset({(Decimal("184.50"), "GBP")}),
    points=frozenset({Decimal(8000)}),
    shares=frozenset({Decimal(20)}),
    promised=frozenset({dt.time(14, 0)}),
    known=frozenset({dt.time(1, 30), dt.time(21, 40)}),
    rooms=frozenset({"214"}),
)
LETTER = (
    "Dear Daniel Whitfield,\n\n"
    "The music from our bar kept you awake until 1:30, the night before your son's christening. "
    "I am so sorry.\n\n"
    "This was our mistake: we had promised you a quiet room and gave you 214, above the bar.\n\n"
    "We have refunded £184.50 to your card, and I ring you by 14:00 to hear whether it has come. "
    "From today no guest with a child sleeps above the bar.\n\n"
    "Helen Marsh"
)
OWN = ("The music from our bar kept you awake until 1:30, the night before your son's christening.",)


def codes(text: str = LETTER, *, own: tuple[str, ...] = OWN, **changes: Any) -> set[str]:
    draft = Draft(text=text, own=own, parts=changes.pop("parts", frozenset()))
    return {str(each.code) for each in check_letter(draft, dataclasses.replace(CASE, **changes))}


def without(sentence: str) -> str:
    assert sentence in LETTER
    return LETTER.replace(sentence, "")


def test_a_letter_that_is_meant_has_nothing_to_say_against_it() -> None:
    assert codes() == set()


def test_sorry_and_nothing_else_is_no_letter() -> None:
    found = codes("I'm sorry.", own=())

    assert {"BARE_APOLOGY", "WRONG_NOT_NAMED", "NO_NAME", "TEMPLATE_ONLY"} <= found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (without("I am so sorry."), "MISSING_REGRET"),
        (
            without(
                "This was our mistake: we had promised you a quiet room and gave you 214, above the bar."
            ),
            "MISSING_RESP",
        ),
        (LETTER.replace("£184.50", "£184.00"), "AMOUNT_NOT_ON_CASE"),
        (LETTER.replace("£184.50", "€184.50"), "AMOUNT_NOT_ON_CASE"),
        (LETTER + " I have added 5,000 points.", "AMOUNT_NOT_ON_CASE"),
        (LETTER + " That is 25 % of the night.", "AMOUNT_NOT_ON_CASE"),
        (LETTER.replace("by 14:00", "by 15:00"), "TIME_NOT_ON_CASE"),
        (LETTER.replace("until 1:30", "until 3:30"), "TIME_NOT_ON_CASE"),
        (LETTER.replace("Daniel Whitfield", "Guest"), "NO_NAME"),
        (LETTER + " We hope that {guest_wish} suits you.", "PLACEHOLDER_LEFT"),
        (LETTER + " Kind regards, [NAME]", "PLACEHOLDER_LEFT"),
        (LETTER + " The party in room 305 has left.", "OTHER_GUEST"),
        ("We moved the bar.\n\n" + LETTER.replace("The music from our bar", "It"), "WRONG_NOT_NAMED"),
    ],
)
def test_one_thing_wrong_is_named(text: str, code: str) -> None:
    if code == "WRONG_NOT_NAMED":
        text = (
            text.replace("quiet room", "good room")
            .replace("kept you awake", "took you")
            .replace("sleeps", "stays")
        )
    assert code in codes(text)


def test_a_time_that_was_promised_is_no_time_that_has_been() -> None:
    assert "TIME_NOT_ON_CASE" in codes(LETTER.replace("by 14:00", "by 21:40"))
    assert "TIME_NOT_ON_CASE" not in codes(LETTER + " You told us at 21:42.")


def test_a_guest_is_named_nowhere_in_another_ones_letter() -> None:
    assert "OTHER_GUEST" in codes(LETTER + " Mr Okonkwo celebrated.", other_guests=("Okonkwo",))
    assert "OTHER_GUEST" not in codes(LETTER, other_guests=("Okonkwo", "Mars"))


def test_regret_admits_nothing() -> None:
    found = codes(stance=Stance.REGRET, fault_open=True)

    assert "STANCE_ADMITS" in found
    assert "MISSING_RESP" not in found


def test_what_the_template_marks_counts() -> None:
    text = without("I am so sorry.")

    assert "MISSING_REGRET" not in codes(text, parts=frozenset({ApologyPart.REGRET}))


@pytest.mark.parametrize(
    ("own", "severity", "expected"),
    [
        (("We value every guest who stays with us.",), Severity.TOUCHED, True),
        (("Your son's christening deserved a night of sleep.",), Severity.TOUCHED, False),
        (("We value every guest who stays with us.",), Severity.IMPAIRED, False),
    ],
)
def test_one_sentence_is_for_this_guest_alone(
    own: tuple[str, ...], severity: Severity, expected: bool
) -> None:
    assert ("TEMPLATE_ONLY" in codes(own=own, severity=severity)) is expected


def test_who_knows_nothing_of_the_loss_cannot_write_of_it() -> None:
    assert "IMPACT_MISSING" in codes(restatement="", impact="")


@pytest.mark.parametrize(
    ("severity", "reader", "signed", "expected"),
    [
        (Severity.TOUCHED, "", False, set()),
        (Severity.LOST, "", False, {"NEEDS_SECOND_READER"}),
        (Severity.LOST, "Tom Ridley", False, set()),
        (Severity.GRAVE, "Tom Ridley", False, {"NEEDS_GM"}),
        (Severity.GRAVE, "Tom Ridley", True, set()),
    ],
)
def test_who_must_have_read_and_signed(
    severity: Severity, reader: str, signed: bool, expected: set[str]
) -> None:
    assert codes(severity=severity, second_reader=reader, signed_by_general_manager=signed) == expected


def test_the_same_text_twice_is_no_second_letter() -> None:
    assert codes(had_this_text=True) == {"SAME_TEXT_AGAIN"}


def test_danish_says_undskyld_where_it_was_ours() -> None:
    letter = (
        "Kære Mette Holm\n\nVi beklager larmen fra baren. "
        "Det var vores fejl: vi gav dig værelset over baren.\n\n"
        "Vi refunderer 1.250,00 kr. i dag. Fra i dag sover ingen over baren."
    )
    given: dict[str, Any] = {
        "language": "da",
        "guest_name": "Mette Holm",
        "amounts": frozenset({(Decimal(1250), "DKK")}),
        "severity": Severity.IMPAIRED,
    }

    assert codes(letter, own=(), **given) == {"DA_ONLY_BEKLAGER"}
    assert codes(letter.replace("Vi beklager larmen", "Undskyld for larmen"), own=(), **given) == set()


def test_two_languages_in_one_letter_are_seen() -> None:
    mixed = ("Vi er kede af, at det var så højt, og at I ikke kunne sove.",)

    assert "LANGUAGE_MIX" in codes(own=(*OWN, *mixed))
    assert "LANGUAGE_MIX" not in codes(own=(*OWN, "Hotel Sønder Strand, Skagen, Danmark, og Kaffebar."))


def test_sorry_comes_before_why() -> None:
    first = "Here is what happened: the boiler stopped at five in the morning. "
    assert "EXPLAINS_FIRST" in codes(LETTER.replace("The music", first + "The music", 1), known=CASE.known)


def test_every_fault_is_explained_in_both_languages() -> None:
    for fault in LetterFault:
        english, danish = reasons.of(fault, "en"), reasons.of(fault, "da")
        assert all(english)
        assert all(danish)
        assert english != danish


def test_every_kind_of_failure_has_its_words_in_every_language() -> None:
    for code in language.LANGUAGES:
        text = (resources.files("recovery") / "rules" / "letter_check" / "words" / f"{code}.toml").read_text(
            "utf-8"
        )
        words = tomllib.loads(text)
        assert set(words) == {category.value for category in Category}
        assert all(words[category] for category in words if category != Category.OTHER)


def test_what_warns_does_not_stop_a_letter() -> None:
    found = check_letter(Draft(text=LETTER.replace("Daniel Whitfield", "Guest"), own=OWN), CASE)

    assert [(each.code, each.severity) for each in found] == [(LetterFault.NO_NAME, ToneSeverity.WARN)]
