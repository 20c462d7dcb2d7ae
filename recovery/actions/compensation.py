"""Giving: owed, made whole, goodwill – within authority, in the house's currency, never unlabelled."""

from __future__ import annotations

from decimal import Decimal

from ..choices import Layer, RemedyKey
from ..errors import AlreadyFulfilled, ProofMissing
from ..models import Compensation, Complaint, Party
from ..rules import text
from ..rules.choosing import one_of
from . import compensation_steps, guest_mail
from .actor import Actor
from .engine import Turn, verb
from .parties import recipient

WHAT, PROOF = 200, 200


@verb
def grant_compensation(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    remedy: RemedyKey,
    layer: Layer,
    what: str,
    face: Decimal,
    currency: str = "",
    units: int = 1,
    party: Party | None = None,
    request_key: str | None = None,
    version: int | None = None,
) -> Compensation:
    """Give the guest something. ``face``: what it is worth to the guest, in the house's currency.

    What is owed or made whole is unlimited but says what was lost. Goodwill is within the giver's
    limit, or part of the bundle that the running playbook gives unasked.

    :raises AboveAuthority: if it is above the giver's limit; names who may give it.
    :raises BadAmount: if the amount is zero, negative or has too many decimals.
    :raises CurrencyMismatch: if the house reckons in another currency.
    :raises BadUnits: if the units are not a whole number from 1 to 60.
    :raises LossNotNamed: if what is owed or made whole does not say what was lost.
    :raises NoTariffOnHarm: if goodwill is given for harm before the stance is decided.
    """
    return compensation_steps.grant(
        turn,
        party=party or recipient(turn.complaint),
        remedy=one_of(RemedyKey, remedy, field="what to give"),
        layer=one_of(Layer, layer, field="kind of money"),
        what=text.clean_line(what, field="what", limit=WHAT),
        face=face,
        currency=currency,
        units=units,
    )


@verb
def fulfil_compensation(
    turn: Turn,
    /,
    *,
    compensation: Compensation,
    by: Actor,
    proof: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Compensation:
    """Record that the guest has it, with the number that proves it. Who paid is told of money by mail.

    :raises ProofMissing: if there is no proof.
    :raises AlreadyFulfilled: if it was fulfilled or voided before.
    """
    row = turn.fresh(compensation)
    if row.fulfilled_at or row.void_at:
        raise AlreadyFulfilled(state=row.state.label)
    number = text.clean_line(proof, field="proof", limit=PROOF)
    if not number:
        raise ProofMissing()
    compensation_steps.fulfil(turn, row, proof=number)
    guest_mail.after_payment(turn, row)
    return row
