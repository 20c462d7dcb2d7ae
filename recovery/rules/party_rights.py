"""What a person may receive from us, by their part in the story: at the most, at once, and with a yes.

The guest's matter is the guest's. Whoever pays learns of money; everybody else learns of nothing until the
guest has said that they may.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..choices import PartyRight, PartyRole
from ..errors import AgreementMissing, RightNotForRole

_ALL = frozenset(PartyRight)
_MONEY = frozenset({PartyRight.MONEY})
_STATUS = frozenset({PartyRight.STATUS})

#: The most that a person in this part can ever have.
AT_MOST: Mapping[PartyRole, frozenset[PartyRight]] = {
    PartyRole.SLEEPER: _ALL,
    PartyRole.GUARDIAN: _ALL,
    PartyRole.BOOKER: _ALL,
    PartyRole.PAYER: _ALL,
    PartyRole.ORGANISER: _MONEY | _STATUS,
    PartyRole.AGENCY: _MONEY | _STATUS,
    PartyRole.LAWYER: _STATUS,
    PartyRole.WITNESS: frozenset(),
}
#: What they have when nobody says otherwise.
AT_ONCE: Mapping[PartyRole, frozenset[PartyRight]] = {
    PartyRole.SLEEPER: _ALL - _MONEY,
    PartyRole.GUARDIAN: _ALL,
    PartyRole.PAYER: _MONEY,
}
#: Whose own matter it is, or who speaks for a minor: nobody need agree.
_THEIR_OWN: Collection[PartyRole] = frozenset({PartyRole.SLEEPER, PartyRole.GUARDIAN})
#: Money goes back to who paid, and says nothing of what happened.
_WITHOUT_YES: Collection[PartyRight] = _MONEY


def at_once(role: PartyRole) -> frozenset[PartyRight]:
    """What a person in this part receives unless somebody says otherwise."""
    return AT_ONCE.get(role, frozenset())


def needs_yes(role: PartyRole, right: PartyRight) -> bool:
    """Whether the guest must have agreed that this person receives that."""
    return role not in _THEIR_OWN and right not in _WITHOUT_YES


def check(role: PartyRole, rights: Collection[PartyRight], *, agreed: bool) -> None:
    """Refuse what a person in this part may not have. ``agreed``: the guest said that they may know.

    :raises RightNotForRole: if nobody in this part ever has it.
    :raises AgreementMissing: if only the guest's word could allow it.
    """
    for right in PartyRight:  # in this order, so that the same input gets the same refusal
        if right not in rights:
            continue
        if right not in AT_MOST[role]:
            raise RightNotForRole(role=role.label, right=right.label)
        if needs_yes(role, right) and not agreed:
            raise AgreementMissing(role=role.label, right=right.label)
