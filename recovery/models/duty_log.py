"""What a duty manager writes down for whoever comes next: about the house, not about one complaint.

A table of its own, because a timeline belongs to one complaint and holds no words, and what stands here
(“the lift man comes at six”) has no complaint. Everything else on the page is read from what happened.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import MomentField
from .scope import AppendOnlyModel, AppendOnlyQuerySet


class DutyLogQuerySet(AppendOnlyQuerySet):
    property_path = "property_code"
    named_path = ""


class DutyLogEntry(AppendOnlyModel):
    """One line, written once."""

    property_code = models.CharField(_("house"), max_length=40)
    business_on = models.DateField(_("business day"))
    at = MomentField(_("when"))
    words = models.TextField(_("what"), max_length=2_000)
    written_by = models.CharField(_("by"), max_length=120)

    objects = DutyLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty log entry")
        verbose_name_plural = _("duty log")
        indexes = (models.Index(fields=("property_code", "business_on"), name="recovery_duty_log"),)

    def __str__(self) -> str:
        return f"{self.property_code} {self.business_on}"
