"""Why a person in the story cannot have something, or cannot leave it; and why nothing goes to anybody."""

from __future__ import annotations

from .root import InvalidInput, NotAllowed, WrongState, _


class RightNotForRole(InvalidInput):
    code = "right_not_for_role"
    message = _("A %(role)s never receives that from us: %(right)s.")


class AgreementMissing(WrongState):
    code = "agreement_missing"
    message = _(
        "A %(role)s learns of it (%(right)s) only when the guest agreed. Ask the guest, "
        "and write down how they said so."
    )


class PartyEnded(WrongState):
    code = "party_ended"
    message = _("%(name)s was taken out of this story. Add them anew if that was wrong.")


class GuestStays(WrongState):
    code = "guest_stays"
    message = _("%(name)s is the guest of this complaint. Correct who the guest is instead.")


class HoldsCertificate(WrongState):
    code = "holds_certificate"
    message = _("%(name)s holds a free night that is still good. Void it first, or leave them in the story.")


class GuardianNeeded(WrongState):
    code = "guardian_needed"
    message = _("%(name)s speaks for a minor in this story. Add another guardian first.")


class AlreadyHeld(WrongState):
    code = "already_held"
    message = _("This complaint is on hold already: %(kind)s. Lift that hold first.")


class NotHeld(WrongState):
    code = "not_held"
    message = _("This complaint is not on hold.")


class OnHold(NotAllowed):
    code = "on_hold"
    message = _("This complaint is on hold (%(kind)s): no goodwill until a manager lifts it. Ask: %(who)s.")
