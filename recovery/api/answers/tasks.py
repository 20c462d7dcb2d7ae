"""Who does what by when, and who works here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from rest_framework import serializers

from ...choices import AcceptedHow, PromiseOutcome, Role, TaskKind, TaskState
from ...models import DutyLogEntry, StaffMember, Task
from ..fields import Day, Moment, Word
from .shape import Answer, Known, OfComplaint


class StaffAnswer(Answer):
    """Somebody who works here: who can own a complaint, take a task, sign a letter."""

    queryset = StaffMember.objects.all()

    id = serializers.IntegerField()
    name = serializers.CharField()
    title = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    property_codes = serializers.ListField(child=serializers.CharField())
    on_duty = serializers.BooleanField()
    on_call = serializers.BooleanField()
    active_until = Day(allow_null=True)


class DutyLogAnswer(Answer):
    """One line of a duty log."""

    queryset = DutyLogEntry.objects.all()

    id = serializers.IntegerField()
    property_code = serializers.CharField()
    business_on = Day()
    at = Moment()
    words = serializers.CharField()
    written_by = serializers.CharField()


class EvidenceField(serializers.Serializer):
    """What a task wants to know when it is done."""

    key = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.CharField(default="text")
    optional = serializers.BooleanField(default=False)


class TaskAnswer(Answer):
    """Who does what by when. A task that the guest was told about is a promise."""

    queryset = Task.objects.select_related("complaint", "assignee", "giver")

    id = serializers.IntegerField()
    complaint = OfComplaint()
    kind = Word(TaskKind)
    title = serializers.CharField()
    detail = serializers.CharField()
    role = Word(Role, allow_blank=True)
    assignee = Known(allow_null=True)
    giver = Known(allow_null=True)
    state = Word(TaskState)
    is_promise = serializers.BooleanField()
    due_at = Moment()
    due_zone = serializers.CharField()
    first_due_at = Moment(allow_null=True)
    said_at = Moment()
    told_guest_at = Moment(allow_null=True)
    needs_yes = serializers.BooleanField()
    not_happening_at = Moment(allow_null=True)
    missed_at = Moment(allow_null=True)
    claimed_at = Moment(allow_null=True)
    outcome = Word(PromiseOutcome)
    level = serializers.IntegerField()
    accepted_at = Moment(allow_null=True)
    accepted_by = serializers.CharField()
    accepted_how = Word(AcceptedHow, allow_blank=True)
    heard_by = serializers.CharField()
    started_at = Moment(allow_null=True)
    done_at = Moment(allow_null=True)
    done_by = serializers.CharField()
    evidence_fields = EvidenceField(many=True)
    evidence = serializers.DictField(child=serializers.CharField())
    confirmed_at = Moment(allow_null=True)
    broken_at = Moment(allow_null=True)
    withdrawn_at = Moment(allow_null=True)
    ended_reason = serializers.CharField()
    playbook_key = serializers.CharField()
    playbook_version = serializers.IntegerField(allow_null=True)
    step_key = serializers.CharField()
    position = serializers.IntegerField()
    can_do = serializers.ListField(child=serializers.CharField())
    brief = serializers.CharField()
    visits_guest = serializers.BooleanField()

    def to_representation(self, instance: Any) -> Any:
        """Title, detail, brief and what can be done now in the language of the request."""
        language = (get_language() or "").partition("-")[0]
        there = instance.guide.get(language)
        said = {**instance.guide, **(there if isinstance(there, dict) else {})}
        instance.can_do, instance.brief = said.get("can_do", []), said.get("brief", "")
        instance.visits_guest = bool(said.get("visits_guest", False))
        return {
            **super().to_representation(instance),
            "title": instance.told("title", language),
            "detail": instance.told("detail", language),
        }
