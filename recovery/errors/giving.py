"""Limits on what is given: money and free nights."""

from __future__ import annotations

from .root import InvalidInput, Misconfigured, NotAllowed, WrongState, _


class AboveAuthority(NotAllowed):
    code = "above_authority"
    message = _("%(amount)s is above what you may give without asking (%(limit)s). Ask: %(who)s.")


class AlreadyGranted(WrongState):
    code = "already_granted"
    message = _("This was granted already.")


class AlreadyFulfilled(WrongState):
    code = "already_fulfilled"
    message = _("This is %(state)s already.")


class ProofMissing(InvalidInput):
    code = "proof_missing"
    message = _("Say how it was fulfilled: a booking, folio or receipt number.")


class LossNotNamed(InvalidInput):
    code = "loss_not_named"
    message = _("Say what was lost or owed: giving it back is unlimited, but never unlabelled.")


class BadUnits(InvalidInput):
    code = "bad_units"
    message = _("How many? A whole number from 1 to %(most)s.")


class NoTariffOnHarm(NotAllowed):
    code = "no_tariff_on_harm"
    message = _("For %(category)s there is no goodwill before the stance is decided. Care costs are fine.")


class RateUnknown(Misconfigured):
    code = "rate_unknown"
    message = _(
        "What a night costs at %(property_code)s is not known: enter the reference rate in its house profile."
    )


class CertificateNotFound(InvalidInput):
    """Mistyped, unknown or not visible to this person: one refusal for all three."""

    code = "certificate_not_found"
    message = _(
        "No certificate with that code can be redeemed here. Check the twelve letters with the guest."
    )


class CertificateExpired(WrongState):
    code = "certificate_expired"
    message = _("This certificate was for arrivals until %(last_arrival_on)s.")


class CertificateVoid(WrongState):
    code = "certificate_void"
    message = _("This certificate was withdrawn: %(reason)s.")


class CertificateUsed(WrongState):
    code = "certificate_used"
    message = _("This certificate has been used: no night is left on it.")


class CertificateOutOfScope(WrongState):
    code = "certificate_out_of_scope"
    message = _("This certificate is for %(houses)s.")


class CertificateForeign(WrongState):
    code = "certificate_foreign"
    message = _("This certificate is personal, and the stay is booked for somebody else.")


class TooFewNights(WrongState):
    code = "too_few_nights"
    message = _("Only %(left)s night(s) are left on this certificate.")


class StayTooShort(InvalidInput):
    code = "stay_too_short"
    message = _("This stay has only %(nights)s night(s).")


class StayCancelled(WrongState):
    code = "stay_cancelled"
    message = _("This stay is cancelled. Book it again, then redeem.")


class CodeNeeded(NotAllowed):
    code = "code_needed"
    message = _("Without the code only a manager may redeem, with the guest's name, an ID and a reason.")


class AlreadyReversed(WrongState):
    code = "already_reversed"
    message = _("This redemption was given back already.")


class CertificateAlreadyIssued(WrongState):
    code = "certificate_already_issued"
    message = _("A certificate for this was issued already.")
