"""The contract as data: whole, without contradictions, and held against the words."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery.choices import LetterKind, MailMode, PartyRight
from recovery.letters.placeholders import ALLOWED, values
from recovery.letters.words import load
from recovery.rules.mail_contract import CONTRACT, MISSING, speaks_of_a_promise
from tests.letters import samples

KINDS = list(LetterKind)
#: Rows of the contract that the limits name by number.
FREE_OF_COUNTS = {1, 18, 19}
FREE_OF_PERSON = {1, 10, 15, 18, 19}
ANY_HOUR = {1, 3, 9, 10, 18, 19}


def numbers(name: str) -> set[int]:
    return {row.number for row in CONTRACT.values() if getattr(row, name)}


def test_every_row_has_its_own_number() -> None:
    """A number and who sends it: the question and the news each have one that goes by itself, too."""
    assert len({(row.number, row.mode) for row in CONTRACT.values()}) == len(CONTRACT) == len(LetterKind)


def test_the_exemptions_are_those_of_the_limits() -> None:
    assert numbers("exempt_from_counts") == FREE_OF_COUNTS
    assert numbers("exempt_from_person") == FREE_OF_PERSON
    assert numbers("any_hour") == ANY_HOUR


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_text_must_contain_can_stand_in_its_words_and_does(kind: LetterKind) -> None:
    facts = set(CONTRACT[kind].facts)

    assert facts <= ALLOWED[kind]
    for language in samples.LANGUAGES:
        words = load(kind, language)
        written = "\n".join(line for paragraph in words.paragraphs for line in paragraph.lines)
        assert {fact for fact in facts if "{" + fact not in written} == set()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", samples.LANGUAGES)
def test_the_sample_of_every_text_is_whole(kind: LetterKind, language: str) -> None:
    found = values(samples.facts(kind, language), language)

    assert [fact for fact in CONTRACT[kind].facts if not found[fact]] == []


def test_a_missing_fact_has_a_name_wherever_it_can_be_missing() -> None:
    spoken = {fact for row in CONTRACT.values() if row.mode is not MailMode.AUTO for fact in row.facts}

    assert {fact for fact in spoken if not fact.startswith(("walk_", "certificate_"))} <= set(MISSING)


@pytest.mark.parametrize("kind", KINDS)
def test_only_a_draft_that_can_go_by_itself_has_a_time_in_which_to_stop_it(kind: LetterKind) -> None:
    row = CONTRACT[kind]

    assert (row.veto > dt.timedelta(0)) is (row.mode is MailMode.VETO)


def test_money_goes_to_who_may_have_it_and_a_code_to_who_may_have_the_certificate() -> None:
    assert CONTRACT[LetterKind.PAYMENT_DONE].right is PartyRight.MONEY
    assert CONTRACT[LetterKind.CERTIFICATE].right is PartyRight.CERTIFICATE
    assert CONTRACT[LetterKind.APOLOGY].right is PartyRight.APOLOGY


def test_texts_that_name_who_keeps_a_promise() -> None:
    assert {kind for kind in KINDS if speaks_of_a_promise(kind)} == {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.AGREED,
        LetterKind.UPDATE,
        LetterKind.NO_NEWS,
        LetterKind.DELAY,
    }
