"""Who in a story may receive what: every part, every right, with and without the guest's yes."""

from __future__ import annotations

import itertools

import pytest

from recovery.choices import PartyRight, PartyRole
from recovery.errors import AgreementMissing, RightNotForRole
from recovery.rules import party_rights

#: y: always; g: with the guest's yes; n: never. Apology, money, certificate, status.
TABLE = {
    PartyRole.SLEEPER: "yyyy",
    PartyRole.GUARDIAN: "yyyy",
    PartyRole.BOOKER: "gygg",
    PartyRole.PAYER: "gygg",
    PartyRole.ORGANISER: "nyng",
    PartyRole.AGENCY: "nyng",
    PartyRole.LAWYER: "nnng",
    PartyRole.WITNESS: "nnnn",
}
CELLS = [(role, right, TABLE[role][n]) for role in PartyRole for n, right in enumerate(PartyRight)]


@pytest.mark.parametrize(("role", "right", "word"), CELLS)
@pytest.mark.parametrize("agreed", [True, False])
def test_each_part_may_have_what_the_table_says(
    role: PartyRole, right: PartyRight, word: str, agreed: bool
) -> None:
    if word == "n":
        with pytest.raises(RightNotForRole):
            party_rights.check(role, [right], agreed=agreed)
    elif word == "g" and not agreed:
        with pytest.raises(AgreementMissing):
            party_rights.check(role, [right], agreed=agreed)
    else:
        party_rights.check(role, [right], agreed=agreed)


def test_what_a_part_brings_by_itself_needs_nobodys_yes() -> None:
    for role, agreed in itertools.product(PartyRole, (True, False)):
        party_rights.check(role, party_rights.at_once(role), agreed=agreed)
