"""Forms for the guest texts that are made of a few sentences: each kind, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...actions import LetterWords, draft_letter
from ...actions.parties import recipient
from ...choices import LetterKind
from ...errors import LetterNotSendable
from ...rules.mail_contract import CONTRACT, speaks_of_a_promise
from ...rules.text import soft_line
from .. import text
from .fields import LinesField, words
from .form import Subject
from .letter_drafts import DraftForm, DraftWalkCard

_SENTENCE, _LINES, _ANSWER = 600, 3_600, 3_000


_Make = Callable[[], Any]


def _sentence(label: Any, *, required: bool = True, limit: int = _SENTENCE, rows: int = 2) -> _Make:
    return lambda: words(label=label, rows=rows, limit=limit, required=required)


def _lines(label: Any) -> _Make:
    return lambda: LinesField(label=label, max_length=_LINES, help_text=_("One line each."))


#: A field for each thing that a person writes; the names are those of ``LetterWords``.
_FIELDS: dict[str, _Make] = {
    "understood": _sentence(_("What the guest told us, in our words")),
    "impact": _sentence(_("What it cost the guest"), required=False),
    "promise": _sentence(_("What we do next")),
    "agreed": _sentence(_("What we agreed")),
    "repairs": _lines(_("What the guest has already")),
    "question": _sentence(_("The one question")),
    "question_why": _sentence(_("Why we ask")),
    "done": _sentence(_("What was done")),
    "done_so_far": _sentence(_("What is done"), required=False),
    "done_by": _sentence(_("By whom, if that may be said"), required=False, limit=200, rows=0),
    "still_open": _sentence(_("What is not done yet")),
    "before": _sentence(_("What we had told the guest")),
    "explanation": _sentence(_("Why it takes longer"), required=False),
    "meanwhile": _sentence(_("What helps until then"), required=False),
    "answer": _sentence(_("The answer"), limit=_ANSWER, rows=6),
    "void_why": _sentence(_("Why it cannot be used any more")),
    "instead": _sentence(_("What comes in its place")),
    "care": _lines(_("What is paid for the guest")),
    "own_sentence": _sentence(_("A sentence that belongs to this guest alone"), required=False),
}
#: Where a field of the form has another name than the words that it fills.
_FILLS = {"agreed": "promise", "done_so_far": "done"}


class PlainDraft(DraftForm):
    """A text made of sentences that only a person can write."""

    asks: ClassVar[tuple[str, ...]] = ()
    #: Of these, what may be left empty in this text.
    optional: ClassVar[tuple[str, ...]] = ()

    def prepare(self) -> None:
        party = recipient(self.complaint, CONTRACT[self.kind].right)
        note = gettext("In %(language)s, the guest's language. No cause, nobody's fault.")
        for name in self.asks:
            field = self.fields[name] = _FIELDS[name]()
            field.widget.attrs["lang"] = party.language
            field.required = field.required and name not in self.optional
        first: forms.Field = self.fields[self.asks[0]]
        said = self.offered()
        first.help_text = " ".join([note % {"language": text.language(party.language)}, *said])

    def offered(self) -> list[str]:
        """What was written down already and may help; never filled in, because it is our own note."""
        noted = {
            LetterKind.SOLVED: self.complaint.solution,
            LetterKind.ACKNOWLEDGEMENT: self.complaint.restatement,
        }.get(self.kind)
        if not noted:
            return []
        return [gettext("We wrote down: “%(words)s”.") % {"words": soft_line(noted, limit=300)}]

    def consequences(self) -> list[Any]:
        found: list[str | Promise] = list(super().consequences())
        if speaks_of_a_promise(self.kind):
            found.append(_("Who and by when come from the promise that somebody has said yes to."))
        return found

    def act(self) -> models.Model:
        typed = {_FILLS.get(name, name): self.cleaned_data[name] for name in self.asks}
        return draft_letter(
            complaint=self.complaint,
            kind=self.kind,
            words=LetterWords(**typed),
            **self.more_facts(),
            **self.once,
        )

    def more_facts(self) -> dict[str, Any]:
        return {}


class DraftFirstAnswer(PlainDraft):
    title = _("Write the first answer")
    kind = LetterKind.ACKNOWLEDGEMENT
    asks = ("understood", "impact", "promise")


class DraftAgreed(PlainDraft):
    title = _("Write down what we agreed")
    kind = LetterKind.AGREED
    asks = ("agreed", "repairs")
    optional = ("repairs",)


class DraftQuestion(PlainDraft):
    title = _("Ask the guest one thing")
    kind = LetterKind.QUESTION
    asks = ("question", "question_why")


class DraftUpdate(PlainDraft):
    title = _("Write the news")
    kind = LetterKind.UPDATE
    asks = ("still_open", "done_so_far", "promise")
    optional = ("promise",)


class DraftDelay(PlainDraft):
    title = _("Say that it takes longer")
    kind = LetterKind.DELAY
    asks = ("before", "promise", "explanation", "meanwhile")
    optional = ("promise",)


class DraftReply(PlainDraft):
    title = _("Answer the guest")
    kind = LetterKind.REPLY
    asks = ("answer", "own_sentence")


class DraftSolved(PlainDraft):
    title = _("Say that it is put right")
    kind = LetterKind.SOLVED
    asks = ("done", "done_by", "own_sentence")


class DraftCareContact(PlainDraft):
    title = _("Name one person for the guest")
    kind = LetterKind.CARE_CONTACT
    asks = ("care", "own_sentence")


class DraftCertificateVoid(PlainDraft):
    title = _("Write that the certificate is withdrawn")
    kind = LetterKind.CERTIFICATE_VOID
    asks = ("void_why", "instead", "own_sentence")

    @classmethod
    def check(cls, at: Subject) -> None:
        if not at.complaint.certificates.filter(void_at__isnull=False).exists():
            raise LetterNotSendable(missing="first withdraw the certificate")

    def more_facts(self) -> dict[str, Any]:
        rows = self.complaint.certificates.filter(void_at__isnull=False)
        return {"certificate": rows.order_by("-void_at").first()}


class DraftWalkBeforeTravel(DraftWalkCard):
    title = _("Write before the journey: there is no room")
    kind = LetterKind.WALK_BEFORE_TRAVEL


PLAIN: tuple[type[DraftForm], ...] = (
    DraftFirstAnswer,
    DraftReply,
    DraftAgreed,
    DraftQuestion,
    DraftUpdate,
    DraftDelay,
    DraftSolved,
    DraftWalkBeforeTravel,
    DraftCertificateVoid,
    DraftCareContact,
)
