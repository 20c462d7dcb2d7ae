"""How urgent it is: Emergency and back, and a guest whom we are about to lose."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import raise_urgency, set_at_risk, take_back_emergency
from ...choices import AtRisk, Urgency
from ...errors import AlreadyClosed
from ...rules import urgency
from .fields import words
from .form import Subject, VerbForm

_REASON = 200


class RaiseUrgency(VerbForm):
    verb = "raise_urgency"
    title = _("It is more urgent than it looks")
    button = _("Raise it")
    done = _("Raised.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    urgency = forms.ChoiceField(
        label=_("It is"),
        choices=[
            (Urgency.FAST.value, Urgency.FAST.label),
            (Urgency.EMERGENCY.value, Urgency.EMERGENCY.label),
        ],
        widget=forms.RadioSelect,
    )
    reason = words(label=_("Why?"), limit=_REASON)

    @classmethod
    def check(cls, at: Subject) -> None:
        if at.complaint.closed_at is not None:
            raise AlreadyClosed()

    def consequences(self) -> list[Any]:
        return [
            _("Emergency: a duty manager owns it and is rung now, and the desk may give more."),
            _("It can be taken back for 30 minutes, with a reason."),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return raise_urgency(
            complaint=self.complaint, urgency=Urgency(data["urgency"]), reason=data["reason"], **self.once
        )


class TakeBackEmergency(VerbForm):
    verb = "take_back_emergency"
    title = _("It was no Emergency")
    button = _("Take it back")
    done = _("Taken back. The history keeps both.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    reason = words(label=_("What was misunderstood?"), limit=_REASON)

    @classmethod
    def check(cls, at: Subject) -> None:
        current = at.complaint
        urgency.check_take_back(Urgency(current.urgency), current.urgency_since, now=at.desk.now)

    def consequences(self) -> list[Any]:
        return [
            gettext("It is as urgent and as grave as before. It stays with %(name)s.")
            % {"name": self.complaint.owner.name}
        ]

    def act(self) -> models.Model:
        return take_back_emergency(complaint=self.complaint, reason=self.cleaned_data["reason"], **self.once)


class SetAtRisk(VerbForm):
    verb = "set_at_risk"
    title = _("We are about to lose this guest")
    button = _("Record it")
    done = _("Recorded. The general manager has a task.")

    at_risk = forms.ChoiceField(
        label=_("The guest"),
        choices=[(risk.value, risk.label) for risk in AtRisk],
        widget=forms.RadioSelect,
        required=False,
    )

    def starting_values(self) -> dict[str, Any]:
        return {"at_risk": self.complaint.at_risk}

    def consequences(self) -> list[Any]:
        return [_("The general manager is asked to speak to the guest within the hour.")]

    def act(self) -> models.Model:
        return set_at_risk(
            complaint=self.complaint, at_risk=AtRisk(self.cleaned_data["at_risk"]), **self.once
        )
