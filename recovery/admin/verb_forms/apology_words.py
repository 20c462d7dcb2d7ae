"""The fields in which staff write an apology, and the people who may sign it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ... import conf
from ...actions import LetterWords
from ...choices import LetterKind, RemedyKey, Stance
from ...errors import RecoveryError
from ...models import Complaint, Party, StaffMember
from ...rules import languages
from .. import guidance, letter_previews, text
from .fields import LinesField, PersonField, words
from .form import Subject, VerbForm

_SENTENCE, _LINES = 600, 3_600
#: In the guest's language.
_GUESTS_WORDS = {"wrong", "impact", "explanation", "repairs", "solution", "changes", "own_sentence"}


class ApologyFields(forms.Form):
    """What only a person can write. The rest of the letter is there already."""

    wrong = words(
        label=_("What went wrong, in one sentence"),
        rows=2,
        limit=_SENTENCE,
        help_text=_("The letter begins with it. No cause, no supplier, no “if”."),
    )
    wrong_in_english = words(
        label=_("The same in English"),
        rows=2,
        limit=_SENTENCE,
        required=False,
        help_text=_(
            "Below stands a letter in English. It begins with this, and takes none of the other sentences."
        ),
    )
    impact = words(label=_("What it cost the guest"), rows=2, limit=_SENTENCE, required=False)
    explanation = words(
        label=_("What happened, in one line"),
        rows=2,
        limit=_SENTENCE,
        required=False,
        help_text=_("Only where we take responsibility: how it came about, as a fact and not as an excuse."),
    )
    repairs = LinesField(
        label=_("What we have done and paid"),
        required=False,
        max_length=_LINES,
        help_text=_("One line each."),
    )
    solution = words(
        label=_("It is solved, and the guest does not know: what was done"),
        rows=2,
        limit=_SENTENCE,
        required=False,
        help_text=_("Then this letter tells them, and asks whether it is right: no second mail goes."),
    )
    changes = words(
        label=_("What changes, so that it does not happen again"), rows=2, limit=_SENTENCE, required=False
    )
    own_sentence = words(
        label=_("A sentence that belongs to this guest alone"), rows=2, limit=_SENTENCE, required=False
    )


class ApologyForm(ApologyFields, VerbForm):
    """A verb that writes an apology to one party."""

    has_preview = True
    places: ClassVar[dict[str, str]] = {"needs_signatory": "signatory", "wrong_signatory": "signatory"}

    signatory = PersonField(
        label=_("Signed by"),
        required=False,
        help_text=_("From severity 5 the general manager signs."),
    )

    def starting_values(self) -> dict[str, Any]:
        signer = usual_signatory(self.subject, LetterKind.APOLOGY)
        return {"repairs": "\n".join(given(self.complaint)), "signatory": signer.pk if signer else None}

    def prepare(self) -> None:
        party = letter_previews.party_of(self.complaint)
        language = text.language(party.language)
        note = gettext("In %(language)s, the guest's language.") % {"language": language}
        if is_guess(party):
            note = gettext("In %(language)s, which is a guess. Better ask, and correct who the guest is.") % {
                "language": language
            }
        else:
            del self.fields["wrong_in_english"]
        if self.complaint.solved_at is None or self.complaint.told_at is not None:
            del self.fields["solution"]
        for name in self.fields.keys() & _GUESTS_WORDS:
            self.fields[name].widget.attrs["lang"] = party.language
        self.fields["wrong"].help_text = f"{note} {self.fields['wrong'].help_text}"
        for name, said in guidance.starting_words(self.complaint).items():
            offer = gettext("The guest said: “%(words)s”. Use it only if it is right in a letter.") % {
                "words": said
            }
            self.fields[name].help_text = f"{self.fields[name].help_text} {offer}".strip()
        if self.complaint.stance == Stance.RESPONSIBILITY:
            self.fields["changes"].help_text = gettext(
                "We take responsibility, so the letter needs this or what happened."
            )

    @property
    def written(self) -> LetterWords:
        data = self.cleaned_data
        return LetterWords(
            wrong=data["wrong"],
            impact=data["impact"],
            explanation=data["explanation"],
            repairs=data["repairs"],
            changes=data["changes"],
            done=data.get("solution", ""),
            own_sentence=data["own_sentence"],
            wrong_in_english=data.get("wrong_in_english", ""),
        )


def is_guess(party: Party) -> bool:
    """Whether English stands below what this guest is written."""
    return languages.needs_english(party.language, party.language_source, conf.current().LANGUAGES)


def given(complaint: Complaint) -> list[str]:
    """What the guest was given, in the words in which it was granted; certificates speak for themselves."""
    rows = complaint.compensations.filter(void_at__isnull=True).exclude(remedy__key=RemedyKey.FREE_NIGHT)
    return [row.what for row in rows.order_by("pk")]


def usual_signatory(at: Subject, kind: LetterKind) -> StaffMember | None:
    """Who signs when nobody else is named; ``None`` where the role is not staffed."""
    try:
        return letter_previews.signatory_of(at.desk, at.complaint, kind)
    except RecoveryError:
        return None
