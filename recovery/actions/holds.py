"""A hold: while a lawyer, an insurer or the police decide, nothing goes to the guest."""

from __future__ import annotations

from ..choices import EventKind, HoldKind
from ..errors import AlreadyHeld, ManagersOnly, NotHeld
from ..models import Complaint
from ..rules import text
from ..rules.choosing import one_of
from . import waiting_letters
from .actor import Actor
from .engine import Turn, verb


@verb
def set_hold(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    kind: HoldKind,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Put a complaint on hold: no text goes, not even when a person presses, and no goodwill is given.

    What was on its way becomes a draft again and waits for the hold to be lifted.

    :raises ManagersOnly: if somebody else than a manager sets it.
    :raises AlreadyHeld: if it is on hold already.
    :raises ReasonMissing: if no reason is given.
    """
    current = turn.complaint
    if not by.is_manager:
        raise ManagersOnly()
    if current.hold_kind:
        raise AlreadyHeld(kind=HoldKind(current.hold_kind).label)
    current.hold_kind, current.hold_reason = one_of(HoldKind, kind, field="why"), text.require_reason(reason)
    current.hold_by, current.held_at = turn.by.name[:120], turn.now
    current.save(update_fields=["hold_kind", "hold_reason", "hold_by", "held_at"])
    turn.record(EventKind.HELD, hold=current.hold_kind)
    waiting_letters.hold_everything(turn)
    return current


@verb
def lift_hold(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Lift the hold. What goes by itself goes now, if it is still in time; the rest waits for a person.

    :raises ManagersOnly: if somebody else than a manager lifts it.
    :raises NotHeld: if it is not on hold.
    :raises ReasonMissing: if no reason is given.
    """
    current = turn.complaint
    if not by.is_manager:
        raise ManagersOnly()
    if not current.hold_kind:
        raise NotHeld()
    note = text.require_reason(reason)
    lifted, current.hold_kind = current.hold_kind, ""
    current.hold_reason = current.hold_by = ""
    current.held_at = None
    current.save(update_fields=["hold_kind", "hold_reason", "hold_by", "held_at"])
    turn.record(EventKind.HOLD_LIFTED, hold=lifted, reason_given=bool(note))
    waiting_letters.release_from_hold(turn)
    return current
