"""Several complaints at once: who gets it, who is skipped and why; then the same verb for each.

The ids are frozen in the page. Each complaint is its own transaction and its own answer: what is
refused stays on the page with its reason and with what was typed; what was done is done once.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core import signing
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..actions import LetterWords, certificate_steps, houses, issue_certificate, send_written_apology
from ..choices import ApologyMode, LetterKind
from ..errors import CertificateAlreadyIssued, RecoveryError
from ..models import Complaint, Party
from . import audit, letter_frames, letter_pages, letter_previews, text
from .desk import Desk
from .verb_forms.apology_words import ApologyFields, given, is_guess
from .verb_forms.fields import words

#: More letters than this nobody reads before they go.
MOST = 20
PREVIEW = "_preview"
_SALT = "recovery.admin.together"
_PERMISSION = {"send_written_apology": "release_letter", "issue_certificate": "issue_certificate"}
_TITLES = {
    "send_written_apology": _("Send written apologies"),
    "issue_certificate": _("Issue free-night certificates"),
}
_BUTTONS = {"send_written_apology": _("Send all of them"), "issue_certificate": _("Issue all of them")}


class OneForm(forms.Form):
    """What belongs to one complaint."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": f"c{complaint.pk}", "label_suffix": "", **kwargs})
        self.initial.setdefault("request_key", uuid.uuid4())
        self.initial.setdefault("version", complaint.version)
        self.complaint = complaint

    #: Fields behind "More".
    more: ClassVar[tuple[str, ...]] = ()

    def act(self, desk: Desk) -> None:
        """Call the verb for this complaint."""
        raise LookupError

    def main_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in self.more]

    def more_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in self.more]

    @property
    def more_is_open(self) -> bool:
        return any(field.errors for field in self.more_fields())

    @property
    def once(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"request_key": str(data["request_key"]), "version": data["version"]}


class OneApology(OneForm, ApologyFields):
    more = ("impact", "solution", "changes", "why")

    nights = forms.IntegerField(
        label=_("Free nights inside"), min_value=0, max_value=certificate_steps.MOST_NIGHTS
    )
    why = words(label=_("Why, for the face of the certificate"), limit=certificate_steps.WHY, required=False)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, complaint=complaint, **kwargs)
        has_one = complaint.certificates.filter(void_at__isnull=True).exists()
        unsent = certificate_steps.unsent(complaint)
        self.initial.setdefault("nights", unsent.nights if unsent else (0 if has_one else 1))
        self.initial.setdefault("repairs", "\n".join(given(complaint)))
        if complaint.solved_at is None or complaint.told_at is not None:
            del self.fields["solution"]
        if not is_guess(letter_previews.party_of(complaint)):
            del self.fields["wrong_in_english"]

    @property
    def written(self) -> LetterWords:
        names = ("wrong", "wrong_in_english", "impact", "explanation", "repairs", "changes", "own_sentence")
        said = {name: self.cleaned_data[name] for name in names if name in self.fields}
        return LetterWords(**said, done=self.cleaned_data.get("solution", ""))

    def preview(self, desk: Desk) -> letter_previews.Shown:
        data = self.cleaned_data
        return letter_previews.apology(
            desk, self.complaint, words=self.written, signatory=None, nights=data["nights"], why=data["why"]
        )

    def act(self, desk: Desk) -> None:
        data = self.cleaned_data
        letter = send_written_apology(
            complaint=self.complaint,
            by=desk.actor,
            words=self.written,
            nights=data["nights"],
            why=data["why"],
            **self.once,
        )
        if letter.released_at is None:
            note = gettext("%(reference)s: a second person reads this letter and sends it.")
            messages.info(desk.request, note % {"reference": self.complaint.reference})


class OneCertificate(OneForm):
    nights = forms.IntegerField(
        label=_("Nights"), initial=1, min_value=1, max_value=certificate_steps.MOST_NIGHTS
    )
    why = words(
        label=_("Why, in one human sentence"),
        limit=certificate_steps.WHY,
        help_text=_("It stands on the certificate, in the guest's language."),
    )

    def act(self, desk: Desk) -> None:
        data = self.cleaned_data
        issue_certificate(
            complaint=self.complaint,
            by=desk.actor,
            nights=data["nights"],
            why=data["why"],
            **self.once,
        )


_FORMS: dict[str, type[OneForm]] = {"send_written_apology": OneApology, "issue_certificate": OneCertificate}


@dataclass
class Item:
    """One complaint on the page."""

    complaint: Complaint
    guest: Party
    form: Any
    language: str
    goes: str
    url: str
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Skipped:
    """One complaint that is left out, and why."""

    complaint: Complaint
    why: str
    url: str


def start(desk: Desk, verb: str, complaints: list[Complaint]) -> HttpResponse:
    """The page after the action: nothing is done yet."""
    if len(complaints) > MOST:
        messages.error(
            desk.request,
            gettext("At most %(most)s at once: what nobody reads before it goes is no apology.")
            % {"most": MOST},
        )
        return HttpResponseRedirect(desk.url("complaint_changelist"))
    items, skipped = _sorted(desk, verb, complaints, data=None)
    return _page(desk, verb, items, skipped)


