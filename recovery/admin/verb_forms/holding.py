"""A hold: while others decide, nothing goes to the guest."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import lift_hold, set_hold
from ...choices import HoldKind
from ...errors import AlreadyHeld, ManagersOnly, NotHeld
from .fields import words
from .form import Subject, VerbForm

_REASON = 200


class SetHold(VerbForm):
    verb = "set_hold"
    title = _("Put it on hold")
    button = _("Put it on hold")
    done = _("On hold. Nothing goes to the guest.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    kind = forms.ChoiceField(label=_("Who decides meanwhile?"), choices=HoldKind.choices)
    reason = words(label=_("What do we wait for?"), limit=_REASON)

    @classmethod
    def check(cls, at: Subject) -> None:
        if not at.desk.actor.is_manager:
            raise ManagersOnly()
        if at.complaint.hold_kind:
            raise AlreadyHeld(kind=HoldKind(at.complaint.hold_kind).label)

    def consequences(self) -> list[Any]:
        return [
            _("No text goes to the guest, not even one that a person sends. What was on its way waits."),
            _("No goodwill is given. What is owed is still paid."),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return set_hold(
            complaint=self.complaint, kind=HoldKind(data["kind"]), reason=data["reason"], **self.once
        )


class LiftHold(VerbForm):
    verb = "lift_hold"
    title = _("Lift the hold")
    button = _("Lift it")
    done = _("Lifted.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    reason = words(label=_("Who decided what?"), limit=_REASON)

    @classmethod
    def check(cls, at: Subject) -> None:
        if not at.desk.actor.is_manager:
            raise ManagersOnly()
        if not at.complaint.hold_kind:
            raise NotHeld()

    def consequences(self) -> list[Any]:
        kind = HoldKind(self.complaint.hold_kind).label
        return [
            gettext("On hold because: %(kind)s – %(reason)s")
            % {"kind": kind, "reason": self.complaint.hold_reason},
            _("What goes by itself goes now, if it is still in time. The rest waits for a person."),
        ]

    def act(self) -> models.Model:
        return lift_hold(complaint=self.complaint, reason=self.cleaned_data["reason"], **self.once)
