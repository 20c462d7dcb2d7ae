"""Why a letter cannot be written, released or delivered."""

from __future__ import annotations

from .root import InvalidInput, Misconfigured, NotAllowed, RecoveryError, WrongState, _


class NoAddress(WrongState):
    code = "no_address"
    message = _("%(name)s has no usable e-mail address. Print the letter and hand it over.")


class AddressNotTrusted(WrongState):
    code = "address_not_trusted"
    message = _(
        "This text cannot go to this address (%(address_class)s). "
        "Ask for the guest's own address, or print the letter and hand it over."
    )


class LetterNotDraft(WrongState):
    code = "letter_not_draft"
    message = _("This letter is %(state)s already and cannot be changed or sent again.")


class LetterNotSendable(WrongState):
    code = "letter_not_sendable"
    message = _("This letter is not complete: %(missing)s.")


class LetterBlocked(WrongState):
    code = "letter_blocked"
    message = _("It does not go like this: %(what)s. Change the words, or say why it goes all the same.")


class LetterForbidden(WrongState):
    code = "letter_forbidden"
    message = _("It does not go like this, whatever the reason: %(what)s. Change the words.")


class NeedsSecondReader(WrongState):
    code = "needs_second_reader"
    message = _("A second person reads this letter before it goes. Ask one of these: %(names)s.")


class SelfCheckTooSoon(WrongState):
    code = "self_check_too_soon"
    message = _("Nobody else can read it here. Leave it alone, read it once more at %(when)s, then send it.")


class NeedsSelfCheck(WrongState):
    code = "needs_self_check"
    message = _("Nobody else can read it here. Read it once more as the guest, and say that you did.")


class NeedsAPerson(NotAllowed):
    code = "needs_a_person"
    message = _("A named person must release this letter (severity %(severity)s).")


class MailHeld(WrongState):
    code = "mail_held"
    message = _("This does not go by mail now: %(reason)s.")


class MailOff(WrongState):
    code = "mail_off"
    message = _("This house does not send this text (%(kind)s). Telephone, or say it in person.")


class BadMailModes(InvalidInput):
    code = "bad_mail_modes"
    message = _("Guest mail: %(problem)s.")


class MailModeLaxer(InvalidInput):
    code = "mail_mode_laxer"
    message = _("“%(kind)s” cannot be “%(mode)s”: the mail contract says “%(contract)s”. Only stricter goes.")


class LetterTooLate(WrongState):
    code = "letter_too_late"
    message = _("This letter should have gone by %(when)s. Telephone instead, or write it anew.")


class NotForThisParty(WrongState):
    code = "not_for_this_party"
    message = _("%(name)s is not the one who may receive this (%(right)s). Choose somebody who may.")


class MinorNotWrittenTo(WrongState):
    code = "minor_not_written_to"
    message = _("%(name)s is a minor: we write to the guardian. Add the guardian, or choose another person.")


class LetterWaits(WrongState):
    code = "letter_waits"
    message = _(
        "Behind “%(task)s” a text to the guest waits. Send it, or stop it with a reason: that ends the task."
    )


class NeedsSignatory(Misconfigured):
    code = "needs_signatory"
    message = _("This letter is signed by the %(role)s, and %(property_code)s has nobody in that role.")


class WrongSignatory(InvalidInput):
    code = "wrong_signatory"
    message = _(
        "This letter is signed by the %(role)s, which %(name)s is not. Let a person in that role sign."
    )


class HostVeto(WrongState):
    code = "host_veto"
    message = _("The hotel system asks not to write to this guest. Telephone, or hand it over.")


class LetterUnchanged(WrongState):
    code = "same_text_again"
    message = _("This guest was already sent exactly this text.")


class AlreadyApologised(WrongState):
    code = "already_apologised"
    message = _(
        "%(name)s has our written apology already, of %(on)s. Ring instead: a second letter goes only after "
        "the complaint was opened again or we stand differently. If the first did not arrive, stop it."
    )


class LetterFailed(RecoveryError):
    code = "letter_failed"
    message = _("The letter could not be made: %(problem)s.")


class PdfNotInstalled(Misconfigured):
    code = "pdf_not_installed"
    message = _('PDFs need one more package: pip install "django-service-recovery[pdf]".')


class GlyphMissing(RecoveryError):
    code = "glyph_missing"
    message = _("No installed font can print %(text)s. Install one and name its folder in PDF_FONT_DIRS.")


class DeliveryNotRetryable(WrongState):
    code = "delivery_not_retryable"
    message = _("Only a delivery that failed, came too late or has an unknown outcome can be tried again.")
