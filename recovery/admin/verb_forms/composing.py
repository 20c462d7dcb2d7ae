"""The apology that is written with the record beside it: the forms of the composer.

They are the forms of the verbs themselves with another page and words to begin with, so whatever a verb
asks for or refuses, it asks for and refuses here.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ...actions import LetterWords, certificate_steps
from ...actions.letter_starters import gives_a_night, starter_for
from ...choices import LetterKind
from ...errors import RecoveryError
from ...letters.dates import known_language
from ...letters.starters import Empty, Starter, Way
from ...models import Letter
from ...rules.text import soft_line
from .. import composer_looks, letter_previews, text
from ..composer_looks import Look
from ..letter_previews import Shown
from .apologies import RecordSpokenApology, SendWrittenApology
from .apology_words import ApologyForm, usual_signatory
from .form import VerbForm
from .letter_drafts import DraftApology

#: The button that was pressed.
AS = "_as"
#: Asked for in the address: the record's words although somebody has begun a draft.
FRESH = "fresh"
_WORDS = ("wrong", "impact", "explanation", "changes", "own_sentence")
#: What to ask for, where the record has nothing that a letter could say.
_ASK = {
    "wrong": _("Ask the guest what went wrong, and say it back."),
    "impact": _("Ask the guest what it stopped them doing."),
    "explanation": _("Ask whoever was there what happened."),
    "repairs": _("Ask what is done and paid; by whom and by when the rest is."),
    "changes": _("Ask the duty manager what is different from today on."),
    "own_sentence": _("What did this guest tell you that no other guest did?"),
}


class Writing(ApologyForm):
    """What the three forms share: the words to begin with, and the look at them."""

    template = "recovery/admin/composer.html"

    @property
    def way(self) -> Way:
        return way_of(self.desk.request, self.complaint)

    @functools.cached_property
    def waiting(self) -> Letter | None:
        """The draft of an apology that somebody has begun, unless they want to begin again."""
        if FRESH in self.desk.request.GET:
            return None
        rows = self.complaint.letters.filter(
            kind=LetterKind.APOLOGY, released_at__isnull=True, stopped_at__isnull=True
        )
        return rows.order_by("-drafted_at", "-pk").first()

    @functools.cached_property
    def begun(self) -> Starter:
        """What the record proposes."""
        party = letter_previews.party_of(self.complaint)
        signer = usual_signatory(self.subject, LetterKind.APOLOGY)
        if signer is None:
            return Starter()  # because the page says that nobody can sign
        try:
            return starter_for(
                complaint=self.complaint, party=party, signatory=signer, way=self.way, now=self.desk.now
            )
        except RecoveryError:
            return Starter()  # because a language of the host's own may have letters and no starters

    def starting_values(self) -> dict[str, Any]:
        if self.is_bound:
            return {}  # because what was typed stands there
        found = {**super().starting_values(), "why": self.begun.why}
        source: Any = self.begun
        if self.waiting is not None:
            source = _words(self.waiting.facts)
        found |= {name: getattr(source, name) for name in (*_WORDS, "wrong_in_english")}
        found["repairs"] = "\n".join(source.repairs)
        unsent = certificate_steps.unsent(self.complaint)
        found["nights"] = unsent.nights if unsent else int(gives_a_night(self.complaint))
        found["by_hand"] = self.way is Way.PAPER
        return found

    def prepare(self) -> None:
        super().prepare()
        if not self.is_bound and self.waiting is None:
            for each in self.begun.empty:
                if each.part in self.fields:
                    self._hint(each)

    def _hint(self, empty: Empty) -> None:
        """Why the field is empty, what the record has instead, and what to ask."""
        field = self.fields[empty.part]
        said = [str(empty.gap.label)]
        if empty.noted:
            said.append(
                gettext("We wrote down: “%(words)s”.")
                % {"words": soft_line(empty.noted, limit=300).rstrip(".")}
            )
        if empty.part in _ASK:
            said.append(str(_ASK[empty.part]))
        # Apart from the help, because it is about this guest; inside it, because whoever listens hears both.
        field.help_text = format_html('{} <span class="rcv-gap">{}</span>', field.help_text, " ".join(said))

    @property
    def now(self) -> dict[str, Any]:
        """What stands in the fields, whether all of it can be used or not."""
        if self.is_bound:
            return getattr(self, "cleaned_data", {})
        found = dict(self.initial)
        found["repairs"] = tuple(str(found.get("repairs", "")).splitlines())
        found["signatory"] = None  # because nobody has chosen another one yet
        return found

    def look(self) -> Look:
        """The words as they stand, read through."""
        now = self.now
        nights = now.get("nights")
        if self.way is Way.SPOKEN:
            unsent = certificate_steps.unsent(self.complaint)
            nights = unsent.nights if unsent else 0
        return composer_looks.look_at(
            self.desk,
            self.complaint,
            way=self.way,
            words=_words(now),
            signatory=now.get("signatory"),
            nights=nights or 0,
            why=now.get("why") or "",
        )

    @property
    def names(self) -> dict[str, Any]:
        """The two languages of the page, by code and by name."""
        theirs = known_language(letter_previews.party_of(self.complaint).language)
        ours = known_language(get_language() or "en")
        return {
            "guest_language": theirs,
            "language": text.language(theirs),
            "own_code": ours,
            "own_language": text.language(ours),
        }

    def more_context(self) -> dict[str, Any]:
        desk, complaint = self.desk, self.complaint
        here = functools.partial(desk.url, "complaint_compose", complaint.pk)
        ways = [
            (str(way.label), here(way=way.value), way is self.way)
            for way in Way
            if desk.may(form_of(way).needs(), complaint.property_code)
        ]
        return {
            **self.names,
            "look": self.look(),
            "way": self.way.value,
            "ways": ways,
            "waiting": self.waiting,
            "waiting_since": self.moment(self.waiting.drafted_at) if self.waiting else "",
            "fresh_url": here(way=self.way.value, **{FRESH: 1}),
            "look_url": desk.url("complaint_compose_look", complaint.pk, way=self.way.value),
            "stance": complaint.get_stance_display(),
            "drafts": self.way is not Way.SPOKEN and desk.may("draft_letter", complaint.property_code),
        }


class ComposeLetter(Writing, SendWrittenApology):
    """Sends it, or has it printed: ``send_written_apology``."""

    title = _("Write the apology with the record beside it")

    def prepare(self) -> None:
        super().prepare()
        self.fields["by_hand"].widget = forms.HiddenInput()

    def clean_by_hand(self) -> bool:
        return self.way is Way.PAPER

    def preview(self) -> Shown:
        # Whole or not, it is shown: the parts beside it say what is still missing.
        return dataclasses.replace(super().preview(), missing=())


class ComposeDraft(ComposeLetter, DraftApology):
    """Keeps it: ``draft_letter``. A draft carries no certificate."""

    verb = DraftApology.verb
    permission = DraftApology.permission
    done = DraftApology.done

    def consequences(self) -> list[Any]:
        return DraftApology.consequences(self)

    def act(self) -> Any:
        return DraftApology.act(self)

    def next_url(self, answer: Any) -> str:
        return DraftApology.next_url(self, answer)


class ComposeSpoken(Writing, RecordSpokenApology):
    """Says it, and records what was said: ``record_spoken_apology``."""

    title = _("What to say to the guest")
    has_preview = True
    places: ClassVar[dict[str, str]] = RecordSpokenApology.places
    # What was said is ticked when it has been said.
    field_order = ("wrong", "impact", "explanation", "repairs", "changes", "own_sentence", "parts")

    def prepare(self) -> None:
        super().prepare()
        del self.fields["signatory"]
        self.fields.pop("wrong_in_english", None)
        self.fields["wrong"].required = False  # because what is recorded is what was said, and not this
        self.fields["parts"].required = AS in self.data  # because a look at the words records nothing
        self.fields["own_sentence"].label = _("Words that belong to this guest alone")

    def preview(self) -> Shown:
        return composer_looks.shown_of(
            self.desk, self.complaint, way=self.way, words=_words(self.now), signatory=None
        )


def _words(values: Mapping[str, Any]) -> LetterWords:
    """The words of a form, or of a draft; what is left out is empty."""
    words = {name: str(values.get(name) or "") for name in (*_WORDS, "wrong_in_english")}
    repairs: tuple[str, ...] = tuple(values.get("repairs") or ())
    return dataclasses.replace(LetterWords(repairs=repairs), **words)  # type: ignore[arg-type]  # because all are texts


def way_of(request: HttpRequest, complaint: Any) -> Way:
    """How the apology of this page reaches the guest: as the address says, else by mail if that can be."""
    asked = request.GET.get("way", "")
    if asked in Way.values:
        return Way(asked)
    party = letter_previews.party_of(complaint)
    refused = letter_previews.mail_refusal(party, LetterKind.APOLOGY)
    return Way.MAIL if refused is None else Way.PAPER


def chosen(request: HttpRequest, complaint: Any) -> type[VerbForm]:
    """The form of this request: by the way to the guest, and by the button that was pressed."""
    form = form_of(way_of(request, complaint))
    return ComposeDraft if form is ComposeLetter and request.POST.get(AS) == "draft" else form


def form_of(way: Way) -> type[VerbForm]:
    """The form of a way to the guest."""
    return ComposeSpoken if way is Way.SPOKEN else ComposeLetter
