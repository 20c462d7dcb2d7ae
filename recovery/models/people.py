"""Who works here."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings  # noqa: TID251 because a swappable foreign key must name the setting
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..choices import Role
from .scope import properties_of


class StaffQuerySet(models.QuerySet["StaffMember"]):
    def active(self, *, on: dt.date) -> Self:
        """People who still work here on that local date."""
        return self.filter(models.Q(active_until__isnull=True) | models.Q(active_until__gte=on))

    def visible_to(self, user: Any) -> Self:
        codes = properties_of(user)
        if codes is None:
            return self.all()
        # JSON containment does not exist on SQLite; a hotel's staff is a short list.
        ids = [s.pk for s in self if not s.property_codes or codes.intersection(s.property_codes)]
        return self.filter(pk__in=ids)


class StaffMember(models.Model):
    """A person who works here; the user account is optional."""

    name = models.CharField(_("name"), max_length=120, help_text=_("First and last name."))
    guest_name = models.CharField(
        _("name shown to guests"), max_length=120, blank=True, help_text=_("Empty: the same name.")
    )
    title = models.CharField(_("title"), max_length=80, blank=True, help_text=_("As under a letter."))
    roles = models.JSONField(_("roles"), default=list, help_text=_('Role keys, such as ["DM"].'))
    property_codes = models.JSONField(
        _("houses"), default=list, blank=True, help_text=_("Codes; an empty list means every house.")
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    languages = models.JSONField(_("languages"), default=list, blank=True)
    #: Which versions of which playbooks were read: mark → moment, ISO 8601. See ``rules.playbook_marks``.
    playbooks_read = models.JSONField(_("playbooks read"), default=dict, blank=True, editable=False)
    on_duty = models.BooleanField(_("on duty"), default=True)
    on_call = models.BooleanField(
        _("on call"), default=False, help_text=_("Not in the house, but answers the phone.")
    )
    roster_ref = models.CharField(
        _("key in the hotel's roster"),
        max_length=64,
        blank=True,
        help_text=_("Empty: duty is set here by hand, and no roster changes it."),
    )
    active_until = models.DateField(_("works here until"), null=True, blank=True)
    #: As the last sweep saw it: whoever writes ``on_duty``, the end of a shift is noticed.
    was_on_duty = models.BooleanField(default=False, editable=False)
    #: The last day for which the open work was passed on; the same as ``active_until`` when all is done.
    passed_on_for = models.DateField(null=True, blank=True, editable=False)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        # For the questions of every sweep: who went off duty, who left, whom the hotel's roster knows.
        indexes = (
            models.Index(fields=("was_on_duty", "on_duty"), name="recovery_staff_shift"),
            models.Index(fields=("active_until",), name="recovery_staff_leaves"),
            models.Index(fields=("roster_ref",), name="recovery_staff_roster"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name_for_guests(self) -> str:
        return self.guest_name or self.name

    def works_at(self, property_code: str) -> bool:
        return not self.property_codes or property_code in self.property_codes

    def has_role(self, *roles: Role) -> bool:
        return any(role.value in self.roles for role in roles)
