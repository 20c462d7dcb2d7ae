"""S0-01: a complaint is walked through every state, and each illegal jump is refused with its code."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions
from recovery.choices import ApologyPart, Channel, ComplaintState, Confirmation, Outcome, Stance
from recovery.errors import (
    AlreadyClosed,
    NotClosed,
    ReasonMissing,
    TextMissing,
    TimeOrder,
    UnknownChoice,
    WrongOrder,
)
from recovery.models import Complaint
from tests import factories as make
from tests.factories import House

from . import travel


def state_of(complaint: Complaint) -> ComplaintState:
    return Complaint.objects.get(pk=complaint.pk).state


def test_a_complaint_walks_through_every_state(quay: House) -> None:
    complaint = make.make_complaint(house=quay, channel=Channel.EMAIL)
    seen = [complaint.state]

    make.hear(house=quay, complaint=complaint)
    seen.append(state_of(complaint))
    actions.acknowledge(complaint=complaint, by=quay.by_manager, channel=Channel.PHONE)
    seen.append(state_of(complaint))
    make.solve(house=quay, complaint=complaint)
    seen.append(state_of(complaint))
    make.tell(house=quay, complaint=complaint)
    seen.append(state_of(complaint))
    actions.keep_task(
        task=complaint.tasks.get(step_key="ask_again"), by=quay.by_manager, evidence={"answer": "Happy"}
    )
    seen.append(state_of(complaint))
    actions.keep_task(
        task=complaint.tasks.get(step_key="review"),
        by=quay.by_general_manager,
        evidence={"cause": "wrong month", "not_caught": "no read-back", "prevention": "read-back, Priya"},
    )
    seen.append(state_of(complaint))
    make.apologise(house=quay, complaint=complaint)
    actions.close(complaint=complaint, by=quay.by_manager, outcome=Outcome.RECOVERED)
    seen.append(state_of(complaint))

    assert seen == [
        ComplaintState.OPEN,
        ComplaintState.HEARD,
        ComplaintState.RECOVERING,
        ComplaintState.SOLVED,
        ComplaintState.TOLD,
        ComplaintState.FOLLOWED_UP,
        ComplaintState.REVIEWED,
        ComplaintState.CLOSED,
    ]


def test_telling_before_it_is_solved_is_refused(quay: House, complaint: Complaint) -> None:
    with pytest.raises(WrongOrder) as refusal:
        make.tell(house=quay, complaint=complaint)

    assert "mark solved" in refusal.value.sentence
    assert Complaint.objects.get().told_at is None


def test_closing_without_having_told_the_guest_is_refused(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    make.apologise(house=quay, complaint=complaint)

    with pytest.raises(WrongOrder) as refusal:
        actions.close(complaint=complaint, by=quay.by_manager, outcome=Outcome.RECOVERED)

    assert "tell the guest" in refusal.value.sentence


def test_closing_an_unsolved_complaint_names_everything_that_is_missing(
    quay: House, complaint: Complaint
) -> None:
    with pytest.raises(WrongOrder) as refusal:
        actions.close(complaint=complaint, by=quay.by_manager, outcome=Outcome.LOST)

    assert "mark solved" in refusal.value.sentence
    assert "tell the guest" in refusal.value.sentence


def test_closing_without_an_outcome_or_an_apology_is_refused(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    make.tell(house=quay, complaint=complaint)

    with pytest.raises(WrongOrder) as refusal:
        actions.close(complaint=complaint, by=quay.by_manager, outcome="")  # type: ignore[arg-type]

    assert "recovered" in refusal.value.sentence
    assert "apologise" in refusal.value.sentence


def test_closing_without_an_apology_needs_the_reason(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    make.tell(house=quay, complaint=complaint)

    closed = actions.close(
        complaint=complaint, by=quay.by_manager, outcome=Outcome.LOST, no_apology_reason="A hoax"
    )

    assert closed.state is ComplaintState.CLOSED
    assert closed.no_apology_reason == "A hoax"


def test_an_apology_that_was_stopped_before_it_went_is_no_apology(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    make.tell(house=quay, complaint=complaint)
    letter = make.make_apology(house=quay, complaint=complaint)
    actions.stop_letter(letter=letter, by=quay.by_general_manager, reason="the wrong tone")

    with pytest.raises(WrongOrder):
        actions.close(complaint=complaint, by=quay.by_manager, outcome=Outcome.RECOVERED)


def test_an_unknown_outcome_word_is_refused(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    make.tell(house=quay, complaint=complaint)
    make.apologise(house=quay, complaint=complaint)

    with pytest.raises(UnknownChoice):
        actions.close(complaint=complaint, by=quay.by_manager, outcome="happy")  # type: ignore[arg-type]


def test_a_follow_up_in_the_past_is_refused(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    make.tell(house=quay, complaint=complaint)
    make.apologise(house=quay, complaint=complaint)

    with pytest.raises(TimeOrder):
        actions.close(
            complaint=complaint,
            by=quay.by_manager,
            outcome=Outcome.RECOVERED,
            follow_up_on=travel.WEDDING.date() - dt.timedelta(days=1),
        )


def _closed_refusals(quay: House, complaint: Complaint) -> dict[str, Any]:
    by = quay.by_manager
    return {
        "acknowledge": lambda: actions.acknowledge(complaint=complaint, by=by, channel=Channel.PHONE),
        "confirm_restatement": lambda: actions.confirm_restatement(
            complaint=complaint, by=by, restatement="x", confirmation=Confirmation.YES
        ),
        "mark_solved": lambda: actions.mark_solved(complaint=complaint, by=by, solution="again"),
        "tell_guest": lambda: actions.tell_guest(complaint=complaint, by=by, how="again"),
        "close": lambda: actions.close(complaint=complaint, by=by, outcome=Outcome.LOST),
    }


@pytest.mark.parametrize("verb", ["acknowledge", "confirm_restatement", "mark_solved", "tell_guest", "close"])
def test_a_closed_complaint_does_not_move_on(quay: House, complaint: Complaint, verb: str) -> None:
    make.close(house=quay, complaint=complaint)
    before = Complaint.objects.values().get()

    with pytest.raises(AlreadyClosed):
        _closed_refusals(quay, complaint)[verb]()

    assert Complaint.objects.values().get() == before


def test_a_guest_who_writes_to_a_closed_complaint_is_still_heard(quay: House, complaint: Complaint) -> None:
    make.close(house=quay, complaint=complaint)

    actions.add_contact(
        complaint=complaint, by=quay.by_desk, kind="chaser", channel=Channel.EMAIL, words="Still no refund"
    )

    assert complaint.tasks.open().filter(fulfils="answer").count() == 1


def test_what_is_owed_can_be_given_after_closing(quay: House, complaint: Complaint) -> None:
    make.close(house=quay, complaint=complaint)

    granted = make.make_compensation(house=quay, complaint=complaint)

    assert granted.complaint_id == complaint.pk


def test_reopening_clears_solved_told_and_closed(quay: House, complaint: Complaint) -> None:
    make.close(house=quay, complaint=complaint)

    reopened = actions.reopen(complaint=complaint, by=quay.by_manager, reason="The refund never came")

    assert (reopened.solved_at, reopened.told_at, reopened.closed_at) == (None, None, None)
    assert (reopened.outcome, reopened.told_how) == ("", "")
    assert reopened.state is ComplaintState.RECOVERING
    assert reopened.reopened_at == travel.now()


def test_reopening_keeps_the_history(quay: House, complaint: Complaint) -> None:
    make.close(house=quay, complaint=complaint)
    before = list(complaint.timeline.values_list("pk", flat=True))

    actions.reopen(complaint=complaint, by=quay.by_manager, reason="The refund never came")

    assert list(complaint.timeline.values_list("pk", flat=True))[: len(before)] == before
    assert complaint.timeline.filter(kind="complaint.closed").exists()
    assert complaint.apologies.exists()


def test_reopening_opens_a_task_that_is_due_soon(quay: House, complaint: Complaint) -> None:
    make.close(house=quay, complaint=complaint)

    actions.reopen(complaint=complaint, by=quay.by_manager, reason="The refund never came")

    task = complaint.tasks.open().get(title__startswith="Reopened")
    assert task.due_at == travel.now() + dt.timedelta(minutes=15)
    assert task.detail == "The refund never came"


def test_reopening_takes_back_the_task_of_telling_the_guest(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)

    actions.reopen(complaint=complaint, by=quay.by_manager, reason="The other room is flooded")

    assert not complaint.tasks.open().filter(fulfils="told").exists()


def test_a_second_solution_starts_its_own_clock_for_telling(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    actions.reopen(complaint=complaint, by=quay.by_manager, reason="The other room is flooded")
    solved_at = travel.later(hours=5)

    make.solve(house=quay, complaint=complaint)

    assert complaint.tasks.open().get(fulfils="told").due_at > solved_at


def test_a_reopened_complaint_can_be_closed_again(quay: House, complaint: Complaint) -> None:
    make.close(house=quay, complaint=complaint)
    actions.reopen(complaint=complaint, by=quay.by_manager, reason="The refund never came")

    make.close(house=quay, complaint=complaint)

    assert state_of(complaint) is ComplaintState.CLOSED
    assert complaint.timeline.filter(kind="complaint.closed").count() == 2


def test_reopening_twice_asks_for_one_talk(quay: House, complaint: Complaint) -> None:
    for reason in ("The refund never came", "Nor the second time"):
        make.close(house=quay, complaint=complaint)
        actions.reopen(complaint=complaint, by=quay.by_manager, reason=reason)

    assert complaint.tasks.open().filter(title__startswith="Reopened").count() == 1


def test_an_open_complaint_cannot_be_reopened(quay: House, complaint: Complaint) -> None:
    with pytest.raises(NotClosed):
        actions.reopen(complaint=complaint, by=quay.by_manager, reason="x")


def test_reopening_needs_a_reason(quay: House, complaint: Complaint) -> None:
    make.close(house=quay, complaint=complaint)

    with pytest.raises(ReasonMissing):
        actions.reopen(complaint=complaint, by=quay.by_manager, reason=" \u200b ")


def test_a_guest_who_could_not_be_asked_needs_a_reason(quay: House, complaint: Complaint) -> None:
    with pytest.raises(ReasonMissing):
        actions.confirm_restatement(
            complaint=complaint, by=quay.by_manager, restatement="x", confirmation=Confirmation.NOT_POSSIBLE
        )


def test_an_invisible_restatement_is_none(quay: House, complaint: Complaint) -> None:
    with pytest.raises(TextMissing):
        actions.confirm_restatement(
            complaint=complaint, by=quay.by_manager, restatement="\u200b\u2060", confirmation=Confirmation.YES
        )


def test_a_spoken_intake_by_a_person_is_the_first_answer(quay: House, complaint: Complaint) -> None:
    assert complaint.acknowledged_by == "Asha Patel"
    assert complaint.state is ComplaintState.RECOVERING


def test_make_whole_may_come_before_the_guest_is_heard(quay: House, complaint: Complaint) -> None:
    granted = make.make_compensation(house=quay, complaint=complaint)

    assert complaint.heard_at is None
    assert granted.face == 412


def test_the_stance_is_kept_with_who_when_and_why(quay: House, complaint: Complaint) -> None:
    decided = actions.set_stance(
        complaint=complaint, by=quay.by_manager, stance=Stance.REGRET, reason="The agency cancelled"
    )

    assert (decided.stance, decided.stance_by, decided.stance_reason) == (
        Stance.REGRET,
        "Tom Ridley",
        "The agency cancelled",
    )
    assert decided.stance_at == travel.now()


def test_the_cause_is_kept_until_a_better_one_is_known(quay: House, complaint: Complaint) -> None:
    for cause, supplier in (("The laundry came late", "Wash Ltd"), ("", ""), ("Our own list was wrong", "")):
        actions.set_stance(
            complaint=complaint,
            by=quay.by_manager,
            stance=Stance.RESPONSIBILITY,
            reason="looked up",
            internal_cause=cause,
            supplier=supplier,
        )

    complaint.refresh_from_db()
    assert (complaint.internal_cause, complaint.supplier) == ("Our own list was wrong", "Wash Ltd")


def test_a_spoken_apology_remembers_what_was_said(quay: House, complaint: Complaint) -> None:
    apology = actions.record_spoken_apology(
        complaint=complaint, by=quay.by_desk, parts=[ApologyPart.REGRET], spoken_by=quay.manager
    )

    assert (apology.parts, apology.by) == (["regret"], "Tom Ridley")
    assert not complaint.tasks.open().filter(fulfils="spoken_apology").exists()
    event = complaint.timeline.get(kind="apology.spoken")
    assert event.data["complete"] is False
