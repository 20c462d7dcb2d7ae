"""“It goes all the same”: shown only after something stopped the letter, and covers only what was seen."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ...actions import SetAside
from ...errors import LetterBlocked, RecoveryError
from .fields import words
from .form import VerbForm


class SettingAside(VerbForm):
    """A verb that sends words, and may be stopped by them."""

    places: ClassVar[dict[str, str]] = {"reason_missing": "all_the_same"}

    #: Codes that this person was shown.
    seen = forms.CharField(required=False, max_length=800, widget=forms.HiddenInput)
    all_the_same = words(
        label=_("It goes all the same, because …"),
        limit=200,
        required=False,
        help_text=_("Better: change the words. Your name and your reason stay with the letter."),
    )

    #: What stopped it: code, label, words, why, better.
    findings: tuple[dict[str, Any], ...] = ()

    @property
    def set_aside(self) -> SetAside | None:
        """What was seen and is wanted all the same; ``None`` where nobody gave a reason."""
        codes = tuple(filter(None, self.cleaned_data["seen"].split(",")))
        reason = self.cleaned_data["all_the_same"]
        return SetAside(codes=codes, reason=reason) if codes and reason else None

    def refuse(self, error: RecoveryError) -> None:
        """Keep what was found, so that the next press can answer for it."""
        if isinstance(error, LetterBlocked):
            self.findings = tuple(error.params["findings"])
            data = self.data.copy()  # type: ignore[attr-defined]  # because a request's data is a QueryDict
            known = filter(None, data.get("seen", "").split(","))
            data["seen"] = ",".join(dict.fromkeys([*known, *(each["code"] for each in self.findings)]))
            self.data = data
        super().refuse(error)

    def main_fields(self) -> list[Any]:
        """The reason last, and not at all until there is something to give one for."""
        fields = [field for field in super().main_fields() if field.name != "all_the_same"]
        return [*fields, self["all_the_same"]] if self.is_bound and self.data.get("seen") else fields
