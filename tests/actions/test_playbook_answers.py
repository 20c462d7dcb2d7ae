"""What the guest answered: structured, asked once, never put into a letter by itself (S2-11)."""

from __future__ import annotations

import pytest

from recovery import actions
from recovery.actions.playbook_answers import questions_of
from recovery.choices import Category
from recovery.errors import NoQuestions, TextMissing, TextTooLong, UnknownChoice
from recovery.models import Complaint, Letter
from tests import factories as make
from tests.factories import House

from . import calls, travel


@pytest.fixture
def cut(quay: House) -> Complaint:
    return make.make_complaint(house=quay, category=Category.POWER)


def answers(complaint: Complaint) -> dict[str, str]:
    return {fact["key"]: fact["answer"] for fact in Complaint.objects.get(pk=complaint.pk).answers}


def test_an_answer_is_kept_with_its_question_who_asked_and_when(quay: House, cut: Complaint) -> None:
    actions.record_answers(complaint=cut, by=quay.by_desk, answers={"stopped": "I could not dry my hair"})

    (fact,) = Complaint.objects.get(pk=cut.pk).answers
    assert fact == {
        "key": "stopped",
        "question": "What did it stop you from doing?",
        "answer": "I could not dry my hair",
        "starts": "impact",
        "playbook": "P02",
        "by": "Asha Patel",
        "at": travel.now().isoformat(),
    }


def test_a_second_answer_replaces_the_first_and_the_others_stay(quay: House, cut: Complaint) -> None:
    actions.record_answers(complaint=cut, by=quay.by_desk, answers={"when": "at six", "needs_power": "No"})

    actions.record_answers(complaint=cut, by=quay.by_manager, answers={"when": "before six", "stopped": ""})

    assert answers(cut) == {"needs_power": "no", "when": "before six"}


def test_an_answer_that_is_sent_again_stays_with_whoever_heard_it(quay: House, cut: Complaint) -> None:
    actions.record_answers(complaint=cut, by=quay.by_desk, answers={"when": "at six"})

    actions.record_answers(complaint=cut, by=quay.by_manager, answers={"when": "at six", "help": "a lamp"})
    actions.record_answers(complaint=cut, by=quay.by_manager, answers={"when": "at six"})

    facts = Complaint.objects.get(pk=cut.pk).answers
    assert {fact["key"]: fact["by"] for fact in facts} == {"when": "Asha Patel", "help": "Tom Ridley"}
    assert cut.timeline.filter(kind="answers.recorded").count() == 2


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"colour": "blue"}, UnknownChoice),
        ({"needs_power": "perhaps"}, UnknownChoice),
        ({"when": " "}, TextMissing),
        ({}, TextMissing),
        ({"when": "x" * 501}, TextTooLong),
    ],
)
def test_what_answers_nothing_is_refused(
    quay: House, cut: Complaint, given: dict[str, str], refusal: type[Exception]
) -> None:
    before = calls.contents()

    with pytest.raises(refusal):
        actions.record_answers(complaint=cut, by=quay.by_desk, answers=given)

    assert calls.contents() == before


def test_a_figure_is_a_figure(quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    with pytest.raises(UnknownChoice):
        actions.record_answers(complaint=complaint, by=quay.by_desk, answers={"with_you": "two"})

    actions.record_answers(complaint=complaint, by=quay.by_desk, answers={"with_you": "2"})

    assert answers(complaint) == {"with_you": "2"}


def test_without_a_playbook_there_is_nothing_to_ask(quay: House) -> None:
    complaint = make.make_complaint(house=quay, category=Category.OTHER)

    with pytest.raises(NoQuestions):
        actions.record_answers(complaint=complaint, by=quay.by_desk, answers={"when": "now"})


def test_two_playbooks_ask_the_same_question_once(quay: House, cut: Complaint) -> None:
    complaint = actions.run_overlay(complaint=cut, by=quay.by_desk, overlay="P15")

    asked = list(questions_of(complaint))

    assert len(asked) == len(set(asked))
    assert {"scope", "since_then", "stopped"} <= set(asked)


def test_the_questions_are_there_in_danish(cut: Complaint) -> None:
    assert questions_of(cut, "da")["when"]["text"] == "Hvornår begyndte det?"
    assert questions_of(cut, "fr")["when"]["text"] == "When did it begin?"


def test_nothing_of_it_goes_into_a_letter_by_itself(quay: House, cut: Complaint) -> None:
    actions.record_answers(complaint=cut, by=quay.by_desk, answers={"stopped": "Zebra crossing"})

    make.make_apology(house=quay, complaint=cut, nights=0, words=make.REGRET_WORDS)

    letter = Letter.objects.get(complaint=cut)
    assert "Zebra" not in letter.text + letter.html + str(letter.facts)


def test_hostile_answers_are_cleaned_or_refused(quay: House, cut: Complaint) -> None:
    actions.record_answers(complaint=cut, by=quay.by_desk, answers={"when": "at\u202e six\x00 <b>"})

    assert answers(cut) == {"when": "at six <b>"}
