"""A letter beside itself: our words in the language of whoever reads, theirs as they were written."""

from __future__ import annotations

import dataclasses

import pytest

from recovery.choices import LetterKind, Stance
from recovery.letters import render
from recovery.letters.beside import Passage, Piece, in_language, passages
from recovery.letters.spoken import NAME, script

from . import samples


def flat(found: tuple[Passage, ...]) -> str:
    return "\n".join(piece.text for passage in found for line in passage.lines for piece in line)


def by_hand(found: tuple[Passage, ...]) -> list[str]:
    return [piece.text for passage in found for line in passage.lines for piece in line if piece.by_hand]


@pytest.mark.parametrize("stance", Stance)
@pytest.mark.parametrize("mine", samples.LANGUAGES)
@pytest.mark.parametrize("theirs", samples.LANGUAGES)
def test_what_was_written_by_hand_stands_in_both_and_is_marked(
    theirs: str, mine: str, stance: Stance
) -> None:
    facts = samples.facts(LetterKind.APOLOGY, theirs, stance=stance)

    left = passages(render(facts).blocks, facts, theirs)
    right = passages(in_language(facts, mine, title="–"), facts, mine)

    for found in (left, right):
        for words in (facts.wrong, *facts.repairs):
            assert words in by_hand(found), words
        assert "\ue000" not in flat(found)
    own = samples.facts(LetterKind.APOLOGY, mine, stance=stance)
    greeting = render(own).blocks[0].lines[0].text.replace(own.guest_name, facts.guest_name)
    assert right[0].lines[0][0].text == greeting.replace(own.guest_first_name, facts.guest_first_name)


def test_dates_and_titles_are_told_in_the_language_of_the_page() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "da")

    told = flat(passages(in_language(facts, "en", title="General Manager"), facts, "en"))

    assert "General Manager" in told
    assert "direktør" not in told
    assert "night" in told


def test_what_is_said_stands_beside_itself_too() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "fr")

    left = passages(script(facts).blocks, facts, "fr")
    right = passages(in_language(facts, "en", title="General Manager", spoken=NAME), facts, "en")

    assert by_hand(left) == by_hand(right)
    assert "The mistake is ours, and ours alone." in flat(right)


def test_the_longer_of_two_sentences_is_found_first() -> None:
    facts = dataclasses.replace(
        samples.facts(LetterKind.APOLOGY, "en"), wrong="The lift stood still.", impact="The lift"
    )

    found = passages(render(facts).blocks, facts, "en")

    assert Piece("The lift stood still.", by_hand=True) in found[1].lines[0]


def test_the_lines_at_the_end_of_every_mail_are_left_out() -> None:
    facts = samples.facts(LetterKind.APOLOGY, "da")

    told = passages(in_language(facts, "en", title="General Manager"), facts, "en")

    assert {passage.layout for passage in told} & {"address", "small"} == set()
    assert "Our reference" not in flat(told)
    assert facts.house.email not in "".join(piece.text for line in told[-1].lines for piece in line)
