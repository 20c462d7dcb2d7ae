"""What can be given, what was given, and who may give it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import CompensationState, Layer, RemedyKey, Role
from .complaints import Complaint, Party
from .fields import MomentField
from .scope import VisibleQuerySet, properties_of


class OwnOrGroupQuerySet(models.QuerySet[Any]):
    """Rows of a property, or of the whole group where ``property_code`` is empty."""

    def visible_to(self, user: Any) -> Self:
        codes = properties_of(user)
        return self.all() if codes is None else self.filter(property_code__in=["", *sorted(codes)])


class Remedy(models.Model):
    """One line of the catalogue of what can be given."""

    property_code = models.CharField(
        _("house"), max_length=40, blank=True, help_text=_("Empty: every house.")
    )
    key = models.CharField(_("remedy"), max_length=16, choices=RemedyKey.choices)
    unit = models.CharField(_("unit"), max_length=20, help_text=_("night, person, ride, point …"))
    own_cost = models.DecimalField(
        _("own cost a unit"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("What one unit costs the house, in its currency. Empty: not known."),
    )
    fulfilled_how = models.CharField(_("how it is fulfilled"), max_length=200, blank=True)
    active = models.BooleanField(_("offered"), default=True)

    objects = OwnOrGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("remedy")
        verbose_name_plural = _("remedies")
        constraints = (models.UniqueConstraint(fields=("property_code", "key"), name="recovery_remedy_once"),)

    def __str__(self) -> str:
        return str(self.get_key_display())


class AuthorityLimit(models.Model):
    """What a role may give without asking: the higher of share and amount."""

    property_code = models.CharField(
        _("house"), max_length=40, blank=True, help_text=_("Empty: every house.")
    )
    role = models.CharField(_("role"), max_length=4, choices=Role.choices)
    share_percent = models.DecimalField(
        _("share of a night's rate, %"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    unlimited = models.BooleanField(_("no limit"), default=False)

    objects = OwnOrGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("authority limit")
        verbose_name_plural = _("authority limits")
        constraints = (
            models.UniqueConstraint(fields=("property_code", "role", "currency"), name="recovery_limit_once"),
            models.CheckConstraint(
                # "Is not null", because a CHECK lets everything pass that it cannot decide.
                condition=models.Q(unlimited=True)
                | models.Q(share_percent__isnull=False, share_percent__gt=0)
                | models.Q(amount__isnull=False, amount__gt=0),
                name="recovery_limit_above_zero",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.property_code}".strip()


class Compensation(models.Model):
    """One thing granted to a guest."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="compensations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="compensations")
    remedy = models.ForeignKey(Remedy, on_delete=models.PROTECT, related_name="+")
    layer = models.CharField(_("kind of money"), max_length=12, choices=Layer.choices)
    what = models.CharField(
        _("what"), max_length=200, help_text=_("In the guest's words; for make whole: what was lost.")
    )
    units = models.PositiveSmallIntegerField(_("units"), default=1)
    face = models.DecimalField(_("worth to the guest"), max_digits=14, decimal_places=4)
    own_cost = models.DecimalField(_("own cost"), max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    #: Granted by the playbook's own bundle, so no limit was asked (S4-20).
    pre_approved_by = models.CharField(max_length=40, blank=True)
    granted_at = MomentField(_("granted"))
    granted_on = models.DateField(editable=False)
    granted_by = models.CharField(_("granted by"), max_length=120)
    granted_by_staff = models.ForeignKey(
        "recovery.StaffMember", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fulfilled_at = MomentField(_("fulfilled"), null=True, blank=True)
    fulfilled_by = models.CharField(max_length=120, blank=True)
    proof = models.CharField(_("proof"), max_length=200, blank=True)
    void_at = MomentField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("compensation")
        verbose_name_plural = _("compensation")
        constraints = (
            models.CheckConstraint(condition=models.Q(face__gte=0), name="recovery_face_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.remedy} – {self.what}"

    @property
    def state(self) -> CompensationState:
        if self.void_at:
            return CompensationState.VOID
        return CompensationState.FULFILLED if self.fulfilled_at else CompensationState.GRANTED
