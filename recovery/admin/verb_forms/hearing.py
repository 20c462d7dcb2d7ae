"""Hearing the guest: contacts, the answer of a person, the restatement, and who the guest is."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ... import conf
from ...actions import acknowledge, add_contact, confirm_restatement, relink_guest
from ...choices import Channel, ComplaintState, Confirmation, ContactKind, LanguageSource
from ...rules import transitions
from .. import text
from .fields import HouseMomentField, words
from .form import Subject, VerbForm
from .typed_person import corrected

#: How a restatement may begin, in the guest's language: the rest is the guest's story.
_OPENINGS = {
    "en": "So what you are telling me is that ",
    "da": "Det, du fortæller mig, er altså, at ",
    "de": "Sie sagen mir also, dass ",
    "fr": "Si je vous comprends bien, ",
    "es": "Lo que usted me cuenta es, entonces, que ",
}


class AddContact(VerbForm):
    verb = "add_contact"
    title = _("The guest got in touch again")
    button = _("Write it down")
    done = _("Written down.")

    kind = forms.ChoiceField(label=_("What was it?"), choices=ContactKind.choices)
    channel = forms.ChoiceField(label=_("How?"), choices=Channel.choices)
    said = words(label=_("What was said, in the guest's words"), rows=5, limit=20_000)
    told_at = HouseMomentField(
        label=_("When was it said?"), required=False, help_text=_("Empty: just now. Time of the house.")
    )
    link = forms.URLField(
        label=_("Link to the public post"), required=False, max_length=500, assume_scheme="https"
    )
    more = ("told_at", "link")

    def consequences(self) -> list[Any]:
        return [
            _("It appears in the timeline under your name."),
            _("If the guest wrote, a time is set by which a person answers, and the guest gets a receipt."),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return add_contact(
            complaint=self.complaint,
            kind=ContactKind(data["kind"]),
            channel=Channel(data["channel"]),
            words=data["said"],
            told_at=data["told_at"],
            link=data["link"],
            **self.once,
        )


class Acknowledge(VerbForm):
    verb = "acknowledge"
    answers_guest = True
    title = _("I have answered the guest")
    button = _("Yes, a person answered")
    done = _("The guest has an answer from a person.")

    channel = forms.ChoiceField(label=_("How did you answer?"), choices=Channel.choices)

    @classmethod
    def check(cls, at: Subject) -> None:
        transitions.check_move(at.complaint.facts, ComplaintState.RECOVERING)

    def consequences(self) -> list[Any]:
        return [_("Your name stands as the first who answered. An automatic receipt that waits is not sent.")]

    def act(self) -> models.Model:
        return acknowledge(
            complaint=self.complaint, channel=Channel(self.cleaned_data["channel"]), **self.once
        )


class ConfirmRestatement(VerbForm):
    verb = "confirm_restatement"
    answers_guest = True
    title = _("Say back what you understood")
    button = _("Record it")
    done = _("The guest has been heard.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    restatement = words(
        label=_("What you say to the guest"),
        rows=5,
        limit=2_000,
        help_text=_(
            "In the guest's language. What happened, and what it cost them. Then ask: is that right?"
        ),
    )
    confirmation = forms.ChoiceField(
        label=_("What did the guest say?"), choices=Confirmation.choices, widget=forms.RadioSelect
    )
    reason = words(
        label=_("Why could the guest not be asked?"),
        limit=200,
        required=False,
        help_text=_("Only if the guest could not be asked."),
    )
    impact = words(
        label=_("What it cost the guest"),
        rows=3,
        limit=20_000,
        required=False,
        help_text=_("A night, an appointment, money, sleep. It stays on top of the page."),
    )

    @classmethod
    def check(cls, at: Subject) -> None:
        transitions.check_move(at.complaint.facts, ComplaintState.HEARD)

    def starting_values(self) -> dict[str, Any]:
        parties = self.subject.parties
        opening = _OPENINGS.get(parties[0].language if parties else "en", _OPENINGS["en"])
        return {"restatement": self.complaint.restatement or opening, "impact": self.complaint.impact}

    def clean_restatement(self) -> str:
        said = str(self.cleaned_data["restatement"])
        if any(said.strip() == opening.strip() for opening in _OPENINGS.values()):
            raise forms.ValidationError(_("The sentence is not finished yet: what did the guest tell you?"))
        return said

    def consequences(self) -> list[Any]:
        return [_("The complaint counts as heard. The words stay on top of the page for your colleagues.")]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return confirm_restatement(
            complaint=self.complaint,
            restatement=data["restatement"],
            confirmation=Confirmation(data["confirmation"]),
            reason=data["reason"],
            impact=data["impact"],
            **self.once,
        )


class RelinkGuest(VerbForm):
    verb = "relink_guest"
    title = _("Correct who the guest is")
    button = _("Correct it")
    done = _("Corrected.")
    places: ClassVar[dict[str, str]] = {"bad_email": "email", "reason_missing": "reason"}

    name = words(label=_("Name"), limit=160, required=False)
    email = words(label=_("E-mail"), limit=254, required=False)
    email_read_back = forms.BooleanField(
        label=_("I read the address back letter by letter"),
        required=False,
        help_text=_("Only then may a certificate code go there."),
    )
    phone = words(label=_("Phone"), limit=40, required=False)
    language = forms.ChoiceField(
        label=_("Language of letters"),
        required=False,
        help_text=_("Empty: the guest did not say. Ask."),
    )
    postal_address = words(label=_("Postal address"), rows=3, limit=300, required=False)
    reason = words(label=_("Why?"), limit=200)

    def prepare(self) -> None:
        codes = conf.current().LANGUAGES
        self.fields["language"].choices = [("", "–"), *((code, text.language(code)) for code in codes)]  # type: ignore[attr-defined]  # because fields are declared as plain ones

    def starting_values(self) -> dict[str, Any]:
        guest = next(iter(self.subject.parties), None)
        if guest is None:
            return {}
        names = ("name", "email", "phone", "postal_address")
        known = {name: getattr(guest, name) for name in names}
        # A guess that stood there would be saved as what the guest said.
        is_guess = guest.language_source == LanguageSource.GUESSED
        return known | {"language": "" if is_guess else guest.language}

    def consequences(self) -> list[Any]:
        return [
            _("Letters that were sent already keep what they were. New ones use what stands here."),
            gettext("An empty field leaves what is known."),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        guest = corrected(data, self.starting_values())
        return relink_guest(complaint=self.complaint, guest=guest, reason=data["reason"], **self.once)
