"""Questions of the playbooks, and the overlay that protects a colleague."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ...actions import record_answers, run_overlay
from ...actions.playbook_answers import ANSWER, questions_of
from ...actions.playbooks import overlays
from ...errors import AlreadyGranted, NoQuestions
from .fields import words
from .form import Subject, VerbForm


class RecordAnswers(VerbForm):
    verb = "record_answers"
    title = _("Ask, and note the answers")
    button = _("Note them down")
    done = _("Noted.")

    @classmethod
    def check(cls, at: Subject) -> None:
        if not questions_of(at.complaint):
            raise NoQuestions()

    def prepare(self) -> None:
        said = {fact["key"]: fact["answer"] for fact in self.complaint.answers}
        for key, question in questions_of(self.complaint, get_language()).items():
            name = f"answer_{key}"
            if question["kind"] == "yes_no":
                choices = (("", gettext("not asked yet")), ("yes", gettext("yes")), ("no", gettext("no")))
                self.fields[name] = forms.ChoiceField(
                    label=question["text"], required=False, choices=choices, widget=forms.RadioSelect
                )
            elif question["kind"] == "count":
                self.fields[name] = forms.IntegerField(
                    label=question["text"], required=False, min_value=0, max_value=999_999
                )
            else:
                self.fields[name] = words(label=question["text"], rows=2, limit=ANSWER, required=False)
            self.initial.setdefault(name, said.get(key, ""))

    def consequences(self) -> list[Any]:
        return [
            _("The answers stand on the complaint, so that nobody asks the guest again."),
            _("None of them goes into a letter by itself."),
        ]

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self._answers(data):
            raise forms.ValidationError(_("Write at least one answer."))
        return data

    def _answers(self, data: dict[str, Any]) -> dict[str, str]:
        given = {name.removeprefix("answer_"): data[name] for name in data if name.startswith("answer_")}
        return {key: str(value) for key, value in given.items() if value not in (None, "")}

    def act(self) -> models.Model:
        return record_answers(complaint=self.complaint, answers=self._answers(self.cleaned_data), **self.once)


class RunOverlay(VerbForm):
    verb = "run_overlay"
    title = _("Something that comes before everything else")
    button = _("Start it")
    done = _("It has started. Its steps are below.")
    places: ClassVar[dict[str, str]] = {"playbook_unknown": "overlay"}

    overlay = forms.ChoiceField(label=_("What is it?"), widget=forms.RadioSelect)

    @classmethod
    def _left(cls, at: Subject) -> list[str]:
        running = {entry["key"] for entry in at.complaint.playbooks}
        return [key for key in overlays() if key not in running]

    @classmethod
    def check(cls, at: Subject) -> None:
        if not cls._left(at):
            raise AlreadyGranted()

    def prepare(self) -> None:
        # All of them in a form that was sent: a second press must reach its first answer.
        keys = list(overlays()) if self.is_bound else self._left(self.subject)
        self.fields["overlay"].choices = [  # type: ignore[attr-defined]  # because fields are declared as plain ones
            (key, overlays()[key].told("title", get_language())) for key in reversed(keys)
        ]

    def consequences(self) -> list[Any]:
        return [
            _("Its steps become tasks beside those that run, each with a person and a time."),
            _("A colleague who is at risk may step away at once. Nobody asks why."),
        ]

    def act(self) -> models.Model:
        return run_overlay(complaint=self.complaint, overlay=self.cleaned_data["overlay"], **self.once)
