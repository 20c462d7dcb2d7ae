"""Tasks: who does what by when. A promise is a task that the guest was told about."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import AcceptedHow, AlarmReason, AlarmWay, PromiseOutcome, Role, TaskKind, TaskState, Urgency
from ..rules import task_states, urgency
from .complaints import Complaint
from .fields import MomentField
from .people import StaffMember
from .scope import VisibleQuerySet


class TaskQuerySet(VisibleQuerySet):
    def open(self) -> Self:
        """Neither done nor broken nor withdrawn."""
        return self.filter(done_at__isnull=True, broken_at__isnull=True, withdrawn_at__isnull=True)

    def most_urgent_first(self) -> Self:
        """By due time; in an Emergency its own steps before everything that was planned earlier."""
        emergency = models.When(
            playbook_key=urgency.OVERLAY, complaint__urgency=Urgency.EMERGENCY, then=models.Value(0)
        )
        return self.order_by(models.Case(emergency, default=models.Value(1)), "due_at", "pk")

    def due_before(self, moment: dt.datetime) -> Self:
        return self.open().filter(due_at__lt=moment)


class Task(models.Model):
    """One thing that one person does by one time."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(_("kind"), max_length=16, choices=TaskKind.choices, default=TaskKind.OTHER)
    title = models.CharField(_("what"), max_length=200)
    detail = models.TextField(_("how"), blank=True)
    role = models.CharField(_("role"), max_length=4, choices=Role.choices, blank=True)
    assignee = models.ForeignKey(
        StaffMember,
        verbose_name=_("who"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
    )
    #: Of a hand-over: whose work is offered. Until somebody accepts it stays theirs.
    giver = models.ForeignKey(
        StaffMember,
        verbose_name=_("from whom"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    # A complaint keeps the steps that it started with, so the step is copied here.
    playbook_key = models.CharField(max_length=12, blank=True)
    playbook_version = models.PositiveIntegerField(null=True, blank=True)
    step_key = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    #: The rest of the step: what can be done now, the brief, other languages (``rules.playbook.guide_of``).
    guide = models.JSONField(default=dict, blank=True, editable=False)
    evidence_fields = models.JSONField(default=list, blank=True)
    fulfils = models.CharField(max_length=24, blank=True)
    #: One open task per key; NULL when any number may exist.
    unique_key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    due_at = MomentField(_("by when"), db_index=True)
    due_zone = models.CharField(max_length=64)
    due_rule = models.CharField(max_length=40, blank=True)
    first_due_at = MomentField(null=True, blank=True)
    moved_at = MomentField(_("moved"), null=True, blank=True)

    said_at = MomentField(_("said"))
    #: Somebody must say yes before anybody may tell the guest that it is happening.
    needs_yes = models.BooleanField(default=False)
    asked_at = MomentField(_("asked"), null=True, blank=True)
    asked_on_call = models.BooleanField(default=False)
    #: Staff keys in the order in which they were asked: the chain as it really was.
    asked = models.JSONField(default=list, blank=True, editable=False)
    #: Alarms so far. One effect for each (task, level).
    level = models.PositiveSmallIntegerField(default=0, editable=False)
    #: Counts the plans of when to look next; only the newest is acted upon.
    watch = models.PositiveIntegerField(default=0, editable=False)
    not_happening_at = MomentField(_("not happening since"), null=True, blank=True)
    all_asked_at = MomentField(null=True, blank=True, editable=False)
    delay_warned_at = MomentField(null=True, blank=True, editable=False)
    missed_at = MomentField(_("missed"), null=True, blank=True)
    claimed_at = MomentField(_("guest told that it is happening"), null=True, blank=True)
    told_guest_at = MomentField(_("guest was told"), null=True, blank=True)
    accepted_at = MomentField(_("accepted"), null=True, blank=True)
    accepted_by = models.CharField(_("accepted by"), max_length=120, blank=True)
    accepted_how = models.CharField(max_length=8, choices=AcceptedHow.choices, blank=True)
    heard_by = models.CharField(_("heard by"), max_length=120, blank=True)
    started_at = MomentField(_("started"), null=True, blank=True)
    done_at = MomentField(_("done"), null=True, blank=True)
    done_by = models.CharField(_("done by"), max_length=120, blank=True)
    evidence = models.JSONField(_("proof"), default=dict, blank=True)
    confirmed_at = MomentField(_("confirmed by the guest"), null=True, blank=True)
    broken_at = MomentField(_("broken"), null=True, blank=True)
    withdrawn_at = MomentField(_("withdrawn"), null=True, blank=True)
    ended_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = (
            models.Index(fields=("complaint", "due_at"), name="recovery_task_due"),
            # What a person still has to do, without reading all that was ever done.
            models.Index(
                fields=("assignee", "done_at", "broken_at", "withdrawn_at"), name="recovery_task_open"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> TaskState:
        return task_states.state_of(
            accepted=self.accepted_at is not None,
            started=self.started_at is not None,
            done=self.done_at is not None,
            confirmed=self.confirmed_at is not None,
            broken=self.broken_at is not None,
            withdrawn=self.withdrawn_at is not None,
        )

    def told(self, name: str, language: str | None) -> str:
        """Title or detail in that language, where the playbook has it."""
        words = self.guide.get((language or "").partition("-")[0])
        return (words.get(name) if isinstance(words, dict) else "") or str(getattr(self, name))

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.broken_at is None and self.withdrawn_at is None

    @property
    def is_promise(self) -> bool:
        return self.told_guest_at is not None

    @property
    def outcome(self) -> PromiseOutcome:
        """Kept, late, moved, broken: computed, never ticked."""
        return task_states.outcome_of(
            due_at=self.due_at,
            done_at=self.done_at,
            moved=self.first_due_at is not None,
            broken=self.broken_at is not None,
            withdrawn=self.withdrawn_at is not None,
            missed=self.missed_at is not None,
        )

    @property
    def place_in_line(self) -> tuple[bool, dt.datetime, int]:
        """The order of ``most_urgent_first`` for rows that were read already."""
        emergency = self.complaint.urgency == Urgency.EMERGENCY
        return (not (emergency and self.playbook_key == urgency.OVERLAY), self.due_at, self.pk)

    @property
    def is_not_happening(self) -> bool:
        """The guest was told a time, and nobody is doing it."""
        return self.is_open and self.not_happening_at is not None


class AlarmQuerySet(VisibleQuerySet):
    def rang(self) -> Self:
        """What rang somebody: neither the board, nor a digest, nor the question before any alarm."""
        return self.exclude(way__in=(AlarmWay.QUIET, AlarmWay.DIGEST)).exclude(reason=AlarmReason.ASKED)


class Alarm(models.Model):
    """Who was rung, for what, and how: one row for each task and level, so that nobody is rung twice."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="alarms")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, null=True, blank=True, related_name="alarms")
    #: Of the task, counted from 1; 0 for the question to whoever is asked first, and about the complaint.
    level = models.PositiveSmallIntegerField(_("level"))
    #: What makes it one effect: a digest of task and level, or of complaint and reason.
    key = models.CharField(max_length=64, unique=True, editable=False)
    reason = models.CharField(_("why"), max_length=16, choices=AlarmReason.choices)
    person = models.ForeignKey(
        StaffMember, verbose_name=_("who"), on_delete=models.PROTECT, related_name="alarms"
    )
    way = models.CharField(_("how"), max_length=8, choices=AlarmWay.choices)
    #: When it was due by the rules; the same as ``at`` unless nobody swept in between.
    due_at = MomentField()
    at = MomentField(_("when"))
    sent_at = MomentField(_("told"), null=True, blank=True)
    seen_at = MomentField(_("answered"), null=True, blank=True)

    objects = AlarmQuerySet.as_manager()

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        indexes = (models.Index(fields=("person", "at"), name="recovery_alarm_person"),)

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.person}"
