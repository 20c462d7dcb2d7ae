"""Free-night certificates and their append-only ledger of whole nights."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import ActorKind, CertificateState, EntryKind
from ..rules import expiry
from .compensation import Compensation
from .complaints import Complaint, Party
from .fields import MomentField
from .scope import AppendOnlyModel, AppendOnlyQuerySet, VisibleQuerySet


class Certificate(models.Model):
    """A right to n free nights. The code is derived when it is needed and never stored."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="certificates")
    compensation = models.OneToOneField(Compensation, on_delete=models.PROTECT, related_name="certificate")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="certificates")
    property_code = models.CharField(_("issued by"), max_length=40, db_index=True)
    houses = models.JSONField(
        _("valid at"), default=list, help_text=_("Codes; an empty list means every house.")
    )
    nights = models.PositiveSmallIntegerField(_("nights"))
    nights_left = models.PositiveSmallIntegerField(_("nights left"))
    valid_from_on = models.DateField(_("valid from"))
    last_arrival_on = models.DateField(_("last arrival"))
    transferable = models.BooleanField(_("may be given away"), default=True)
    tax_included = models.BooleanField(_("tax included"), default=True)
    breakfast_included = models.BooleanField(_("breakfast included"), default=True)
    why = models.CharField(_("why, in one sentence"), max_length=240, blank=True)

    key_id = models.CharField(max_length=32, editable=False)
    code_serial = models.PositiveSmallIntegerField(default=1, editable=False)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    last_four = models.CharField(_("last four"), max_length=4, editable=False)
    issue_key = models.CharField(max_length=64, unique=True, editable=False)
    issued_at = MomentField(_("issued"))
    issued_by = models.CharField(_("issued by"), max_length=120)
    void_at = MomentField(_("voided"), null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)
    expired_at = MomentField(_("expired"), null=True, blank=True)
    refused_tries = models.PositiveIntegerField(_("refused tries"), default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        # For the sweep: what has no end written down and can be used no more. Used ones are left out first.
        indexes = (
            models.Index(
                fields=("void_at", "expired_at", "nights_left", "last_arrival_on"),
                name="recovery_certificate_end",
            ),
        )
        constraints = (
            models.CheckConstraint(condition=models.Q(nights__gte=1), name="recovery_certificate_has_nights"),
            models.CheckConstraint(
                condition=models.Q(nights_left__gte=0) & models.Q(nights_left__lte=models.F("nights")),
                name="recovery_certificate_balance",
            ),
        )

    def __str__(self) -> str:
        return f"…{self.last_four}"

    def state(self, *, today: dt.date, grace_days: int) -> CertificateState:
        """Where it stands on a local date of the property."""
        return expiry.certificate_state(
            void=self.void_at is not None,
            expired=self.expired_at is not None,
            nights_left=self.nights_left,
            last_arrival_on=self.last_arrival_on,
            today=today,
            grace_days=grace_days,
        )


class CertificateEntry(AppendOnlyModel):
    """One line of the ledger, in whole nights. The balance is their sum."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(_("what"), max_length=8, choices=EntryKind.choices)
    nights = models.SmallIntegerField(_("nights"), help_text=_("Plus or minus."))
    op_key = models.CharField(max_length=64, unique=True, editable=False)
    at = MomentField(_("when"))
    on = models.DateField(_("local date"))
    actor_kind = models.CharField(max_length=12, choices=ActorKind.choices)
    actor_name = models.CharField(_("by"), max_length=120)
    stay_ref = models.CharField(_("stay"), max_length=64, blank=True)
    property_code = models.CharField(_("house"), max_length=40, blank=True)
    arrival_on = models.DateField(_("arrival"), null=True, blank=True)
    departure_on = models.DateField(_("departure"), null=True, blank=True)
    cancel_until = models.DateField(_("can be cancelled until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )

    class LedgerQuerySet(AppendOnlyQuerySet):
        property_path = "certificate__complaint__property_code"
        named_path = "certificate__complaint__named_staff"

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        constraints = (models.UniqueConstraint(fields=("certificate", "seq"), name="recovery_entry_seq"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.nights:+d}"


class CoveredStay(models.Model):
    """How many nights of one stay certificates pay for: where two desks with one stay meet.

    The ledger cannot stand in for it: each desk holds the lock of its own certificate's complaint, and
    counts before the other commits.
    """

    digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text=_("Of the house and the stay's reference.")
    )
    nights = models.PositiveSmallIntegerField(_("nights"), default=0)

    class Meta:
        verbose_name = _("covered stay")
        verbose_name_plural = _("covered stays")
        constraints = (
            models.CheckConstraint(condition=models.Q(nights__gte=0), name="recovery_covered_stay_nights"),
        )

    def __str__(self) -> str:
        return f"{self.nights}"
