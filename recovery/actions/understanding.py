"""Hearing the guest, answering as a person, and deciding where we stand."""

from __future__ import annotations

from ..choices import Category, Channel, ComplaintState, Confirmation, EventKind, Stance
from ..models import Complaint
from ..rules import stances, text, transitions
from ..rules.choosing import one_of
from . import waiting_letters
from .actor import Actor
from .engine import Turn, verb

LONG, SUPPLIER = 20_000, 120


@verb
def acknowledge(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    channel: Channel,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Record the first answer of a person. An automatic receipt is none, and is cancelled by it.

    :raises AlreadyClosed: if the complaint is closed.
    """
    current, answered_by = turn.complaint, one_of(Channel, channel, field="channel")
    transitions.check_move(current.facts, ComplaintState.RECOVERING)
    waiting_letters.record_answer(turn, answered_by)
    return current


@verb
def confirm_restatement(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    restatement: str,
    confirmation: Confirmation,
    reason: str = "",
    impact: str = "",
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Record what we understood, and that the guest said yes or corrected it: the guest is heard.

    :raises ReasonMissing: if the guest could not be asked and no reason says why.
    """
    current = turn.complaint
    transitions.check_move(current.facts, ComplaintState.HEARD)
    confirmation = one_of(Confirmation, confirmation, field="confirmation")
    if confirmation == Confirmation.NOT_POSSIBLE:
        reason = text.require_reason(reason)
    current.restatement = text.require(
        text.clean_text(restatement, field="restatement", limit=2_000), field="restatement"
    )
    current.confirmation = confirmation
    current.confirmation_reason = text.clean_line(reason, field="reason", limit=text.REASON)
    current.heard_at = turn.now
    if impact:
        current.impact = text.clean_text(impact, field="what it cost the guest", limit=LONG)
    current.save(update_fields=["restatement", "confirmation", "confirmation_reason", "heard_at", "impact"])
    turn.record(EventKind.RESTATEMENT_CONFIRMED, confirmation=confirmation)
    return current


@verb
def set_stance(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    stance: Stance,
    reason: str,
    internal_cause: str = "",
    supplier: str = "",
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Decide whether we regret or take responsibility. For harm only the general manager may.

    ``internal_cause`` and ``supplier`` are for us alone: no text to a guest has a place for them,
    and neither makes the guest's remedy smaller. Empty keeps what was written before.

    :raises StanceLocked: if the category is about harm and somebody else decides.
    :raises ReasonMissing: if no reason is given.
    """
    current = turn.complaint
    stances.check_stance_change(Category(current.category), roles=turn.by.roles)
    current.stance = one_of(Stance, stance, field="stance")
    current.stance_by, current.stance_at = turn.by.name, turn.now
    current.stance_reason = text.require_reason(reason)
    cause = text.clean_text(internal_cause, field="internal cause", limit=LONG)
    current.internal_cause = cause or current.internal_cause
    third_party = text.clean_line(supplier, field="supplier", limit=SUPPLIER)
    current.supplier = third_party or current.supplier
    current.save(
        update_fields=["stance", "stance_by", "stance_at", "stance_reason", "internal_cause", "supplier"]
    )
    turn.record(EventKind.STANCE_SET, stance=current.stance)
    return current
