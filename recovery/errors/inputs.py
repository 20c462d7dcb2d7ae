"""What was typed or asked for and cannot be used."""

from __future__ import annotations

from .root import InvalidInput, Misconfigured, NotAllowed, WrongState, _


class TextTooLong(InvalidInput):
    code = "text_too_long"
    message = _("%(field)s is too long: %(length)s characters, at most %(limit)s fit. Shorten it.")


class TextMissing(InvalidInput):
    code = "text_missing"
    message = _("%(field)s is empty. Please fill it in.")


class NotOneLine(InvalidInput):
    code = "not_one_line"
    message = _("%(field)s must be one line, without line breaks.")


class BadEmail(InvalidInput):
    code = "bad_email"
    message = _("That is not an e-mail address. Check the spelling, or leave it empty.")


class BadLink(InvalidInput):
    code = "bad_link"
    message = _("That is not a web address. It starts with https:// or http://.")


class UnknownChoice(InvalidInput):
    code = "unknown_choice"
    message = _("%(field)s: “%(value)s” is not one of: %(allowed)s.")


class TimeOrder(InvalidInput):
    code = "time_order"
    message = _("%(later)s cannot be before %(earlier)s. Check the date and time.")


class BadTime(InvalidInput):
    code = "bad_time"
    message = _("%(field)s: the year %(year)s cannot be right. Check the date.")


class BadTimeZone(InvalidInput):
    code = "bad_time_zone"
    message = _("“%(zone)s” is not a time zone. Use an IANA name, as in Europe/Copenhagen.")


class BadAmount(InvalidInput):
    code = "bad_amount"
    message = _("The amount must be above zero, with at most %(places)s decimals in %(currency)s.")


class AmountTooLarge(BadAmount):
    code = "amount_too_large"
    message = _("The amount cannot be above %(most)s %(currency)s. Is a decimal point missing?")


class BadCurrency(InvalidInput):
    code = "bad_currency"
    message = _("“%(currency)s” is not a currency code. Use three capital letters, as in EUR.")


class CurrencyMismatch(InvalidInput):
    code = "currency_mismatch"
    message = _("This house reckons in %(expected)s, not in %(given)s.")


class BadNights(InvalidInput):
    code = "bad_nights"
    message = _("A certificate is for %(least)s to %(most)s whole nights.")


class BadLogo(InvalidInput):
    code = "bad_logo"
    message = _("That file is not a PNG picture. Save the logo as PNG, at most %(limit)s KB.")


class EvidenceMissing(InvalidInput):
    code = "evidence_missing"
    message = _("“%(task)s” needs: %(fields)s.")


class RequestKeyReused(InvalidInput):
    code = "request_key_reused"
    message = _("This request key was used for something else. Reload the page and try again.")


class RequestKeyMissing(InvalidInput):
    code = "idempotency_key_missing"
    message = _(
        "Send an Idempotency-Key header, a new one for each thing that you want done: "
        "the same key again returns the first answer."
    )


class BadRequestKey(InvalidInput):
    code = "idempotency_key_invalid"
    message = _(
        "An Idempotency-Key is one key of 1 to 255 printable ASCII characters; "
        "one with a comma stands in quotes."
    )


class BadVersion(InvalidInput):
    code = "if_match_invalid"
    message = _("If-Match takes one version, in quotes, as ETag gave it – and not every address takes it.")


class BadPlaybook(InvalidInput):
    code = "bad_playbook"
    message = _("Playbook %(key)s: %(problem)s.")


class OwnershipFixed(BadPlaybook):
    code = "ownership_fixed"
    message = _(
        "Playbook %(key)s: %(problem)s. Ownership cannot be switched off in a playbook: "
        "take that line out and save again."
    )


class PlaybookUnknown(InvalidInput):
    code = "playbook_unknown"
    message = _("There is no playbook “%(key)s”. There are: %(known)s.")


class PlaybookChanged(WrongState):
    code = "playbook_changed"
    message = _("Playbook %(key)s was changed meanwhile. Load the page again and look at what is new.")


class NotEdited(WrongState):
    code = "playbook_not_edited"
    message = _("Playbook %(key)s is the shipped one here; there is nothing to restore.")


class NoStaffRecord(NotAllowed):
    code = "no_staff_record"
    message = _("Your account belongs to no colleague under Staff: ask a manager to link it there.")


class NoQuestions(WrongState):
    code = "no_questions"
    message = _("No playbook with questions runs for this complaint. Start one, or write it as a contact.")


class StayUnknown(InvalidInput):
    code = "stay_unknown"
    message = _(
        "No stay with the reference “%(stay_ref)s”. Look for it by name, phone or agency number, "
        "or treat it as a lost reservation."
    )


class PropertyUnknown(InvalidInput):
    code = "property_unknown"
    message = _("No house with the code “%(property_code)s”. Known: %(known)s.")


class NobodyOnDuty(Misconfigured):
    code = "nobody_on_duty"
    message = _(
        "Nobody can own this complaint at %(property_code)s: add a staff member there, with the "
        "role duty manager or general manager."
    )


class NoProfile(Misconfigured):
    code = "no_profile"
    message = _(
        "%(property_code)s has no house profile yet. "
        "Run: manage.py recovery_init --property %(property_code)s"
    )


class NoBrand(Misconfigured):
    code = "no_brand"
    message = _(
        "%(property_code)s has no brand: a letter needs its name, address and sender. "
        "Fill it in under Brands."
    )


class BadHours(InvalidInput):
    code = "bad_hours"
    message = _("The desk hours cannot be used: %(problem)s.")
