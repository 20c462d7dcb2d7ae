"""Drafts: a guest text that nobody gets yet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ...actions import LetterWords, draft_letter
from ...choices import LetterKind
from ...errors import LetterNotSendable
from ...models import Certificate
from .. import letter_previews
from .apology_words import ApologyForm, given
from .fields import LinesField, words
from .form import Subject, VerbForm

#: The form of each kind; filled by ``letters.py``, which knows them all.
KINDS: dict[str, type[VerbForm]] = {}


class DraftForm(VerbForm):
    """Writes a letter that nobody gets yet. The next page shows it and releases it."""

    verb = "draft_letter"
    button = _("Write it and show it to me")
    done = _("Written. Look at it, then send it.")
    kind: LetterKind

    @classmethod
    def chosen(cls, request: HttpRequest) -> type[VerbForm]:
        """The form for the kind of letter that the address names."""
        return KINDS.get(request.GET.get("kind", ""), KINDS[LetterKind.APOLOGY.value])

    def alternatives(self) -> list[tuple[str, str, bool]]:
        """The kinds of letter: label, address, whether it is this one."""
        url = self.desk.verb_url
        return [
            (str(LetterKind(kind).label), url(self.complaint, self.verb, kind=kind), form is type(self))
            for kind, form in KINDS.items()
        ]

    def consequences(self) -> list[Any]:
        return [_("Nothing is sent. You see the letter first.")]

    def next_url(self, answer: models.Model) -> str:
        return self.desk.verb_url(self.complaint, "release_letter", letter=answer.pk)


class DraftApology(DraftForm, ApologyForm):
    title = _("Write an apology")
    kind = LetterKind.APOLOGY

    def preview(self) -> letter_previews.Shown:
        data = self.cleaned_data
        return letter_previews.apology(
            self.desk, self.complaint, words=self.written, signatory=data["signatory"], nights=0, why=""
        )

    def act(self) -> models.Model:
        return draft_letter(
            complaint=self.complaint,
            kind=self.kind,
            words=self.written,
            signatory=self.cleaned_data["signatory"],
            **self.once,
        )


class DraftWalkCard(DraftForm):
    title = _("Write the walk card")
    kind = LetterKind.WALK_CARD

    distance = words(label=_("How far"), limit=200, required=False, help_text=_("Empty: as in the task."))
    paid = LinesField(
        label=_("Paid by us"),
        max_length=3_600,
        help_text=_("Room, tax, breakfast, parking: one line each, in the guest's language."),
    )
    taxi = words(label=_("Taxi"), limit=300, required=False, help_text=_("Empty: as in the task."))
    dinner = words(label=_("Dinner"), limit=300, required=False, help_text=_("Empty: as in the task."))
    tomorrow = words(label=_("Tomorrow"), rows=2, limit=400, required=False)
    map_url = forms.URLField(label=_("Map"), max_length=500, required=False, assume_scheme="https")

    @classmethod
    def check(cls, at: Subject) -> None:
        held = at.complaint.tasks.filter(step_key="substitute_room", done_at__isnull=False)
        if not held.exists():
            raise LetterNotSendable(missing="first finish the step that finds and holds the other room")

    def starting_values(self) -> dict[str, Any]:
        return {"paid": "\n".join(given(self.complaint))}

    def act(self) -> models.Model:
        names = ("distance", "taxi", "dinner", "tomorrow", "map_url")
        typed = {name: self.cleaned_data[name] for name in names}
        typed["paid"] = "\n".join(self.cleaned_data["paid"])
        return draft_letter(
            complaint=self.complaint, kind=self.kind, words=LetterWords(walk=typed), **self.once
        )


class DraftCertificate(DraftForm):
    title = _("Write the letter with the certificate")
    kind = LetterKind.CERTIFICATE

    certificate = forms.ModelChoiceField(label=_("Certificate"), queryset=Certificate.objects.none())

    @classmethod
    def check(cls, at: Subject) -> None:
        if not at.complaint.certificates.filter(void_at__isnull=True).exists():
            raise LetterNotSendable(missing="first issue a certificate")

    def prepare(self) -> None:
        rows = self.complaint.certificates.filter(void_at__isnull=True).order_by("-pk")
        self.fields["certificate"].queryset = rows  # type: ignore[attr-defined]  # because fields are declared as plain ones
        self.initial.setdefault("certificate", rows.first())

    def act(self) -> models.Model:
        return draft_letter(
            complaint=self.complaint,
            kind=self.kind,
            certificate=self.cleaned_data["certificate"],
            **self.once,
        )
