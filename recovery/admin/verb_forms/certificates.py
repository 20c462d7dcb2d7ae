"""Certificates of a complaint: issue, void, give nights back, redeem for a guest who lost the code."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import (
    certificate_steps,
    houses,
    issue_certificate,
    redeem_without_code,
    reverse_redemption,
    void_certificate,
)
from ...choices import EntryKind, LetterKind, Role
from ...errors import AlreadyReversed, CertificateUsed, CertificateVoid, CodeNeeded, RecoveryError
from .. import letter_previews, text
from .fields import words
from .form import Subject, VerbForm
from .giving import allowance_sentence, bundle_sentences

MOST_NIGHTS = certificate_steps.MOST_NIGHTS


class IssueCertificate(VerbForm):
    verb = "issue_certificate"
    title = _("Issue a free-night certificate")
    button = _("Issue it")
    done = _("The certificate is issued.")
    places: ClassVar[dict[str, str]] = {"bad_nights": "nights", "reason_missing": "reason"}

    nights = forms.IntegerField(label=_("Nights"), initial=1, min_value=1, max_value=MOST_NIGHTS)
    why = words(
        label=_("Why, in one human sentence"),
        limit=certificate_steps.WHY,
        required=False,
        help_text=_("It stands on the certificate, in the guest's language."),
    )
    send = forms.BooleanField(
        label=_("Tell the guest at once, in a letter of its own"),
        required=False,
        initial=True,
        help_text=_("Leave it out if the certificate travels inside an apology that you write next."),
    )
    reason = words(label=_("Why a further certificate?"), limit=200)
    houses_valid = forms.MultipleChoiceField(
        label=_("Valid at"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: at every house."),
    )
    #: Frozen with the page, so that a second press asks for the same certificate.
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=99)
    more = ("houses_valid",)

    def prepare(self) -> None:
        self.fields["houses_valid"].choices = list(self.desk.house_names.items())  # type: ignore[attr-defined]  # because fields are declared as plain ones
        count = self.complaint.certificates.count()
        self.initial.setdefault("number", count + 1)
        asked = self.data.get(self.add_prefix("number"), "") if self.is_bound else str(count + 1)
        if asked == "1":
            del self.fields["reason"]

    def consequences(self) -> list[Any]:
        party = letter_previews.party_of(self.complaint)
        return [
            self._worth(),
            self._delivery(party),
            allowance_sentence(self.subject),
            *bundle_sentences(self.complaint),
        ]

    def _worth(self) -> str:
        try:
            rate = houses.nightly_rate(self.complaint)
        except RecoveryError as error:
            return text.sentence(error)
        currency = self.subject.profile.currency
        return gettext("A night is worth %(rate)s here.") % {"rate": text.amount(rate, currency)}

    def _delivery(self, party: Any) -> str:
        if letter_previews.mail_refusal(party, LetterKind.CERTIFICATE) is not None:
            return gettext("%(name)s cannot get a code by e-mail: the letter is for you to print.") % {
                "name": party.name
            }
        return gettext("%(name)s gets a letter with the code, in %(language)s, at %(email)s.") % {
            "name": party.name,
            "language": text.language(party.language),
            "email": party.email,
        }

    def act(self) -> models.Model:
        data = self.cleaned_data
        return issue_certificate(
            complaint=self.complaint,
            nights=data["nights"],
            why=data["why"],
            send=data["send"],
            number=data["number"],
            reason=data.get("reason", ""),
            houses_valid=tuple(data["houses_valid"]),
            **self.once,
        )


class CertificateForm(VerbForm):
    """A verb on one certificate."""

    target = "certificate"

    @classmethod
    def check(cls, at: Subject) -> None:
        certificate = at.named("certificate")
        if certificate.void_at is not None:
            raise CertificateVoid(reason=certificate.void_reason)

    @property
    def certificate(self) -> Any:
        return self.subject.named("certificate")

    def next_url(self, answer: models.Model) -> str:
        return self.desk.url("certificate_change", self.certificate.pk)


class VoidCertificate(CertificateForm):
    verb = "void_certificate"
    title = _("Withdraw the certificate")
    button = _("Withdraw it")
    done = _("Withdrawn.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    reason = words(label=_("Why?"), limit=200)

    def consequences(self) -> list[Any]:
        return [
            gettext("Certificate …%(four)s cannot be used any more; %(left)s night(s) are lost to the guest.")
            % {"four": self.certificate.last_four, "left": self.certificate.nights_left},
            _("A letter that carries it and was not sent yet is stopped. Nobody writes to the guest: ring."),
        ]

    def act(self) -> models.Model:
        return void_certificate(certificate=self.certificate, reason=self.cleaned_data["reason"], **self.once)


class RedeemWithoutCode(CertificateForm):
    verb = "redeem_without_code"
    title = _("Redeem for a guest who lost the code")
    button = _("Redeem without the code")
    done = _("Redeemed.")
    places: ClassVar[dict[str, str]] = {
        "stay_unknown": "stay_ref",
        "stay_cancelled": "stay_ref",
        "stay_too_short": "stay_ref",
        "code_needed": "guest_name",
        "reason_missing": "reason",
        "bad_nights": "nights",
        "too_few_nights": "nights",
    }

    stay_ref = words(label=_("Stay"), limit=64, help_text=_("The reference in the hotel system."))
    guest_name = words(label=_("Name on the ID"), limit=160)
    id_seen = forms.BooleanField(label=_("I have seen the ID"))
    reason = words(label=_("Why without the code?"), limit=200)
    nights = forms.IntegerField(label=_("Nights"), initial=1, min_value=1, max_value=MOST_NIGHTS)

    @classmethod
    def check(cls, at: Subject) -> None:
        super().check(at)
        if at.named("certificate").nights_left == 0:
            raise CertificateUsed()
        if not at.desk.actor.is_manager:
            raise CodeNeeded()

    def consequences(self) -> list[Any]:
        return [
            gettext("Nights left on …%(four)s: %(left)s. They are used up now, and the guest is told.")
            % {"four": self.certificate.last_four, "left": self.certificate.nights_left},
            gettext("Only a %(dm)s or %(gm)s may do this. Your name stands in the ledger.")
            % {"dm": Role.DUTY_MANAGER.label, "gm": Role.GENERAL_MANAGER.label},
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return redeem_without_code(
            certificate=self.certificate,
            stay_ref=data["stay_ref"],
            guest_name=data["guest_name"],
            id_seen=data["id_seen"],
            reason=data["reason"],
            nights=data["nights"],
            **self.who,
        )


class ReverseRedemption(VerbForm):
    verb = "reverse_redemption"
    target = "entry"
    title = _("Give the nights back")
    button = _("Give them back")
    done = _("Given back.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    reason = words(label=_("Why?"), limit=200)

    @classmethod
    def check(cls, at: Subject) -> None:
        entry = at.named("entry")
        if entry.certificate.void_at is not None:
            raise CertificateVoid(reason=entry.certificate.void_reason)
        if entry.kind != EntryKind.REDEEM or hasattr(entry, "reversed_by"):
            raise AlreadyReversed()

    def consequences(self) -> list[Any]:
        entry = self.subject.named("entry")
        return [
            gettext("%(nights)s night(s) of …%(four)s can be used again, for at least 90 more days.")
            % {"nights": -entry.nights, "four": entry.certificate.last_four},
            gettext("The hotel system charges stay %(stay)s again.") % {"stay": entry.stay_ref},
        ]

    def act(self) -> models.Model:
        return reverse_redemption(
            entry=self.subject.named("entry"), reason=self.cleaned_data["reason"], **self.once
        )

    def next_url(self, answer: models.Model) -> str:
        return self.desk.url("certificate_change", self.subject.named("entry").certificate_id)
