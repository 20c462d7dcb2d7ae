"""A letter beside itself: our words in the language of whoever reads, theirs as they were written."""

from __future__ import annotations

import dataclasses

import pytest

from recovery.choices import LetterKind, Stance
from recovery.letters import render
from recovery.letters.beside import Passage, Piece, in_language, passages
from recovery.letters.spoken import NAME, script
from recovery.letters.words import load_starters

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


def test_a_proposal_that_nobody_changed_is_our_own_and_told_in_both_languages() -> None:
    theirs, ours = load_starters("da"), load_starters("en")
    facts = dataclasses.replace(
        samples.facts(LetterKind.APOLOGY, "da"),
        wrong=theirs["wrong_noise"],
        impact="Du sov ikke hele natten.",
        own_sentence=f"{theirs['own_family']} Hils Ella. {theirs['thanks']}",
        repairs=(theirs["given_refund"].format(amount="412,00 DKK"), "Festen er flyttet."),
    )

    left = passages(render(facts).blocks, facts, "da")
    right = passages(in_language(facts, "en", title="General Manager"), facts, "en")

    for found in (left, right):
        assert {"Du sov ikke hele natten.", "Hils Ella.", "Festen er flyttet."} <= set(by_hand(found))
        assert not {theirs["wrong_noise"], ours["wrong_noise"]} & set(by_hand(found))
    told = flat(right)
    assert ours["wrong_noise"] in told
    assert theirs["wrong_noise"] not in told
    assert "412,00 DKK back to the card or account that you paid with" in told
    assert ours["own_family"] in told
    assert ours["thanks"] in told


def test_a_promise_with_a_date_in_words_stays_as_it_was_written() -> None:
    said = load_starters("da")["promise"].format(who="Tom Ridley", when="lørdag den 17. juli 2027 kl. 14.30")
    facts = dataclasses.replace(samples.facts(LetterKind.APOLOGY, "da"), repairs=(said,))

    right = passages(in_language(facts, "en", title="General Manager"), facts, "en")

    assert said in by_hand(right)


def test_words_that_only_look_like_ours_are_a_persons() -> None:
    facts = dataclasses.replace(
        samples.facts(LetterKind.APOLOGY, "da"), wrong="Du fortalte os om larmen under dit ophold og festen."
    )

    assert facts.wrong in by_hand(passages(render(facts).blocks, facts, "da"))
