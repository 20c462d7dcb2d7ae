"""How a house looks to a guest: name, address, sender, colour, logo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..errors import RecoveryError
from ..models import Brand
from ..rules.logo import check_png
from ..rules.text import clean_line
from . import text
from .scoped import ConfigMixin, house_choices


class BrandForm(forms.ModelForm):
    """The brand, with its logo as a file."""

    logo_file = forms.FileField(
        label=_("Logo"), required=False, help_text=_("A PNG of at most 200 KB. It stands on the paper.")
    )
    no_logo = forms.BooleanField(label=_("Take the logo away"), required=False)

    class Meta:
        model = Brand
        fields = (
            "property_code", "name", "address", "phone", "website", "legal_line", "colour", "paper",
            "sender_email", "reply_to",
        )  # fmt: skip
        widgets = {"colour": forms.TextInput(attrs={"type": "color"})}  # noqa: RUF012 because Django reads it so

    def clean_name(self) -> str:
        return _line(self.cleaned_data["name"], "name", 120)

    def clean_phone(self) -> str:
        return _line(self.cleaned_data["phone"], "phone", 40)

    def clean_logo_file(self) -> bytes:
        file = self.cleaned_data["logo_file"]
        if not file:
            return b""
        # Read no more than can be right: a larger file is refused by its size alone.
        data = file.read(201 * 1024)
        try:
            check_png(data)
        except RecoveryError as error:
            raise forms.ValidationError(text.sentence(error), code=error.code) from None
        return bytes(data)

    def save(self, commit: bool = True) -> Any:
        if self.cleaned_data["logo_file"]:
            self.instance.logo = self.cleaned_data["logo_file"]
        elif self.cleaned_data["no_logo"]:
            self.instance.logo = b""
        return super().save(commit)


def _line(value: str, field: str, limit: int) -> str:
    try:
        return clean_line(value, field=field, limit=limit)
    except RecoveryError as error:
        raise forms.ValidationError(text.sentence(error), code=error.code) from None


class BrandAdminMixin(ConfigMixin):
    form = BrandForm
    list_display = ("name", "property_code", "sender_email", "phone", "has_logo")
    ordering = ("property_code",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return (
            (None, {"fields": ("property_code", "name", "address", "phone", "website", "legal_line")}),
            (_("Mail"), {"fields": ("sender_email", "reply_to")}),
            (_("How it looks"), {"fields": ("colour", "paper", "logo_file", "no_logo")}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("property_code",) if obj is not None else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "property_code":
            return forms.ChoiceField(label=_("House"), choices=house_choices(request.user))
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("logo"))
    def has_logo(self, row: Any) -> str:
        return gettext("yes") if row.logo else gettext("no")


class BrandAdmin(BrandAdminMixin, admin.ModelAdmin):
    """Brands on the stock admin."""
