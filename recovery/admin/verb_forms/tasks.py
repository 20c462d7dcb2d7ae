"""Tasks: who does what by when, and whether it is really happening."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import (
    accept_task,
    add_task,
    ask_next,
    break_task,
    confirm_task,
    keep_task,
    move_task,
    start_task,
    tell_happening,
    withdraw_task,
)
from ...choices import Role
from ...errors import AlreadyMoved, NotAccepted
from ...rules import evidence, task_states
from .. import guidance, text
from .fields import HouseMomentField, PersonField, words
from .form import Subject, VerbForm

_REASON = 200
#: No answer is chosen beforehand: whoever knocked says which.
YES_NO = (("yes", _("yes")), ("no", _("no")))
_WIDGETS: dict[str, dict[str, Any]] = {"decimal": {"inputmode": "decimal"}, "count": {"inputmode": "numeric"}}


class AddTask(VerbForm):
    verb = "add_task"
    title = _("Who does what by when")
    button = _("Add it")
    done = _("Added.")
    places: ClassVar[dict[str, str]] = {"time_order": "due_at", "owner_not_here": "assignee"}

    what = words(label=_("What"), limit=200)
    due_at = HouseMomentField(label=_("By when"), help_text=_("Time of the house."))
    assignee = PersonField(label=_("Who"), required=False, help_text=_("Empty: the owner of the complaint."))
    told_guest = forms.BooleanField(
        label=_("I told the guest: it is a promise"),
        required=False,
        help_text=_("A promise that is not kept is the second failure."),
    )
    role = forms.ChoiceField(
        label=_("Or whoever is there in this role"), required=False, choices=[("", "–"), *Role.choices]
    )
    detail = words(label=_("How"), rows=3, limit=5_000, required=False)
    more = ("role", "detail")

    def starting_values(self) -> dict[str, Any]:
        half_an_hour = (self.desk.now + dt.timedelta(minutes=34)).replace(second=0, microsecond=0)
        return {"due_at": half_an_hour - dt.timedelta(minutes=half_an_hour.minute % 5)}

    def consequences(self) -> list[Any]:
        return [_("It stands in the list with its time, and turns red when the time has passed.")]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return add_task(
            complaint=self.complaint,
            title=data["what"],
            due_at=data["due_at"],
            assignee=data["assignee"],
            role=Role(data["role"]) if data["role"] else None,
            detail=data["detail"],
            told_guest=data["told_guest"],
            **self.once,
        )


class TaskForm(VerbForm):
    """A verb on one task."""

    target = "task"

    @classmethod
    def check(cls, at: Subject) -> None:
        task_states.check_open(at.named("task").state)

    @property
    def task(self) -> Any:
        return self.subject.named("task")


class AcceptTask(TaskForm):
    verb = "accept_task"
    title = _("Somebody says yes")
    button = _("Yes, it is accepted")
    done = _("Accepted.")

    person = PersonField(label=_("Who says yes?"), required=False, help_text=_("Empty: I do it myself."))
    heard_by = words(
        label=_("Who heard it?"),
        limit=120,
        required=False,
        help_text=_("If it was said aloud. Empty: I did."),
    )

    def consequences(self) -> list[Any]:
        return [_("From now on this person is answerable for it by that time.")]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return accept_task(task=self.task, person=data["person"], heard_by=data["heard_by"], **self.once)


class StartTask(TaskForm):
    verb = "start_task"
    title = _("It is really happening now")
    button = _("It has started")
    done = _("Started.")

    @classmethod
    def check(cls, at: Subject) -> None:
        task_states.check_start(at.named("task").state)

    def consequences(self) -> list[Any]:
        return [_("Now “somebody is on the way” is true.")]

    def act(self) -> models.Model:
        return start_task(task=self.task, **self.once)


class KeepTask(TaskForm):
    verb = "keep_task"
    title = _("It is done")
    button = _("It is done")
    done = _("Done. Thank you.")

    def prepare(self) -> None:
        for field in self.task.evidence_fields:
            kind = field.get("kind", "text")
            label, optional = capfirst(guidance.label(field)), bool(field.get("optional", False))
            if kind == "yes_no":
                self.fields[f"proof_{field['key']}"] = forms.ChoiceField(
                    label=label, required=not optional, choices=YES_NO, widget=forms.RadioSelect
                )
            elif kind == "yes":
                self.fields[f"proof_{field['key']}"] = forms.BooleanField(label=label, required=not optional)
            else:
                self.fields[f"proof_{field['key']}"] = forms.CharField(
                    label=label,
                    required=not optional,
                    max_length=evidence.LIMIT,
                    widget=forms.TextInput(attrs=_WIDGETS.get(kind, {})),
                )

    def consequences(self) -> list[Any]:
        return [_("It counts as done, by you, at this minute.")]

    def act(self) -> models.Model:
        proof: dict[str, Any] = {}
        for field in self.task.evidence_fields:
            value = self.cleaned_data[f"proof_{field['key']}"]
            proof[str(field["key"])] = ("yes" if value else "") if isinstance(value, bool) else value
        return keep_task(task=self.task, evidence=proof, **self.once)


class AskNext(TaskForm):
    verb = "ask_next"
    title = _("Ask the next colleague")
    button = _("Ask now")
    done = _("Asked. Until somebody says yes, it is not happening.")
    places: ClassVar[dict[str, str]] = {"owner_not_here": "person", "named_in_complaint": "person"}

    person = PersonField(label=_("Whom?"), required=False, help_text=_("Empty: the next in line."))

    def consequences(self) -> list[Any]:
        asked = self.task.assignee
        now = [gettext("Asked until now: %(name)s.") % {"name": asked.name}] if asked is not None else []
        return [*now, _("Do not tell the guest that somebody is coming before somebody has said yes.")]

    def act(self) -> models.Model:
        return ask_next(task=self.task, person=self.cleaned_data["person"], **self.once)


class TellHappening(TaskForm):
    verb = "tell_happening"
    answers_guest = True
    title = _("I told the guest that it is happening")
    button = _("I told the guest")
    done = _("Recorded.")

    @classmethod
    def check(cls, at: Subject) -> None:
        super().check(at)
        task = at.named("task")
        if task.accepted_at is None or task.not_happening_at is not None:
            raise NotAccepted()

    def consequences(self) -> list[Any]:
        return [gettext("%(name)s has said yes.") % {"name": self.task.accepted_by}]

    def act(self) -> models.Model:
        return tell_happening(task=self.task, **self.once)


class MoveTask(TaskForm):
    verb = "move_task"
    answers_guest = True
    title = _("It takes longer")
    button = _("Set the new time")
    done = _("The new time stands.")
    places: ClassVar[dict[str, str]] = {"time_order": "due_at", "reason_missing": "reason"}

    due_at = HouseMomentField(label=_("New time"), help_text=_("Time of the house."))
    reason = words(label=_("Why?"), limit=_REASON)
    told_guest = forms.BooleanField(label=_("The guest knows the new time"), required=False)

    @classmethod
    def check(cls, at: Subject) -> None:
        super().check(at)
        if at.named("task").first_due_at is not None:
            raise AlreadyMoved()

    def starting_values(self) -> dict[str, Any]:
        return {"due_at": self.task.due_at}

    def consequences(self) -> list[Any]:
        return [_("A time can be moved once. After that the promise is broken, and we make a new one.")]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return move_task(
            task=self.task,
            due_at=data["due_at"],
            reason=data["reason"],
            told_guest=data["told_guest"],
            **self.once,
        )


class EndTask(TaskForm):
    """A task that ends without having been done."""

    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}
    reason = words(label=_("Why?"), limit=_REASON)


class BreakTask(EndTask):
    verb = "break_task"
    title = _("It will not be done as said")
    button = _("Record it as broken")
    done = _("Recorded. Now say who does what instead.")

    def consequences(self) -> list[Any]:
        told = [_("The guest was told: ring them before they ring you.")] if self.task.is_promise else []
        return [_("It stays in the history as broken."), *told]

    def act(self) -> models.Model:
        return break_task(task=self.task, reason=self.cleaned_data["reason"], **self.once)

    def next_url(self, answer: models.Model) -> str:
        if self.desk.may("add_task", self.complaint.property_code):
            return self.desk.verb_url(self.complaint, "add_task")
        return super().next_url(answer)


class WithdrawTask(EndTask):
    verb = "withdraw_task"
    title = _("It is not needed any more")
    button = _("Take it off the list")
    done = _("Taken off the list.")

    def consequences(self) -> list[Any]:
        return [_("It leaves the list. The reason stays.")]

    def act(self) -> models.Model:
        return withdraw_task(task=self.task, reason=self.cleaned_data["reason"], **self.once)


class ConfirmTask(TaskForm):
    verb = "confirm_task"
    title = _("The guest says that it is done")
    button = _("The guest confirmed it")
    done = _("Confirmed.")

    @classmethod
    def check(cls, at: Subject) -> None:
        task_states.check_confirm(at.named("task").state)

    def consequences(self) -> list[Any]:
        return [text.name(self.task.title)]

    def act(self) -> models.Model:
        return confirm_task(task=self.task, **self.once)
