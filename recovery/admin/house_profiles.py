"""How a house runs: desk hours, time zone, currency, where else to look."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..errors import RecoveryError
from ..models import HouseProfile
from ..rules import clocks, mail_switchboard, money
from . import text
from .scoped import ConfigMixin, house_choices


class HouseProfileForm(forms.ModelForm):
    """The profile, checked as the verbs will read it."""

    class Meta:
        model = HouseProfile
        fields = (
            "property_code", "house", "time_zone", "currency", "reference_rate", "desk_opens", "desk_closes",
            "on_call_phone", "business_day_starts", "sheet_at", "next_search", "search_radius_km",
            "mail_modes",
        )  # fmt: skip

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"])
        _checked(clocks.zone_named, zone)
        return zone

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).upper()
        _checked(money.minor_units, currency)
        return currency

    def clean_mail_modes(self) -> dict[str, str]:
        modes = self.cleaned_data["mail_modes"] or {}
        _checked(mail_switchboard.check, modes)
        return dict(modes)

    def clean_reference_rate(self) -> Any:
        rate = self.cleaned_data["reference_rate"]
        if rate is not None and rate <= 0:
            raise forms.ValidationError(
                _("A night costs more than nothing. Leave it empty if it is not known.")
            )
        return rate


def _checked(rule: Any, value: Any) -> None:
    try:
        rule(value)
    except RecoveryError as error:
        raise forms.ValidationError(text.sentence(error), code=error.code) from None


class HouseProfileAdminMixin(ConfigMixin):
    form = HouseProfileForm
    list_display = ("property_code", "house", "time_zone", "currency", "reference_rate", "on_call_phone")
    ordering = ("property_code",)
    fieldsets = (
        (None, {"fields": ("property_code", "house", "time_zone", "currency", "reference_rate")}),
        (
            _("Desk"),
            {"fields": ("desk_opens", "desk_closes", "on_call_phone", "business_day_starts", "sheet_at")},
        ),
        (_("Guest mail"), {"fields": ("mail_modes",)}),
        (_("Helping a guest"), {"fields": ("next_search", "search_radius_km")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("property_code",) if obj is not None else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "property_code":
            return forms.ChoiceField(label=_("House"), choices=house_choices(request.user))
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class HouseProfileAdmin(HouseProfileAdminMixin, admin.ModelAdmin):
    """House profiles on the stock admin."""
