"""Private doors: for guests, and for colleagues who answer an alarm."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import LinkPurpose
from .certificates import Certificate
from .complaints import Complaint, Party
from .fields import MomentField
from .people import StaffMember
from .scope import VisibleQuerySet
from .tasks import Task


class PrivateLink(models.Model):
    """A link for one person and one purpose. The token is derived; only its digest is stored."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=12, choices=LinkPurpose.choices)
    key_id = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    created_at = MomentField()
    expires_at = MomentField()
    revoked_at = MomentField(null=True, blank=True)
    used_at = MomentField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.get_purpose_display())

    def works(self, *, now: dt.datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class GuestLink(PrivateLink):
    """The private door of one party of a complaint."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="links")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="links")
    certificate = models.ForeignKey(
        Certificate, on_delete=models.PROTECT, null=True, blank=True, related_name="links"
    )

    class Meta:
        verbose_name = _("guest link")
        verbose_name_plural = _("guest links")


class StaffLink(PrivateLink):
    """How a colleague answers an alarm without signing in: one person, one task.

    A table of its own, so that no page for guests can ever be handed a colleague's link.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="staff_links")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("staff link")
        verbose_name_plural = _("staff links")
