"""The duty log: a line for whoever has the next shift."""

from __future__ import annotations

from ..models import DutyLogEntry
from ..rules import text
from . import houses
from .actor import Actor
from .engine import Turn, verb

WORDS = 2_000


@verb
def log_duty(
    turn: Turn, /, *, property_code: str, by: Actor, words: str, request_key: str | None = None
) -> DutyLogEntry:
    """Write one line into the duty log of this house and business day. It is never changed.

    :raises TextMissing: if there is nothing to write.
    :raises NoProfile: if the property was never prepared.
    """
    profile = houses.profile_of(property_code)
    return DutyLogEntry.objects.create(
        property_code=profile.property_code,
        business_on=houses.business_date(profile, turn.now),
        at=turn.now,
        words=text.require(text.clean_text(words, field="what", limit=WORDS), field="what"),
        written_by=turn.by.name[:120],
    )
