"""Why a house's own words for a guest text are not taken."""

from __future__ import annotations

from .root import InvalidInput, NotAllowed, WrongState, _


class BadLetterText(InvalidInput):
    code = "bad_letter_text"
    message = _("These words cannot be used: %(problem)s.")


class PlaceholderUnknown(BadLetterText):
    code = "placeholder_unknown"
    message = _("There is no {%(name)s} in this text.%(near)s It may use: %(allowed)s.")


class PlaceholderBroken(BadLetterText):
    code = "placeholder_broken"
    message = _(
        "“%(found)s” is not a placeholder: a name in one pair of braces and nothing else, {name} or {name?}. "
        "This text may use: %(allowed)s."
    )


class FactMissing(BadLetterText):
    code = "letter_fact_missing"
    message = _("The words must say {%(name)s}%(when)s: without it the guest does not learn it.")


class PlaceholderUnguarded(BadLetterText):
    code = "placeholder_unguarded"
    message = _(
        "{%(name)s} may be empty, and then no letter could go: write {%(name)s?}, "
        "or [if=%(name)s] above its paragraph."
    )


class FactTyped(BadLetterText):
    code = "letter_fact_typed"
    message = _("“%(words)s” is typed. Amounts, times and addresses come only through placeholders.")


class PartMissing(BadLetterText):
    code = "letter_part_missing"
    message = _("The apology is not whole: %(problem)s.")


class AdmitsTooEarly(BadLetterText):
    code = "letter_admits"
    message = _(
        "“%(words)s” stands in a letter while fault is still open: it says more than is known. "
        "Put it under [stance=responsibility]."
    )


class ToneRefused(BadLetterText):
    code = "letter_tone"
    message = _("“%(words)s” does not go to a guest (%(label)s). %(why)s %(better)s")


class ToneNoted(BadLetterText):
    """Never raised: it is said beside words that can be saved all the same."""

    code = "letter_tone_noted"
    message = _("Better without “%(words)s” (%(label)s). %(why)s %(better)s")


class BadCharacters(BadLetterText):
    code = "letter_characters"
    message = _("These characters cannot stand in a letter: %(characters)s. Type them out.")


class Unprintable(BadLetterText):
    code = "letter_unprintable"
    message = _(
        "No font here can print %(text)s, and this text goes on paper, too. Say it otherwise, or install a "
        "font and name its folder in PDF_FONT_DIRS."
    )


class LanguageNotSpoken(InvalidInput):
    code = "language_not_spoken"
    message = _("No guest is written to in “%(language)s” here. The letters speak: %(known)s.")


class LetterTextLocked(NotAllowed):
    code = "letter_text_locked"
    message = _("The group has locked this text (%(kind)s, %(language)s, by %(name)s). Ask who works for it.")


class LetterTextChanged(WrongState):
    code = "letter_text_changed"
    message = _("This text was changed meanwhile. Load the page again and look at what is new.")


class NotWorded(WrongState):
    code = "letter_text_not_worded"
    message = _("There are no own words for this text here (%(kind)s, %(language)s).")
