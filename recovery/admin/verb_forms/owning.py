"""Who owns it, where we stand, and which playbook runs."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ...actions import assign, name_staff, run_playbook, set_stance
from ...actions.playbooks import shipped_playbooks
from ...choices import Category, Stance
from ...errors import AlreadyGranted, ManagersOnly
from ...models import StaffMember
from ...rules import stances
from ...rules.playbook import Situation
from .fields import PersonField, words
from .form import Subject, VerbForm


class Assign(VerbForm):
    verb = "assign"
    title = _("Give it to somebody else")
    button = _("Give it")
    done = _("It has a new owner.")
    places: ClassVar[dict[str, str]] = {"owner_not_here": "owner"}

    owner = PersonField(
        label=_("New owner"),
        help_text=_("Always one of us: a supplier can own a task, never the complaint."),
    )

    def consequences(self) -> list[Any]:
        return [
            gettext("Now with: %(name)s. Talk to the new owner before you press.")
            % {"name": self.complaint.owner.name}
        ]

    def act(self) -> models.Model:
        return assign(complaint=self.complaint, owner=self.cleaned_data["owner"], **self.once)


class NameStaff(VerbForm):
    verb = "name_staff"
    title = _("Whom did the guest name?")
    button = _("Save")
    done = _("Saved. Who was named sees and does nothing here any more.")
    places: ClassVar[dict[str, str]] = {"owner_not_here": "people", "no_manager_left": "people"}

    people = forms.ModelMultipleChoiceField(
        label=_("The guest complains about"),
        queryset=StaffMember.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody ticked: nobody was named."),
    )

    @classmethod
    def check(cls, at: Subject) -> None:
        if not at.desk.actor.is_manager:
            raise ManagersOnly()

    def prepare(self) -> None:
        named = self.complaint.named_staff.values_list("pk", flat=True)
        ids = {person.pk for person in self.subject.colleagues()} | set(named)
        self.fields["people"].queryset = StaffMember.objects.filter(pk__in=ids).order_by("name", "pk")  # type: ignore[attr-defined]  # because fields are declared as plain ones

    def starting_values(self) -> dict[str, Any]:
        return {"people": list(self.complaint.named_staff.values_list("pk", flat=True))}

    def consequences(self) -> list[Any]:
        return [
            _("They see nothing of this complaint, are rung for nothing in it, and can do nothing here."),
            _("What was theirs goes on: a manager owns it, and their tasks go to the next colleague."),
        ]

    def act(self) -> models.Model:
        return name_staff(complaint=self.complaint, people=list(self.cleaned_data["people"]), **self.once)

    def next_url(self, answer: models.Model) -> str:
        # A manager who names themselves finds no page of it any more.
        if self.desk.actor.staff in self.cleaned_data["people"]:
            return self.desk.url("complaint_changelist")
        return super().next_url(answer)


class SetStance(VerbForm):
    verb = "set_stance"
    title = _("Decide where we stand")
    button = _("Decide")
    done = _("Decided.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    stance = forms.ChoiceField(label=_("We say"), choices=Stance.choices, widget=forms.RadioSelect)
    reason = words(label=_("Why?"), limit=200)
    internal_cause = words(label=_("What caused it (for us alone)"), rows=3, limit=20_000, required=False)
    supplier = words(label=_("Supplier involved (for us alone)"), limit=120, required=False)

    @classmethod
    def check(cls, at: Subject) -> None:
        stances.check_stance_change(Category(at.complaint.category), roles=at.desk.actor.roles)

    def starting_values(self) -> dict[str, Any]:
        return {
            "stance": self.complaint.stance,
            "internal_cause": self.complaint.internal_cause,
            "supplier": self.complaint.supplier,
        }

    def consequences(self) -> list[Any]:
        return [_("Letters follow it: regret admits nothing, responsibility says that the mistake is ours.")]

    def act(self) -> models.Model:
        data = self.cleaned_data
        return set_stance(
            complaint=self.complaint,
            stance=Stance(data["stance"]),
            reason=data["reason"],
            internal_cause=data["internal_cause"],
            supplier=data["supplier"],
            **self.once,
        )


class RunPlaybook(VerbForm):
    verb = "run_playbook"
    title = _("Start a playbook")
    button = _("Start it")
    done = _("The playbook has started. Its steps are below.")

    category = forms.ChoiceField(label=_("For what?"))

    @classmethod
    def _left(cls, at: Subject) -> list[Category]:
        running = {entry["category"] for entry in at.complaint.playbooks}
        return [category for category in shipped_playbooks() if category not in running]

    @classmethod
    def check(cls, at: Subject) -> None:
        if not cls._left(at):
            raise AlreadyGranted()

    def prepare(self) -> None:
        # All of them in a form that was sent: a second press must reach its first answer.
        books = shipped_playbooks()
        self.fields["category"].choices = [  # type: ignore[attr-defined]  # because fields are declared as plain ones
            (str(category), books[category].told("title", get_language()))
            for category in (books if self.is_bound else self._left(self.subject))
        ]

    def consequences(self) -> list[Any]:
        left = self._left(self.subject)
        return [
            gettext("%(title)s: %(count)s steps become tasks, each with a person and a time.")
            % {
                "title": shipped_playbooks()[category].told("title", get_language()),
                "count": len(Situation().choose(shipped_playbooks()[category].steps)),
            }
            for category in left
            if len(left) == 1
        ] or [gettext("Its steps become tasks, each with a person and a time.")]

    def act(self) -> models.Model:
        return run_playbook(
            complaint=self.complaint, category=Category(self.cleaned_data["category"]), **self.once
        )
