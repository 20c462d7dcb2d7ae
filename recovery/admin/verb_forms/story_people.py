"""The people in the story: who they are, what each may receive, and who asked us to stop."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ... import conf
from ...actions import GuestInput, add_party, change_party, end_party, stop_writing_to
from ...choices import AddressClass, LanguageSource, PartyRight, PartyRole
from ...errors import PartyEnded
from .. import text
from .fields import words
from .form import Subject, VerbForm
from .typed_person import corrected

_PLACES: dict[str, str] = {
    "bad_email": "email",
    "text_missing": "name",
    "right_not_for_role": "may",
    "agreement_missing": "agreed_how",
    "reason_missing": "reason",
}


class _PersonFields(forms.Form):
    """How we reach them, and what they may have."""

    name = words(label=_("Name"), limit=160)
    email = words(label=_("E-mail"), limit=254, required=False)
    email_read_back = forms.BooleanField(
        label=_("I read the address back letter by letter"),
        required=False,
        help_text=_("Only then may a certificate code go there."),
    )
    phone = words(label=_("Phone"), limit=40, required=False)
    language = forms.ChoiceField(label=_("Language of letters"), required=False)
    postal_address = words(label=_("Postal address"), rows=3, limit=300, required=False)
    may = forms.MultipleChoiceField(
        label=_("What they may receive"),
        choices=PartyRight.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agreed_how = words(
        label=_("How the guest agreed that they may know"),
        limit=200,
        required=False,
        help_text=_("When and to whom the guest said so. Without it a payer learns of money alone."),
    )
    is_minor = forms.BooleanField(
        label=_("A minor"), required=False, help_text=_("Never written to: the guardian is.")
    )
    is_vip = forms.BooleanField(
        label=_("VIP"), required=False, help_text=_("A named person sends every text of weight.")
    )

    def offer_languages(self) -> None:
        codes = conf.current().LANGUAGES
        self.fields["language"].choices = [("", "–"), *((code, text.language(code)) for code in codes)]  # type: ignore[attr-defined]  # because fields are declared as plain ones

    @property
    def rights(self) -> list[PartyRight]:
        return [PartyRight(right) for right in self.cleaned_data["may"]]


class AddParty(_PersonFields, VerbForm):
    verb = "add_party"
    title = _("Add a person to the story")
    button = _("Add them")
    done = _("Added.")
    places: ClassVar[dict[str, str]] = _PLACES
    more = ("postal_address", "is_vip")

    role = forms.ChoiceField(label=_("Their part"), choices=PartyRole.choices)
    usual = forms.BooleanField(
        label=_("What their part brings by itself"),
        required=False,
        initial=True,
        help_text=_("A payer: money. A guardian: everything. Everybody else: nothing."),
    )
    field_order = ("role", "name", "email", "email_read_back", "phone", "language", "usual", "may")

    def prepare(self) -> None:
        self.offer_languages()

    def consequences(self) -> list[Any]:
        return [
            _("Nothing is sent to them now. Letters that follow go to whoever may receive them."),
            _("With a guardian in the story, letters go to the guardian, and a named person sends them."),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        person = GuestInput(
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
            language=data["language"],
            postal_address=data["postal_address"],
            email_read_back=data["email_read_back"],
        )
        return add_party(
            complaint=self.complaint,
            role=PartyRole(data["role"]),
            person=person,
            may=None if data["usual"] else self.rights,
            agreed_how=data["agreed_how"],
            is_minor=data["is_minor"],
            is_vip=data["is_vip"],
            **self.once,
        )


class _OfParty(VerbForm):
    """A verb about one person in the story."""

    target = "party"

    @classmethod
    def check(cls, at: Subject) -> None:
        party = at.named("party")
        if party.ended_at is not None:
            raise PartyEnded(name=party.name)

    @property
    def party(self) -> Any:
        return self.subject.named("party")


class ChangeParty(_PersonFields, _OfParty):
    verb = "change_party"
    title = _("Change a person in the story")
    button = _("Save")
    done = _("Saved.")
    places: ClassVar[dict[str, str]] = _PLACES
    more = ("postal_address",)

    reason = words(label=_("Why?"), limit=200)

    def prepare(self) -> None:
        self.offer_languages()

    def starting_values(self) -> dict[str, Any]:
        party = self.party
        names = ("name", "email", "phone", "postal_address", "agreed_how", "is_minor", "is_vip")
        known = {name: getattr(party, name) for name in names}
        is_guess = party.language_source == LanguageSource.GUESSED
        may = [right.value for right in PartyRight if getattr(party, f"may_{right.value}")]
        return known | {"may": may, "language": "" if is_guess else party.language}

    def consequences(self) -> list[Any]:
        address = AddressClass(self.party.address_class).label
        return [
            gettext("Their address now: %(address_class)s.") % {"address_class": address},
            _("What is on its way to them and may not go there any more is stopped; the owner is told."),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        person = corrected(data, self.starting_values())
        return change_party(
            party=self.party,
            person=person,
            may=self.rights,
            agreed_how=data["agreed_how"],
            is_minor=data["is_minor"],
            is_vip=data["is_vip"],
            reason=data["reason"],
            **self.once,
        )


class EndParty(_OfParty):
    verb = "end_party"
    title = _("Take a person out of the story")
    button = _("Take them out")
    done = _("Taken out. Nothing goes to them any more.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    reason = words(label=_("Why?"), limit=200)

    def consequences(self) -> list[Any]:
        return [
            gettext("Nothing goes to %(name)s any more, and their links open nothing.")
            % {"name": self.party.name}
        ]

    def act(self) -> models.Model:
        return end_party(party=self.party, reason=self.cleaned_data["reason"], **self.once)


class StopWritingTo(_OfParty):
    verb = "stop_writing_to"
    title = _("Asked us not to write")
    button = _("Record it")
    done = _("Recorded.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    stop = forms.TypedChoiceField(
        label=_("What did they say?"),
        choices=(("yes", _("Do not write to me about this")), ("no", _("You may write again"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = words(label=_("In which words, and to whom?"), limit=200)

    def consequences(self) -> list[Any]:
        return [_("What goes by itself stops. A letter that a person sends still goes.")]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return stop_writing_to(party=self.party, stop=data["stop"], reason=data["reason"], **self.once)
