"""Who works here: roles and houses as boxes to tick."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .. import conf
from ..choices import Role
from ..models import StaffMember
from ..models.scope import properties_of
from . import text
from .scoped import ConfigMixin, house_choices


class StaffMemberForm(forms.ModelForm):
    """A colleague. Houses that the editor does not see are kept as they are."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    property_codes = forms.MultipleChoiceField(
        label=_("Houses"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )

    #: Set by the admin class: who edits.
    editor: Any = None

    class Meta:
        model = StaffMember
        fields = (
            "name", "guest_name", "title", "roles", "property_codes", "phone", "email", "user", "languages",
            "on_duty", "on_call", "roster_ref", "active_until",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "property_codes" in self.fields:
            houses = self.fields["property_codes"]
            houses.choices = house_choices(self.editor)  # type: ignore[attr-defined]  # because fields are declared as plain ones
            sees_all = properties_of(self.editor) is None
            houses.help_text = _("None ticked: every house.") if sees_all else ""
            houses.required = not sees_all
        if "languages" in self.fields:
            codes = list(dict.fromkeys([*conf.current().LANGUAGES, *(self.instance.languages or [])]))
            self.fields["languages"].choices = [(code, text.language(code)) for code in codes]  # type: ignore[attr-defined]  # because fields are declared as plain ones

    def clean_property_codes(self) -> list[str]:
        mine = properties_of(self.editor)
        kept = [] if mine is None else [code for code in self.instance.property_codes if code not in mine]
        return [*kept, *self.cleaned_data["property_codes"]]


class StaffMemberAdminMixin(ConfigMixin):
    form = StaffMemberForm
    list_display = ("name", "role_names", "house_names", "phone", "on_duty", "on_call", "active_until")
    list_filter = ("on_duty",)
    search_fields = ("name", "guest_name", "email")
    raw_id_fields = ("user",)
    ordering = ("name", "pk")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "title",
                    "roles",
                    "property_codes",
                    "on_duty",
                    "on_call",
                    "roster_ref",
                    "active_until",
                )
            },
        ),
        (_("For guests"), {"fields": ("guest_name", "phone", "email", "languages")}),
        (_("Signing in"), {"fields": ("user",)}),
    )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"editor": request.user})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Past the mixin's rule for rows of one house: a colleague belongs to several.
        allowed = super(ConfigMixin, self).has_change_permission(request, obj)
        codes = properties_of(request.user)
        if not allowed or obj is None or codes is None:
            return bool(allowed)
        return bool(obj.property_codes) and bool(codes.intersection(obj.property_codes))

    @admin.display(description=_("roles"))
    def role_names(self, row: Any) -> str:
        return ", ".join(str(Role(key).label) for key in row.roles if key in Role.values)

    @admin.display(description=_("houses"))
    def house_names(self, row: Any) -> str:
        return ", ".join(row.property_codes) or str(_("every house"))


class StaffMemberAdmin(StaffMemberAdminMixin, admin.ModelAdmin):
    """Staff on the stock admin."""
