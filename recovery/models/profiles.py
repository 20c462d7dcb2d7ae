"""How one property looks to a guest, and how it runs."""

from __future__ import annotations

import datetime as dt

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import House
from .compensation import OwnOrGroupQuerySet


class Brand(models.Model):
    """Look and sender of the mails of one property."""

    property_code = models.CharField(_("house"), max_length=40, unique=True)
    name = models.CharField(_("name on letters"), max_length=120)
    address = models.TextField(_("address"), help_text=_("One line each."))
    phone = models.CharField(_("phone"), max_length=40)
    website = models.CharField(_("website"), max_length=120, blank=True)
    legal_line = models.CharField(_("legal line"), max_length=200, blank=True)
    colour = models.CharField(
        _("colour"), max_length=7, default="#1f4e5f", validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")]
    )
    paper = models.CharField(
        _("paper"), max_length=8, default="a4", choices=(("a4", "A4"), ("letter", "US Letter"))
    )
    sender_email = models.EmailField(_("sender"), help_text=_("Guests can answer this address."))
    reply_to = models.EmailField(_("answers go to"), blank=True)
    logo = models.BinaryField(_("logo"), blank=True, default=bytes, editable=False)

    objects = OwnOrGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")

    def __str__(self) -> str:
        return self.name

    @property
    def address_lines(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.address.splitlines() if line.strip())


class HouseProfile(models.Model):
    """How one property runs."""

    property_code = models.CharField(_("house"), max_length=40, unique=True)
    #: Copied from the adapter by recovery_init, so that no verb waits for the hotel system under a lock.
    time_zone = models.CharField(_("time zone"), max_length=64)
    currency = models.CharField(_("currency"), max_length=3)
    house = models.CharField(_("kind of house"), max_length=8, choices=House.choices, default=House.SMALL)
    desk_opens = models.TimeField(_("desk opens"), default=dt.time(7, 0))
    desk_closes = models.TimeField(
        _("desk closes"), default=dt.time(22, 0), help_text=_("Same as opening: always staffed.")
    )
    desk_hours = models.JSONField(
        _("desk hours by weekday"),
        default=dict,
        blank=True,
        help_text=_('Where days differ: {"sat": ["08:00-12:00", "16:00-20:00"]}. Days not named: as above.'),
    )
    holidays = models.JSONField(
        _("special days"),
        default=dict,
        blank=True,
        help_text=_('{"2027-12-24": ["08:00-14:00"], "2027-12-25": []}; an empty list: closed.'),
    )
    on_call_phone = models.CharField(_("on-call number"), max_length=40, blank=True)
    business_day_starts = models.TimeField(_("business day starts"), default=dt.time(5, 0))
    sheet_at = models.TimeField(
        _("morning sheet at"),
        null=True,
        blank=True,
        help_text=_("Empty: 07:00; in a small house 08:00."),
    )
    #: The last business day whose morning sheet was planned.
    sheet_planned_on = models.DateField(null=True, blank=True, editable=False)
    reference_rate = models.DecimalField(
        _("reference rate"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("What a night costs when the stay does not say."),
    )
    search_radius_km = models.DecimalField(
        _("substitute hotels within, km"), max_digits=5, decimal_places=1, default=3
    )
    #: Guest text → mode or "off", stricter than the mail contract only.
    mail_modes = models.JSONField(
        _("guest mail"),
        default=dict,
        blank=True,
        help_text=_('{"payment_done": "draft", "receipt": "off"}: stricter than the contract, never laxer.'),
    )
    next_search = models.CharField(
        _("where else to look"),
        max_length=200,
        blank=True,
        help_text=_("Shown when a look-up finds nothing: the channel manager, the paper diary, head office."),
    )

    objects = OwnOrGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("house profile")
        verbose_name_plural = _("house profiles")

    def __str__(self) -> str:
        return self.property_code

    @property
    def is_always_staffed(self) -> bool:
        return self.desk_opens == self.desk_closes
