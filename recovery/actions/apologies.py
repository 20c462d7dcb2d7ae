"""Saying sorry by word of mouth, and the apology that is still owed when only the repair is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from ..choices import ApologyMode, ApologyPart, EventKind, Stance, TaskKind
from ..errors import TextMissing
from ..models import Apology
from ..rules import lamps, stances
from ..rules.choosing import one_of
from . import houses
from .engine import Turn
from .tasks import create_task, finish_fulfilled, withdraw_unique
from .watches import OWED

#: How long an apology may wait after the repair (S1-06).
OWED_WITHIN = dt.timedelta(minutes=15)


def speak(turn: Turn, parts: Sequence[ApologyPart], *, name: str) -> Apology:
    """Write down that ``name`` apologised in person, and which components were said.

    :raises TextMissing: if no component was said.
    """
    said = list(dict.fromkeys(one_of(ApologyPart, part, field="what was said") for part in parts))
    if not said:
        raise TextMissing(field="what was said")
    current = turn.complaint
    apology = Apology.objects.create(
        complaint=current,
        mode=ApologyMode.SPOKEN,
        stance=current.stance,
        parts=[str(part) for part in said],
        by=name[:120],
        at=turn.now,
    )
    gaps = stances.missing_parts(Stance(current.stance), said)
    turn.record(EventKind.APOLOGY_SPOKEN, apology=apology.pk, complete=not gaps)
    finish_fulfilled(turn, "spoken_apology", evidence={"apology": str(apology.pk)})
    settle_owed(turn, apology.parts, evidence={"apology": str(apology.pk)})
    return apology


def settle_owed(turn: Turn, parts: Collection[str], *, evidence: dict[str, str]) -> None:
    """The apology that was owed is made, if it fits where we stand."""
    if lamps.fits(Stance(turn.complaint.stance), parts):
        finish_fulfilled(turn, OWED, evidence=evidence)


def owe(turn: Turn) -> None:
    """After the repair: unless somebody has apologised, the owner has a quarter of an hour to do it."""
    current = turn.complaint
    stance = Stance(current.stance)
    if any(lamps.fits(stance, row.parts) for row in current.standing_apologies):
        return
    create_task(
        turn,
        kind=TaskKind.CALL,
        title="Apologise for what the guest went through: the repair is no apology",
        detail="In person or by telephone. Or close with the reason why no apology is owed.",
        assignee=current.owner,
        due_at=turn.now + OWED_WITHIN,
        zone=houses.profile_of(current.property_code).time_zone,
        fulfils=OWED,
        unique_key=owed_key(current.pk),
    )


def forgive(turn: Turn, *, reason: str) -> None:
    """No apology is owed after all, or not yet."""
    withdraw_unique(turn, owed_key(turn.complaint.pk), reason=reason)


def owed_key(complaint: int) -> str:
    """What makes the owed apology one task."""
    return f"apology:{complaint}"
