"""What must still be delivered, and signs of life."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import HeartbeatKind, Lane, OutboxState
from .fields import MomentField


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def free(self, *, real_now: dt.datetime) -> Self:
        """Unsettled rows that nobody owns. Leases use the database's real time, never CLOCK."""
        return self.filter(state__in=(OutboxState.DUE, OutboxState.SENDING)).filter(
            models.Q(lease_until__isnull=True) | models.Q(lease_until__lt=real_now)
        )

    def due(self, *, now: dt.datetime) -> Self:
        return self.filter(due_at__lte=now)

    def in_order(self) -> Self:
        return self.order_by("lane", "due_at", "pk")

    def failed(self) -> Self:
        """Rows that need a person."""
        return self.filter(state__in=(OutboxState.DEAD, OutboxState.UNKNOWN, OutboxState.TOO_LATE))


class OutboxMessage(models.Model):
    """One promise to the outside world. The row guarantees; Celery distributes."""

    kind = models.CharField(_("what"), max_length=40)
    key = models.CharField(max_length=64, unique=True, editable=False)
    lane = models.PositiveSmallIntegerField(_("lane"), choices=Lane.choices, default=Lane.NORMAL)
    payload = models.JSONField(default=dict, help_text=_("Ids only."))
    state = models.CharField(_("state"), max_length=12, choices=OutboxState.choices, default=OutboxState.DUE)
    created_at = MomentField(_("promised"))
    due_at = MomentField(_("due"))
    not_after = MomentField(_("not after"), null=True, blank=True)
    supersede_key = models.CharField(max_length=64, blank=True, db_index=True)
    property_code = models.CharField(_("house"), max_length=40, blank=True)
    lease_until = MomentField(null=True, blank=True)
    token = models.CharField(max_length=36, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    message_id = models.CharField(_("Message-ID"), max_length=200, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    settled_at = MomentField(_("settled"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = (models.Index(fields=("state", "due_at", "id"), name="recovery_outbox_due"),)

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Heartbeat(models.Model):
    """When something was last seen to work; one row a kind."""

    kind = models.CharField(max_length=12, choices=HeartbeatKind.choices, unique=True)
    at = MomentField()

    class Meta:
        verbose_name = _("sign of life")
        verbose_name_plural = _("signs of life")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.at:%Y-%m-%d %H:%M:%S}"