def post(desk: Desk, verb: str, rows: QuerySet[Any]) -> HttpResponse:
    """Do it for each, or show one letter. ``rows``: what this person may see.

    :raises Http404: if there is no such verb, or the list of ids was changed.
    """
    if verb not in _FORMS:
        raise Http404
    try:
        ids = signing.loads(desk.request.POST.get("ids", ""), salt=_SALT)
    except signing.BadSignature:
        raise Http404 from None
    complaints = list(rows.filter(pk__in=ids).order_by("pk"))
    if PREVIEW in desk.request.POST:
        return _preview(desk, verb, complaints)
    items, skipped = _sorted(desk, verb, complaints, data=desk.request.POST)
    forms_are_valid = [item.form.is_valid() for item in items]
    if not all(forms_are_valid):
        # Never half: while one letter is not written, none goes.
        return _page(desk, verb, items, skipped)
    left = [item for item in items if not _act(desk, verb, item)]
    done = len(items) - len(left)
    if done:
        messages.success(
            desk.request,
            ngettext("Done for %(count)s complaint.", "Done for %(count)s complaints.", done)
            % {"count": done},
        )
    if left:
        return _page(desk, verb, left, skipped)
    return HttpResponseRedirect(desk.url("complaint_changelist"))


def _act(desk: Desk, verb: str, item: Item) -> bool:
    try:
        item.form.act(desk)
    except RecoveryError as error:
        item.errors.append(text.sentence(error))
        # The next try is made knowing of this one.
        item.form.data = item.form.data.copy()
        fresh = Complaint.objects.get(pk=item.complaint.pk)
        item.form.data[item.form.add_prefix("version")] = str(fresh.version)
        return False
    audit.log_verb(desk.user, item.complaint, verb)
    return True


def _preview(desk: Desk, verb: str, complaints: list[Complaint]) -> HttpResponse:
    wanted = desk.request.POST.get(PREVIEW, "")
    complaint = next((row for row in complaints if str(row.pk) == wanted), None)
    if complaint is None or verb != "send_written_apology":
        raise Http404
    desk.require(_PERMISSION[verb], complaint.property_code)
    form = OneApology(desk.request.POST, complaint=complaint)
    if not form.is_valid():
        problems = [str(problem) for errors in form.errors.values() for problem in errors]
        return letter_frames.not_yet(desk, problems)
    try:
        return letter_pages.frame(desk, form.preview(desk))
    except RecoveryError as error:
        return letter_frames.not_yet(desk, [text.sentence(error)])


def _sorted(
    desk: Desk, verb: str, complaints: list[Complaint], *, data: Any
) -> tuple[list[Item], list[Skipped]]:
    items: list[Item] = []
    skipped: list[Skipped] = []
    for complaint in complaints:
        # What was asked before is not looked at twice: a second press must reach its first answer.
        asked_before = data is not None and f"c{complaint.pk}-request_key" in data
        why = _why_skipped(desk, verb, complaint, asked_before=asked_before)
        if why:
            skipped.append(Skipped(complaint, why, desk.url("complaint_change", complaint.pk)))
            continue
        guest = letter_previews.party_of(complaint)
        items.append(
            Item(
                complaint=complaint,
                guest=guest,
                form=_FORMS[verb](data, complaint=complaint),
                language=text.language(guest.language),
                goes=_goes(verb, complaint, guest),
                url=desk.verb_url(complaint, verb),
            )
        )
    return items, skipped


def _why_skipped(desk: Desk, verb: str, complaint: Complaint, *, asked_before: bool) -> str:
    if not desk.may(_PERMISSION[verb], complaint.property_code):
        return gettext("You may not do this at %(house)s.") % {
            "house": desk.house_name(complaint.property_code)
        }
    if asked_before:
        return ""
    if verb == "issue_certificate":
        if complaint.certificates.exists():
            return text.sentence(CertificateAlreadyIssued())
        try:
            houses.nightly_rate(complaint)
        except RecoveryError as error:
            return text.sentence(error)
        return ""
    if complaint.apologies.filter(mode=ApologyMode.WRITTEN, letter__stopped_at__isnull=True).exists():
        return gettext("This guest has a written apology already.")
    try:
        letter_previews.signatory_of(desk, complaint, LetterKind.APOLOGY)
    except RecoveryError as error:
        return text.sentence(error)
    refusal = letter_previews.mail_refusal(letter_previews.party_of(complaint), LetterKind.APOLOGY)
    return text.sentence(refusal) if refusal else ""


def _goes(verb: str, complaint: Complaint, guest: Party) -> str:
    """What this guest gets, in one sentence."""
    if verb == "send_written_apology":
        return gettext("A letter to %(email)s.") % {"email": guest.email}
    if letter_previews.mail_refusal(guest, LetterKind.CERTIFICATE) is not None:
        return gettext("On paper: a task asks the owner to print it and hand it over.")
    try:
        rate = houses.nightly_rate(complaint)
    except RecoveryError as error:  # because it may be gone since the page was made
        return text.sentence(error)
    worth = text.amount(rate, houses.profile_of(complaint.property_code).currency)
    return gettext("A letter with the code to %(email)s; a night is worth %(worth)s.") % {
        "email": guest.email,
        "worth": worth,
    }


def _page(desk: Desk, verb: str, items: list[Item], skipped: list[Skipped]) -> HttpResponse:
    context = {
        "verb": verb,
        "items": items,
        "skipped": skipped,
        "ids": signing.dumps([item.complaint.pk for item in items], salt=_SALT),
        "action": desk.url("complaint_bulk", verb),
        "button": _BUTTONS[verb],
        "has_preview": verb == "send_written_apology",
        "has_errors": any(item.errors or item.form.errors for item in items),
        "back": desk.url("complaint_changelist"),
    }
    return desk.page("recovery/admin/bulk.html", context, title=_TITLES[verb])
