"""Giving: compensation within one's authority, and its proof."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import compensation_steps, fulfil_compensation, grant_compensation
from ...choices import Layer, RemedyKey
from ...errors import AlreadyFulfilled
from ...models import Complaint, Remedy
from .. import text
from .fields import words
from .form import Subject, VerbForm


class GrantCompensation(VerbForm):
    verb = "grant_compensation"
    title = _("Give the guest something")
    button = _("Give it")
    done = _("Granted. Now make sure that the guest has it.")
    places: ClassVar[dict[str, str]] = {
        "bad_amount": "face",
        "amount_too_large": "face",
        "above_authority": "face",
        "loss_not_named": "what",
        "no_tariff_on_harm": "layer",
    }

    remedy = forms.ChoiceField(label=_("What"))
    layer = forms.ChoiceField(label=_("As what"), choices=Layer.choices, widget=forms.RadioSelect)
    what = words(
        label=_("In the guest's words"),
        limit=200,
        required=False,
        help_text=_("Making whole: what was lost. It can stand in the letter."),
    )
    face = forms.DecimalField(label=_("Worth to the guest"), max_digits=14, decimal_places=4)
    units = forms.IntegerField(
        label=_("How many"), initial=1, min_value=1, max_value=compensation_steps.MOST_UNITS
    )
    more = ("units",)

    def prepare(self) -> None:
        self.fields["remedy"].choices = remedies(self.complaint)  # type: ignore[attr-defined]  # because fields are declared as plain ones
        currency = self.subject.profile.currency
        self.fields["face"].help_text = gettext("In %(currency)s, for all of it together.") % {
            "currency": currency
        }

    def consequences(self) -> list[Any]:
        return [
            allowance_sentence(self.subject),
            _("Owed money goes back to who paid. Making whole has no limit, but says what was lost."),
            *bundle_sentences(self.complaint),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return grant_compensation(
            complaint=self.complaint,
            remedy=RemedyKey(data["remedy"]),
            layer=Layer(data["layer"]),
            what=data["what"],
            face=data["face"],
            units=data["units"],
            **self.once,
        )


class FulfilCompensation(VerbForm):
    verb = "fulfil_compensation"
    target = "compensation"
    title = _("The guest has it")
    button = _("The guest has it")
    done = _("Recorded.")
    places: ClassVar[dict[str, str]] = {"proof_missing": "proof"}

    proof = words(label=_("Booking, folio or receipt number"), limit=200)

    @classmethod
    def check(cls, at: Subject) -> None:
        row = at.named("compensation")
        if row.fulfilled_at or row.void_at:
            raise AlreadyFulfilled(state=row.state.label)

    def consequences(self) -> list[Any]:
        row = self.subject.named("compensation")
        return [text.name(row), text.amount(row.face, row.currency)]

    def act(self) -> models.Model:
        return fulfil_compensation(
            compensation=self.subject.named("compensation"), proof=self.cleaned_data["proof"], **self.once
        )


def allowance_sentence(at: Subject) -> str:
    """You may, now, without asking: how much."""
    allowed = compensation_steps.allowance(at.complaint, at.desk.actor.roles)
    if allowed is None:
        return gettext("You may, now, without asking: any goodwill.")
    currency = at.profile.currency
    goodwill = at.complaint.compensations.filter(
        layer=Layer.GOODWILL, pre_approved_by="", void_at__isnull=True, currency=currency
    )
    before = goodwill.aggregate(total=Sum("face"))["total"] or Decimal(0)
    if at.desk.actor.staff is None:
        return gettext("Your account belongs to no staff member, so you may give no goodwill. See Staff.")
    return gettext(
        "You may, now, without asking: goodwill up to %(limit)s, for this guest and for your day. "
        "Given here already: %(before)s."
    ) % {"limit": text.amount(allowed, currency), "before": text.amount(before, currency)}


def bundle_sentences(complaint: Complaint) -> list[str]:
    """What the running playbook gives unasked and has not given yet."""
    keys = {key for entry in complaint.playbooks for key in entry["pre_approved"]}
    given = complaint.compensations.filter(void_at__isnull=True).exclude(pre_approved_by="")
    left = sorted(keys - set(given.values_list("remedy__key", flat=True)))
    if not left:
        return []
    labels = ", ".join(str(RemedyKey(key).label) for key in left)
    return [gettext("The playbook gives unasked, whatever your limit: %(remedies)s.") % {"remedies": labels}]


def remedies(complaint: Complaint) -> list[tuple[str, str]]:
    """What this house offers. The free night has its own page, because it is a certificate."""
    rows = Remedy.objects.filter(property_code__in=("", complaint.property_code)).order_by("property_code")
    offered = {row.key: row.active for row in rows}  # the house's own line comes last and wins
    return [
        (key, str(RemedyKey(key).label))
        for key in RemedyKey.values
        if key != RemedyKey.FREE_NIGHT and offered.get(key, True)
    ]
