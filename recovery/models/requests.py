"""What was asked once, so that asking twice changes nothing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .fields import MomentField


class RequestKey(models.Model):
    """A request that was answered: a reference to the answer, never its text."""

    digest = models.CharField(max_length=64, unique=True)
    verb = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    answer_model = models.CharField(max_length=40, blank=True)
    answer_pk = models.CharField(max_length=40, blank=True)
    at = MomentField(null=True)

    class Meta:
        verbose_name = _("request key")
        verbose_name_plural = _("request keys")

    def __str__(self) -> str:
        return self.verb
