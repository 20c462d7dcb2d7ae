"""From solved to closed, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..choices import ApologyPart, ComplaintState, EventKind, LetterKind, Outcome, Severity, TaskKind
from ..errors import TimeOrder
from ..models import Complaint, Letter
from ..rules import answering, text, transitions
from ..rules.choosing import one_of
from . import apologies, follow_ups, guest_mail, houses, hush, letter_steps, moments, waiting_letters
from .actor import Actor
from .engine import Turn, verb
from .tasks import create_task, finish_fulfilled, withdraw_unique

LONG = 5_000


@verb
def mark_solved(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    solution: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Record that the fix is delivered. It starts the clock for telling the guest: no silent fixes.

    A draft that says so waits for a person, in case nobody tells the guest by voice.

    :raises AlreadyClosed: if the complaint is closed.
    """
    current = turn.complaint
    solve(turn, solution)
    profile = houses.profile_of(current.property_code)
    today = houses.local_date(profile, turn.now)
    in_house = houses.is_in_house(current, today=today)
    wait = answering.tell_within(Severity(current.severity), in_house=in_house)
    create_task(
        turn,
        kind=TaskKind.CALL,
        title="Tell the guest that it is solved, and ask whether it is right",
        assignee=current.owner,
        due_at=turn.now + wait,
        zone=profile.time_zone,
        fulfils="told",
        unique_key=f"tell:{current.pk}",
    )
    apologies.owe(turn)
    guest_mail.after_solving(turn)
    return current


