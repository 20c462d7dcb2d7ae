"""A rule that was bent, by whom and why."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .complaints import Complaint
from .fields import MomentField
from .letters import Letter
from .scope import AppendOnlyModel, AppendOnlyQuerySet


class Override(AppendOnlyModel):
    """One rule that somebody set aside for one complaint. Rules that are bent often are bad rules."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="overrides")
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="overrides"
    )
    #: The code of the rule, such as ``BLAME_SUPPLIER``.
    rule = models.CharField(_("rule"), max_length=40)
    #: What stands there; empty where something is missing.
    words = models.CharField(_("words"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.CharField(_("by"), max_length=120)
    at = MomentField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")

    def __str__(self) -> str:
        return f"{self.rule}, {self.by}"
