"""What can follow what in the life of a complaint.

Order is enforced only where it protects the guest: *told* needs *solved*; *closed* needs *told*, an
outcome, and an apology or a reason why none. Make whole may come before *heard*.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..choices import ComplaintState
from ..errors import AlreadyClosed, NotClosed, WrongOrder


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The dated facts of a complaint, as yes or no."""

    heard: bool = False
    recovering: bool = False
    solved: bool = False
    told: bool = False
    followed_up: bool = False
    reviewed: bool = False
    closed: bool = False


#: Latest state first: the first fact that holds names the state.
_NAMED_BY = (
    (ComplaintState.CLOSED, "closed"),
    (ComplaintState.REVIEWED, "reviewed"),
    (ComplaintState.FOLLOWED_UP, "followed_up"),
    (ComplaintState.TOLD, "told"),
    (ComplaintState.SOLVED, "solved"),
    (ComplaintState.RECOVERING, "recovering"),
    (ComplaintState.HEARD, "heard"),
)

#: What a state needs before it, in words for the person at the desk.
_NEEDS: dict[ComplaintState, tuple[tuple[str, str], ...]] = {
    ComplaintState.HEARD: (),
    ComplaintState.RECOVERING: (),
    ComplaintState.SOLVED: (),
    ComplaintState.TOLD: (("solved", "first record what was done (mark solved)"),),
    ComplaintState.FOLLOWED_UP: (("told", "first tell the guest that it is solved"),),
    ComplaintState.REVIEWED: (("solved", "first record what was done (mark solved)"),),
    ComplaintState.CLOSED: (
        ("solved", "first record what was done (mark solved)"),
        ("told", "first tell the guest that it is solved"),
    ),
}


def state_of(facts: Facts) -> ComplaintState:
    """The furthest state that the facts support.

    A review can be finished before the guest was told; the guest's side names the state then.
    """
    for state, fact in _NAMED_BY:
        if state in (ComplaintState.REVIEWED, ComplaintState.FOLLOWED_UP) and not facts.told:
            continue
        if getattr(facts, fact):
            return state
    return ComplaintState.OPEN


def check_open(facts: Facts) -> None:
    """:raises AlreadyClosed: if the complaint is closed."""
    if facts.closed:
        raise AlreadyClosed()


def check_move(facts: Facts, to: ComplaintState) -> None:
    """Refuse a jump that would leave the guest behind.

    :raises AlreadyClosed: if the complaint is closed.
    :raises WrongOrder: if something must come first; the message says what.
    """
    check_open(facts)
    missing = [words for fact, words in _NEEDS[to] if not getattr(facts, fact)]
    if missing:
        raise WrongOrder(missing="; ".join(missing))


def check_close(facts: Facts, *, outcome: str, apologised: bool, no_apology_reason: str) -> None:
    """Refuse to close what is not finished for the guest.

    :raises AlreadyClosed: if the complaint is closed.
    :raises WrongOrder: naming all that is missing: solution, telling the guest, outcome, apology.
    """
    check_open(facts)
    missing = [words for fact, words in _NEEDS[ComplaintState.CLOSED] if not getattr(facts, fact)]
    if not outcome:
        missing.append("say whether the guest was recovered")
    if not apologised and not no_apology_reason:
        missing.append("apologise, or give the reason why no apology is owed")
    if missing:
        raise WrongOrder(missing="; ".join(missing))


def check_reopen(facts: Facts) -> None:
    """:raises NotClosed: if there is nothing to reopen."""
    if not (facts.closed or facts.solved):
        raise NotClosed()
