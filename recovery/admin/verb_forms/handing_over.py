"""Handing over and taking over: one press is enough."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import accept_hand_over, hand_over
from ...choices import TaskKind
from ...errors import NotAHandOver
from .fields import PersonField, words
from .form import Subject, VerbForm
from .tasks import TaskForm


class HandOver(VerbForm):
    verb = "hand_over"
    title = _("Hand over, no questions asked")
    button = _("Hand over now")
    done = _("Offered. Until somebody accepts it stays with whoever had it.")
    places: ClassVar[dict[str, str]] = {
        "owner_not_here": "receiver",
        "named_in_complaint": "receiver",
        "already_theirs": "receiver",
    }

    receiver = PersonField(
        label=_("To whom?"), required=False, help_text=_("Empty: whoever is on duty, else a manager.")
    )
    note = words(label=_("Anything that is not written down yet"), rows=2, limit=1_000, required=False)

    def consequences(self) -> list[Any]:
        return [
            _("Your colleague is rung and reads the whole story: the guest repeats nothing."),
            _("No clock stops. After ten minutes without a yes the managers are asked."),
            _("Take a minute for yourself. Nobody asks why."),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return hand_over(complaint=self.complaint, receiver=data["receiver"], note=data["note"], **self.once)


class AcceptHandOver(TaskForm):
    verb = "accept_hand_over"
    title = _("Take it over")
    button = _("I take it over")
    done = _("It is yours now, with its tasks and times.")
    places: ClassVar[dict[str, str]] = {"owner_not_here": "person", "named_in_complaint": "person"}

    person = PersonField(label=_("Who takes it?"), required=False, help_text=_("Empty: I do."))

    @classmethod
    def check(cls, at: Subject) -> None:
        task = at.named("task")
        if task.kind != TaskKind.HAND_OVER:
            raise NotAHandOver(task=task.title)
        super().check(at)

    def consequences(self) -> list[Any]:
        lines = [
            gettext("From now on you own it, with every open task of %(name)s.") % {"name": self.task.giver}
        ]
        return [*lines, *(format_html("<bdi>{}</bdi>", line) for line in self.task.detail.splitlines())]

    def act(self) -> models.Model:
        return accept_hand_over(task=self.task, person=self.cleaned_data["person"], **self.once)
