"""What can be given, and who may give how much without asking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..errors import RecoveryError
from ..models import AuthorityLimit, Remedy
from ..rules import money
from . import text
from .scoped import ConfigMixin, house_choices


class _PerHouseMixin(ConfigMixin):
    """Rows of one house, or of every house where the code is empty."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "property_code":
            choices = house_choices(request.user, every=_("every house"))
            return forms.ChoiceField(
                label=_("House"), choices=choices, required=all(code for code, _label in choices)
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("house"), ordering="property_code")
    def house(self, row: Any) -> str:
        return row.property_code or gettext("every house")


class RemedyForm(forms.ModelForm):
    class Meta:
        model = Remedy
        fields = ("property_code", "key", "unit", "own_cost", "fulfilled_how", "active")

    def clean_own_cost(self) -> Any:
        cost = self.cleaned_data["own_cost"]
        if cost is not None and cost < 0:
            raise forms.ValidationError(_("A cost cannot be below zero."))
        return cost


class RemedyAdminMixin(_PerHouseMixin):
    form = RemedyForm
    list_display = ("key", "house", "unit", "own_cost", "fulfilled_how", "active")
    list_filter = ("active",)
    ordering = ("key", "property_code")


class AuthorityLimitForm(forms.ModelForm):
    """A limit that is one: nobody who speaks with guests has a limit of zero (S1-22)."""

    class Meta:
        model = AuthorityLimit
        fields = ("property_code", "role", "share_percent", "amount", "currency", "unlimited")

    def clean_currency(self) -> str:
        currency = str(self.cleaned_data["currency"]).upper()
        if currency:
            try:
                money.minor_units(currency)
            except RecoveryError as error:
                raise forms.ValidationError(text.sentence(error), code=error.code) from None
        return currency

    def clean(self) -> Any:
        data = super().clean() or self.cleaned_data
        share, amount = data.get("share_percent"), data.get("amount")
        if self.errors or data.get("unlimited"):
            return data
        if not (share and share > 0) and not (amount and amount > 0):
            raise forms.ValidationError(
                _(
                    "Give a share, an amount, or tick “no limit”: "
                    "nobody who speaks with guests has a limit of zero."
                )
            )
        if amount and not data.get("currency"):
            self.add_error("currency", _("An amount needs its currency."))
        return data


class AuthorityLimitAdminMixin(_PerHouseMixin):
    form = AuthorityLimitForm
    list_display = ("role", "house", "share_percent", "amount", "currency", "unlimited")
    list_filter = ("role",)
    ordering = ("property_code", "role")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Nothing points at a limit, so one that was a mistake may go; the group's only by who may change it.
        allowed = super(ConfigMixin, self).has_delete_permission(request, obj)
        return bool(allowed) and self.has_change_permission(request, obj)


class RemedyAdmin(RemedyAdminMixin, admin.ModelAdmin):
    """Remedies on the stock admin."""


class AuthorityLimitAdmin(AuthorityLimitAdminMixin, admin.ModelAdmin):
    """Authority limits on the stock admin."""
