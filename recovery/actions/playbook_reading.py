"""Training: who has read which version of a playbook (S1-11)."""

from __future__ import annotations

from ..errors import NoStaffRecord, PlaybookChanged, PlaybookUnknown, PropertyUnknown
from ..hotel.cleaning import CODE_LIMIT, is_clean_ref
from ..models import Playbook, StaffMember
from ..models.playbooks import InForce
from ..rules import playbook as rules
from ..rules import text
from .actor import Actor
from .engine import Turn, verb


@verb
def acknowledge_playbook(
    turn: Turn,
    /,
    *,
    by: Actor,
    playbook: str,
    property_code: str,
    seen_version: int,
    request_key: str | None = None,
) -> StaffMember:
    """I have read it. ``seen_version``: of the text that was on the screen. Kept with the colleague.

    :raises PlaybookUnknown: if there is no such playbook.
    :raises PlaybookChanged: if another version holds at that house by now.
    :raises NoStaffRecord: if the account belongs to no colleague.
    """
    found = in_force(property_code, playbook)
    if found.book.version != seen_version:
        raise PlaybookChanged(key=found.book.key)
    if turn.by.staff is None:
        raise NoStaffRecord()
    # Read under a lock: two tabs of one person must not forget one of two playbooks.
    reader: StaffMember = StaffMember.objects.using(turn.using).select_for_update().get(pk=turn.by.staff.pk)
    if found.mark not in reader.playbooks_read:
        reader.playbooks_read = {**reader.playbooks_read, found.mark: turn.now.isoformat()}
        reader.save(update_fields=["playbooks_read"])
    return reader


def in_force(property_code: str, key: str) -> InForce:
    """The playbook as it holds at a house.

    :raises PlaybookUnknown: if there is none with that key; names those that there are.
    :raises PropertyUnknown: if no house could have that code.
    """
    if property_code and not is_clean_ref(property_code, limit=CODE_LIMIT):
        raise PropertyUnknown(property_code=text.soft_line(property_code, limit=CODE_LIMIT), known="")
    if key not in rules.shipped():
        known = ", ".join(rules.shipped())
        raise PlaybookUnknown(key=text.soft_line(key, limit=12), known=known)
    return Playbook.objects.in_force(property_code, [key])[key]