@verb
def tell_guest(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    how: str,
    asked: bool = False,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Record that the guest knows that it is solved: by whom, how.

    ``asked``: the guest was asked, too, whether it is right. Without that it is not handled.

    :raises WrongOrder: if it is not solved yet.
    """
    tell(turn, how, asked=asked)
    return turn.complaint


@verb
def close(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    outcome: Outcome,
    no_apology_reason: str = "",
    follow_up_on: dt.date | None = None,
    solution: str = "",
    told_how: str = "",
    asked: bool = False,
    apology: Sequence[ApologyPart] = (),
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Close: the guest was told, we apologised or say why not, and the outcome is known.

    What nobody wrote down yet can be written here, late at night, in one go: ``solution`` (what was done),
    ``told_how`` (how the guest was told), ``asked`` (whether it is right), ``apology`` (the components
    that were said). What is known already stays as it is.

    :raises AlreadyClosed: if the complaint is closed.
    :raises WrongOrder: naming everything that is still missing.
    :raises TimeOrder: if the follow-up date has passed.
    """
    current, known = turn.complaint, one_of(Outcome, outcome, field="outcome") if outcome else ""
    transitions.check_open(current.facts)
    reason = text.clean_line(no_apology_reason, field="reason", limit=text.REASON)
    # Cleaned also where it is known already, so that nothing that was typed is dropped without a word.
    done = text.clean_text(solution, field="what was done", limit=LONG)
    how = text.clean_line(told_how, field="how", limit=text.REASON)
    _write_down(turn, solution=done, told_how=how, asked=asked, apology=apology)
    transitions.check_close(
        current.facts,
        outcome=known,
        apologised=bool(current.standing_apologies),
        no_apology_reason=reason,
    )
    profile = houses.profile_of(current.property_code)
    if follow_up_on is not None:
        moments.check_year(follow_up_on, now=turn.now, field="look again on")
    if follow_up_on is not None and follow_up_on < houses.local_date(profile, turn.now):
        raise TimeOrder(later="The follow-up", earlier="today")
    current.no_apology_reason, current.follow_up_on = reason, follow_up_on
    end(turn, Outcome(known))
    return current


@verb
def reopen(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """It is not right after all: solved, told, followed up and closed are cleared, history stays.

    :raises NotClosed: if it is neither solved nor closed.
    """
    current = turn.complaint
    transitions.check_reopen(current.facts)
    why = text.require_reason(reason)
    withdraw_unique(turn, f"tell:{current.pk}", reason=why)
    apologies.forgive(turn, reason=why)
    current.solved_at = current.told_at = current.asked_at = None
    current.followed_up_at = current.closed_at = None
    current.solved_by = current.told_by = current.told_how = ""
    current.outcome = current.no_apology_reason = ""
    current.reopened_at = turn.now
    current.save(
        update_fields=[
            "solved_at",
            "solved_by",
            "told_at",
            "told_by",
            "asked_at",
            "followed_up_at",
            "closed_at",
            "told_how",
            "outcome",
            "no_apology_reason",
            "reopened_at",
        ]
    )
    profile = houses.profile_of(current.property_code)
    create_task(
        turn,
        kind=TaskKind.CALL,
        title="Reopened: hear the guest again, then say who does what by when",
        detail=why,
        assignee=current.owner,
        due_at=turn.now + dt.timedelta(minutes=15),
        zone=profile.time_zone,
        unique_key=f"reopened:{current.pk}",
    )
    turn.record(EventKind.REOPENED)
    waiting_letters.supersede(turn, EventKind.REOPENED)
    hush.announce(turn)
    return current


# --- steps that several verbs take ---------------------------------------------------------------


def solve(turn: Turn, solution: str) -> None:
    """Date the repair, and say who delivered it."""
    current = turn.complaint
    transitions.check_move(current.facts, ComplaintState.SOLVED)
    current.solution = text.require(
        text.clean_text(solution, field="what was done", limit=LONG), field="what was done"
    )
    current.solved_at, current.solved_by = turn.now, turn.by.name[:120]
    current.save(update_fields=["solution", "solved_at", "solved_by"])
    turn.record(EventKind.SOLVED)
    waiting_letters.supersede(turn, EventKind.SOLVED)


def tell(turn: Turn, how: str, *, asked: bool) -> None:
    """Date the guest's knowing, and whether somebody asked if it is right."""
    current = turn.complaint
    transitions.check_move(current.facts, ComplaintState.TOLD)
    current.told_at, current.told_by = turn.now, turn.by.name[:120]
    current.told_how = text.require(text.clean_line(how, field="how", limit=text.REASON), field="how")
    if asked:
        current.asked_at = turn.now
    current.save(update_fields=["told_at", "told_by", "told_how", "asked_at"])
    turn.record(EventKind.GUEST_TOLD, guest_visible=True, asked=asked)
    finish_fulfilled(turn, "told", evidence={"how": current.told_how})
    waiting_letters.supersede(turn, EventKind.GUEST_TOLD)


def told_in_writing(turn: Turn, letter: Letter) -> None:
    """The guest has the text that says it is solved, and asks whether it is right."""
    says_so = letter.kind == LetterKind.SOLVED
    says_so = says_so or (letter.kind == LetterKind.APOLOGY and bool(letter.facts["done"]))  # L2
    if says_so and letter_steps.is_news_that_it_is_solved(turn.complaint):
        tell(turn, "in writing", asked=True)


def end(turn: Turn, outcome: Outcome) -> None:
    """The last fact. Whoever calls has looked that nothing is missing."""
    current = turn.complaint
    current.outcome, current.closed_at = outcome, turn.now
    current.save(update_fields=["outcome", "no_apology_reason", "follow_up_on", "closed_at"])
    apologies.forgive(turn, reason=current.no_apology_reason or "closed")
    turn.record(EventKind.CLOSED, outcome=outcome)
    waiting_letters.supersede(turn, EventKind.CLOSED)
    follow_ups.not_needed(turn, reason="closed")
    hush.announce(turn)


def _write_down(
    turn: Turn, *, solution: str, told_how: str, asked: bool, apology: Sequence[ApologyPart]
) -> None:
    """The facts that are still missing, in their order; what is known stays."""
    current = turn.complaint
    if solution and current.solved_at is None:
        solve(turn, solution)
    if told_how and current.solved_at is not None and current.told_at is None:
        tell(turn, told_how, asked=asked)
    elif asked and current.told_at is not None and current.asked_at is None:
        current.asked_at = turn.now
        current.save(update_fields=["asked_at"])
    if apology and not current.standing_apologies:
        apologies.speak(turn, apology, name=turn.by.name)
