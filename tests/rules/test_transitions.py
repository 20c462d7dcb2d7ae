from __future__ import annotations

import itertools

import pytest

from recovery.choices import ComplaintState
from recovery.errors import AlreadyClosed, NotClosed, WrongOrder
from recovery.rules import transitions
from recovery.rules.transitions import Facts

NAMES = ("heard", "recovering", "solved", "told", "followed_up", "reviewed", "closed")
EVERY = [
    Facts(**dict(zip(NAMES, values, strict=True))) for values in itertools.product([False, True], repeat=7)
]


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (Facts(), ComplaintState.OPEN),
        (Facts(heard=True), ComplaintState.HEARD),
        (Facts(recovering=True), ComplaintState.RECOVERING),
        (Facts(heard=True, recovering=True), ComplaintState.RECOVERING),
        (Facts(solved=True), ComplaintState.SOLVED),
        (Facts(solved=True, told=True), ComplaintState.TOLD),
        (Facts(solved=True, told=True, followed_up=True), ComplaintState.FOLLOWED_UP),
        (Facts(solved=True, told=True, reviewed=True), ComplaintState.REVIEWED),
        (Facts(solved=True, told=True, closed=True), ComplaintState.CLOSED),
    ],
)
def test_the_furthest_fact_names_the_state(facts: Facts, state: ComplaintState) -> None:
    assert transitions.state_of(facts) is state


@pytest.mark.parametrize("facts", [Facts(solved=True, reviewed=True), Facts(solved=True, followed_up=True)])
def test_work_behind_the_guests_back_is_no_progress(facts: Facts) -> None:
    assert transitions.state_of(facts) is ComplaintState.SOLVED


@pytest.mark.parametrize("facts", [facts for facts in EVERY if facts.closed])
def test_nothing_moves_on_a_closed_complaint(facts: Facts) -> None:
    for to in ComplaintState:
        if to is not ComplaintState.OPEN:
            with pytest.raises(AlreadyClosed):
                transitions.check_move(facts, to)


@pytest.mark.parametrize("facts", [facts for facts in EVERY if not facts.closed])
def test_only_what_protects_the_guest_is_in_order(facts: Facts) -> None:
    needs = {
        ComplaintState.HEARD: True,
        ComplaintState.RECOVERING: True,
        ComplaintState.SOLVED: True,
        ComplaintState.TOLD: facts.solved,
        ComplaintState.FOLLOWED_UP: facts.told,
        ComplaintState.REVIEWED: facts.solved,
        ComplaintState.CLOSED: facts.solved and facts.told,
    }

    for to, allowed in needs.items():
        if allowed:
            transitions.check_move(facts, to)
        else:
            with pytest.raises(WrongOrder):
                transitions.check_move(facts, to)


def test_closing_names_all_that_is_missing_for_the_guest() -> None:
    with pytest.raises(WrongOrder) as refusal:
        transitions.check_close(Facts(), outcome="", apologised=False, no_apology_reason="")

    assert refusal.value.code == "wrong_order"
    assert "mark solved" in refusal.value.sentence
    assert "tell the guest" in refusal.value.sentence
    assert "recovered" in refusal.value.sentence
    assert "apologise" in refusal.value.sentence


@pytest.mark.parametrize(
    ("outcome", "apologised", "reason", "word"),
    [("", True, "", "recovered"), ("lost", False, "", "apologise")],
)
def test_closing_needs_an_outcome_and_an_apology(
    outcome: str, apologised: bool, reason: str, word: str
) -> None:
    with pytest.raises(WrongOrder) as refusal:
        transitions.check_close(
            Facts(solved=True, told=True), outcome=outcome, apologised=apologised, no_apology_reason=reason
        )

    assert word in refusal.value.sentence


@pytest.mark.parametrize(("apologised", "reason"), [(True, ""), (False, "a hoax")])
def test_a_complaint_that_is_finished_for_the_guest_closes(apologised: bool, reason: str) -> None:
    transitions.check_close(
        Facts(solved=True, told=True), outcome="lost", apologised=apologised, no_apology_reason=reason
    )


@pytest.mark.parametrize("facts", EVERY)
def test_what_is_solved_or_closed_can_be_reopened(facts: Facts) -> None:
    if facts.solved or facts.closed:
        transitions.check_reopen(facts)
    else:
        with pytest.raises(NotClosed):
            transitions.check_reopen(facts)
