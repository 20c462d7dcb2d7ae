"""From solved to closed, and back."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import close, mark_solved, reopen, tell_guest
from ...choices import ApologyPart, ComplaintState, Outcome
from ...models import Task
from ...rules import transitions
from .fields import DayField, words
from .form import Subject, VerbForm


class MarkSolved(VerbForm):
    verb = "mark_solved"
    title = _("It is solved")
    button = _("It is solved")
    done = _("Solved. Now tell the guest.")

    solution = words(label=_("What was done"), rows=4, limit=5_000)

    @classmethod
    def check(cls, at: Subject) -> None:
        transitions.check_move(at.complaint.facts, ComplaintState.SOLVED)

    def consequences(self) -> list[Any]:
        return [
            _("A clock starts: the guest is told within minutes, by the owner. There are no silent fixes.")
        ]

    def act(self) -> models.Model:
        return mark_solved(complaint=self.complaint, solution=self.cleaned_data["solution"], **self.once)


class TellGuest(VerbForm):
    verb = "tell_guest"
    answers_guest = True
    title = _("The guest knows that it is solved")
    button = _("I told the guest")
    done = _("The guest knows.")

    how = words(label=_("How, and what did the guest say?"), limit=200)
    asked = forms.BooleanField(label=_("I asked whether it is right"), required=False)

    @classmethod
    def check(cls, at: Subject) -> None:
        transitions.check_move(at.complaint.facts, ComplaintState.TOLD)

    def consequences(self) -> list[Any]:
        return [
            _("The task “tell the guest” is done, by you."),
            _("It is handled only when the guest was asked whether it is right."),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return tell_guest(complaint=self.complaint, how=data["how"], asked=data["asked"], **self.once)


class Close(VerbForm):
    verb = "close"
    title = _("Close the complaint")
    button = _("Close it")
    done = _("Closed.")
    places: ClassVar[dict[str, str]] = {"time_order": "follow_up_on"}

    outcome = forms.ChoiceField(
        label=_("How did it end for the guest?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    solution = words(label=_("What was done"), rows=3, limit=5_000, required=False)
    told_how = words(label=_("How was the guest told, and what did they say?"), limit=200, required=False)
    asked = forms.BooleanField(label=_("I asked whether it is right"), required=False)
    apology = forms.MultipleChoiceField(
        label=_("I said sorry. What did I say?"),
        choices=ApologyPart.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    no_apology_reason = words(
        label=_("Why no apology?"),
        limit=200,
        required=False,
        help_text=_("Only if nobody apologised: for what reason is none owed?"),
    )
    follow_up_on = DayField(label=_("Look again on"), required=False)

    @classmethod
    def check(cls, at: Subject) -> None:
        transitions.check_open(at.complaint.facts)

    def prepare(self) -> None:
        """Ask only for what is missing."""
        current = self.complaint
        known = {
            "solution": current.solved_at is not None,
            "told_how": current.told_at is not None,
            "asked": current.asked_at is not None or current.followed_up_at is not None,
        }
        known["apology"] = known["no_apology_reason"] = bool(current.standing_apologies)
        for name in [name for name, is_known in known.items() if is_known]:
            del self.fields[name]

    def consequences(self) -> list[Any]:
        left = list(Task.objects.open().filter(complaint=self.complaint).order_by("due_at", "pk"))
        titles = format_html_join("; ", "<bdi>{}</bdi>", ((task.title,) for task in left))
        open_tasks = [format_html(gettext("These tasks stay open: {tasks}."), tasks=titles)]
        return [
            _("It leaves the queue. It can be reopened whenever the guest says that it is not right."),
            *(open_tasks if left else []),
        ]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return close(
            complaint=self.complaint,
            outcome=Outcome(data["outcome"]),
            no_apology_reason=data.get("no_apology_reason", ""),
            solution=data.get("solution", ""),
            told_how=data.get("told_how", ""),
            asked=data.get("asked", False),
            apology=[ApologyPart(part) for part in data.get("apology", ())],
            follow_up_on=data["follow_up_on"],
            **self.once,
        )


class Reopen(VerbForm):
    verb = "reopen"
    title = _("It is not right after all")
    button = _("Open it again")
    done = _("Open again. Hear the guest first.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    reason = words(label=_("What is not right?"), limit=200)

    @classmethod
    def check(cls, at: Subject) -> None:
        transitions.check_reopen(at.complaint.facts)

    def consequences(self) -> list[Any]:
        return [
            _("Solved, told and closed are taken back; the history stays. The owner hears the guest again.")
        ]

    def act(self) -> models.Model:
        return reopen(complaint=self.complaint, reason=self.cleaned_data["reason"], **self.once)
