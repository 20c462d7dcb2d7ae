"""Letters one by one: draft, look, release, stop, print, hand over."""

from __future__ import annotations

import contextlib
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import (
    print_letter,
    record_hand_delivery,
    release_letter,
    second_readers,
    stop_letter,
)
from ...choices import LetterKind, LetterState
from ...errors import LetterNotDraft, NeedsSelfCheck, RecoveryError
from .. import letter_previews, text
from .fields import HouseMomentField, words
from .form import Subject, VerbForm
from .letter_drafts import KINDS, DraftApology, DraftCertificate, DraftForm, DraftWalkCard
from .plain_letters import PLAIN
from .setting_aside import SettingAside

#: The kinds that somebody at the desk can write; the others follow from what was done.
DRAFTS: tuple[type[DraftForm], ...] = (DraftApology, DraftWalkCard, DraftCertificate, *PLAIN)
KINDS.update({form.kind.value: form for form in DRAFTS})


class LetterForm(VerbForm):
    """A verb on one letter."""

    target = "letter"

    @property
    def letter(self) -> Any:
        return self.subject.named("letter")


#: What whoever is alone with a grave letter answers for.
SELF_CHECK = (
    ("wrong", _("It names what went wrong, and blames nobody.")),
    ("true", _("Every amount, time and name in it is true.")),
    ("theirs", _("The name and the address are this guest's.")),
    ("face", _("I would say it to the guest's face, word for word.")),
)


class ReleaseLetter(LetterForm, SettingAside):
    verb = "release_letter"
    title = _("Look at the letter, then send it")
    button = _("Send now")
    done = _("The letter is on its way.")

    places: ClassVar[dict[str, str]] = {**SettingAside.places, "needs_self_check": "self_check"}

    by_hand = forms.BooleanField(required=False, widget=forms.HiddenInput)
    self_check = forms.MultipleChoiceField(
        label=_("Nobody else can read it here. I have read it once more, as the guest:"),
        choices=SELF_CHECK,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def check(cls, at: Subject) -> None:
        letter = at.named("letter")
        if letter.state is not LetterState.DRAFT:
            raise LetterNotDraft(state=letter.state.label)
        with contextlib.suppress(NeedsSelfCheck):  # because that is what this page is for
            letter_previews.check_reading(at.desk, letter)

    def prepare(self) -> None:
        try:
            letter_previews.check_reading(self.desk, self.letter)
        except NeedsSelfCheck:
            return
        except RecoveryError:
            pass
        del self.fields["self_check"]

    @property
    def is_self_checked(self) -> bool:
        """Whether every point was ticked."""
        return len(self.cleaned_data.get("self_check") or ()) == len(SELF_CHECK)

    @property
    def refusal(self) -> str:
        """Why it cannot go by mail; empty where it can."""
        error = letter_previews.mail_refusal(self.letter.party, LetterKind(self.letter.kind))
        return text.sentence(error) if error else ""

    def consequences(self) -> list[Any]:
        if self.refusal:
            return [self.refusal]
        return [self._goes(), *self._read_by()]

    def _read_by(self) -> list[Any]:
        if not second_readers.is_needed(self.complaint, self.letter.kind) or "self_check" in self.fields:
            return []
        values = {"name": self.letter.drafted_by}
        return [gettext("%(name)s wrote it. You are the second person who reads it.") % values]

    def _goes(self) -> str:
        goes_at = letter_previews.send_at(self.desk, self.letter)
        values = {"name": self.letter.party.name, "email": self.letter.party.email}
        if goes_at <= self.desk.now:
            return gettext("“Send now”: %(name)s gets it now at %(email)s.") % values
        night = gettext("“Send now”: %(name)s gets it at %(email)s, after the night:") % values
        return f"{night} {self.moment(goes_at)}"

    def act(self) -> models.Model:
        return release_letter(
            letter=self.letter,
            by_hand=self.cleaned_data["by_hand"],
            set_aside=self.set_aside,
            self_checked=self.is_self_checked,
            **self.once,
        )

    def next_url(self, answer: models.Model) -> str:
        if self.cleaned_data["by_hand"]:
            return self.desk.url("complaint_letter", self.complaint.pk, self.letter.pk)
        return super().next_url(answer)


class StopLetter(LetterForm):
    verb = "stop_letter"
    title = _("Keep the letter from going")
    button = _("Stop it")
    done = _("Stopped. The guest does not get it.")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    reason = words(label=_("Why?"), limit=200)

    @classmethod
    def check(cls, at: Subject) -> None:
        letter = at.named("letter")
        if letter.state not in (LetterState.DRAFT, LetterState.RELEASED):
            raise LetterNotDraft(state=letter.state.label)

    def consequences(self) -> list[Any]:
        return [_("It does not go. If it is being sent this very moment, you are told so.")]

    def act(self) -> models.Model:
        return stop_letter(letter=self.letter, reason=self.cleaned_data["reason"], **self.once)


class HandForm(LetterForm):
    """A verb on a letter that goes on paper."""

    @classmethod
    def check(cls, at: Subject) -> None:
        letter = at.named("letter")
        if not letter.by_hand or letter.state is not LetterState.RELEASED:
            raise LetterNotDraft(state=letter.state.label)


class PrintLetter(HandForm):
    verb = "print_letter"
    title = _("Print the letter")
    button = _("Open the paper")
    done = _("Printed.")
    answers_with_document = True

    def consequences(self) -> list[Any]:
        live = [_("The paper carries the live code of the certificate: it is for the guest's eyes.")]
        return [
            _("It opens in a new tab. That it was printed, and by whom, stands in the timeline."),
            *(live if self.letter.certificate_id else []),
        ]

    def act(self) -> models.Model:
        return print_letter(letter=self.letter, **self.once)


class RecordHandDelivery(HandForm):
    verb = "record_hand_delivery"
    title = _("The guest has the letter in hand")
    button = _("I handed it over")
    done = _("Recorded: handed over by you.")
    places: ClassVar[dict[str, str]] = {"time_order": "at"}

    at = HouseMomentField(
        label=_("When?"), required=False, help_text=_("Empty: just now. Time of the house.")
    )

    def consequences(self) -> list[Any]:
        return [
            gettext("Your name and the time are the proof that %(name)s has it.")
            % {"name": self.letter.party}
        ]

    def act(self) -> models.Model:
        return record_hand_delivery(letter=self.letter, at=self.cleaned_data["at"], **self.once)
