"""Saying sorry: spoken, and in one letter with a free night inside."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ...actions import (
    certificate_steps,
    houses,
    record_spoken_apology,
    second_readers,
    send_written_apology,
)
from ...choices import ApologyPart, LetterKind, Stance
from ...errors import RecoveryError
from ...rules import stances
from .. import letter_previews, text
from .apology_words import ApologyForm, usual_signatory
from .fields import PersonField, words
from .form import VerbForm
from .setting_aside import SettingAside


class RecordSpokenApology(VerbForm):
    verb = "record_spoken_apology"
    title = _("I said sorry in person")
    button = _("Record it")
    done = _("Recorded.")

    parts = forms.MultipleChoiceField(
        label=_("What was said?"), choices=ApologyPart.choices, widget=forms.CheckboxSelectMultiple
    )
    spoken_by = PersonField(label=_("Who said it?"), required=False, help_text=_("Empty: I did."))

    def consequences(self) -> list[Any]:
        wanted = stances.missing_parts(Stance(self.complaint.stance), [])
        return [gettext("A whole apology has: %(parts)s.") % {"parts": ", ".join(wanted)}]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return record_spoken_apology(
            complaint=self.complaint,
            parts=[ApologyPart(part) for part in data["parts"]],
            spoken_by=data["spoken_by"],
            **self.once,
        )


class SendWrittenApology(ApologyForm, SettingAside):
    verb = "send_written_apology"
    permission = "release_letter"
    title = _("Send the written apology")
    button = _("Send")
    done = _("The apology is on its way.")
    places: ClassVar[dict[str, str]] = {
        **ApologyForm.places,
        **SettingAside.places,
        "bad_nights": "nights",
        "certificate_already_issued": "nights",
    }

    nights = forms.IntegerField(
        label=_("Free nights inside"),
        min_value=0,
        max_value=certificate_steps.MOST_NIGHTS,
        help_text=_("0: a letter without a certificate."),
    )
    why = words(
        label=_("Why, for the face of the certificate"),
        limit=certificate_steps.WHY,
        required=False,
        help_text=_("One human sentence in the guest's language."),
    )
    by_hand = forms.BooleanField(
        label=_("On paper: I print it and hand it over"),
        required=False,
        help_text=_("For guests without an address of their own."),
    )

    def starting_values(self) -> dict[str, Any]:
        unsent = certificate_steps.unsent(self.complaint)
        has_one = self.complaint.certificates.filter(void_at__isnull=True).exists()
        return {
            **super().starting_values(),
            "nights": unsent.nights if unsent else (0 if has_one else 1),
            "by_hand": self._refusal() is not None,
        }

    def consequences(self) -> list[Any]:
        """What this would do with what stands in the fields now."""
        party = letter_previews.party_of(self.complaint)
        language = text.language(party.language)
        values = {"name": party.name, "language": language, "email": party.email}
        refusal = self._refusal()
        if self._now("by_hand"):
            first = gettext("You print it, in %(language)s, and hand it to %(name)s.") % values
        elif refusal is not None:
            first = text.sentence(refusal)
        else:
            first = gettext("%(name)s gets this e-mail now, in %(language)s, at %(email)s.") % values
        if second_readers.is_needed(self.complaint, LetterKind.APOLOGY):
            first = gettext("It waits for a second person, who reads it and sends it.") + f" {first}"
        return [first, self._certificate_sentence(), self._signed_by()]

    def _certificate_sentence(self) -> str:
        unsent = certificate_steps.unsent(self.complaint)
        nights = self._now("nights") or 0
        if not nights:
            return gettext("There is no certificate inside.")
        if unsent is not None:
            return gettext("The certificate …%(four)s that was issued before travels inside.") % {
                "four": unsent.last_four
            }
        try:
            worth = houses.nightly_rate(self.complaint) * nights
        except RecoveryError as error:
            return text.sentence(error)
        return ngettext(
            "A certificate for %(nights)s night, worth %(worth)s, is issued now.",
            "A certificate for %(nights)s nights, worth %(worth)s, is issued now.",
            nights,
        ) % {"nights": nights, "worth": text.amount(worth, self.subject.profile.currency)}

    def _signed_by(self) -> str:
        chosen = self._now("signatory") if self.is_bound else None
        signer = chosen or usual_signatory(self.subject, LetterKind.APOLOGY)
        if signer is None:
            return gettext("Nobody can sign it yet: the general manager is missing under Staff.")
        return gettext("Signed by %(name)s.") % {"name": signer.name_for_guests}

    def _refusal(self) -> RecoveryError | None:
        return letter_previews.mail_refusal(letter_previews.party_of(self.complaint), LetterKind.APOLOGY)

    def _now(self, name: str) -> Any:
        if self.is_bound:
            return getattr(self, "cleaned_data", {}).get(name)
        return self.initial.get(name)

    def preview(self) -> letter_previews.Shown:
        """The letter as it would go, with a certificate that does not exist yet."""
        data = self.cleaned_data
        return letter_previews.apology(
            self.desk,
            self.complaint,
            words=self.written,
            signatory=data["signatory"],
            nights=data["nights"],
            why=data["why"],
        )

    def act(self) -> models.Model:
        data = self.cleaned_data
        return send_written_apology(
            complaint=self.complaint,
            words=self.written,
            nights=data["nights"],
            why=data["why"],
            signatory=data["signatory"],
            by_hand=data["by_hand"],
            set_aside=self.set_aside,
            **self.once,
        )

    def told_afterwards(self, answer: models.Model) -> str:
        """What was done: the letter went, or it waits for a colleague."""
        if getattr(answer, "released_at", None):
            return str(self.done)
        return gettext("Written and kept. A second person reads it and sends it; it is on their board.")

    def next_url(self, answer: models.Model) -> str:
        if self.cleaned_data["by_hand"]:
            return self.desk.url("complaint_letter", self.complaint.pk, answer.pk)
        return super().next_url(answer)
