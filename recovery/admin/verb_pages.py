"""The one machine behind every verb's page: GET shows what would happen, POST does it, once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext

from ..actions import houses
from ..choices import TaskKind
from ..errors import NotAllowed, RecoveryError, StalePage
from ..models import (
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    HouseProfile,
    Letter,
    Party,
    Task,
    TimelineEvent,
)
from . import audit, guidance, letter_frames, letter_pages, text, timeline
from .desk import Desk
from .verb_forms import FORMS, Subject, VerbForm

#: The button that shows the letter in the frame instead of sending it.
PREVIEW = "_preview"

_ROWS: dict[str, tuple[type[models.Model], str, tuple[str, ...]]] = {
    "task": (Task, "complaint", ("assignee", "giver")),
    "letter": (Letter, "complaint", ("party", "certificate", "signatory", "complaint__owner")),
    "certificate": (Certificate, "complaint", ("party", "complaint")),
    "entry": (CertificateEntry, "certificate__complaint", ("certificate__complaint", "reversed_by")),
    "compensation": (Compensation, "complaint", ("remedy",)),
    "party": (Party, "complaint", ("complaint",)),
}


def verb_page(desk: Desk, complaint: Complaint, verb: str) -> HttpResponse:
    """One verb of one complaint. The complaint is one that this person may see.

    :raises Http404: if there is no such verb, or its row is not there for this person.
    :raises PermissionDenied: if this person may not do it here.
    """
    if verb not in FORMS:
        raise Http404
    chosen = FORMS[verb].chosen(desk.request)
    desk.require(chosen.needs(), complaint.property_code)
    return answer(subject_of(desk, complaint, chosen.target), chosen)


def answer(subject: Subject, chosen: type[VerbForm]) -> HttpResponse:
    """The page of this form, or what comes of it. Whoever calls has asked for the permission."""
    desk = subject.desk
    if desk.request.method == "POST":
        return _post(subject, chosen)
    if PREVIEW in desk.request.GET and chosen.has_preview:
        return letter_frames.not_yet(
            desk, [gettext("Write the first sentence, then press “Show the letter”.")]
        )
    return _show(subject, chosen(subject=subject))


def subject_of(desk: Desk, complaint: Complaint, target: str = "") -> Subject:
    """What the page is about, with the row that the address names.

    :raises Http404: if the address names none, or one that is not there for this person.
    """
    profile = HouseProfile.objects.filter(property_code=complaint.property_code).first()
    if profile is None:
        profile = HouseProfile(property_code=complaint.property_code, time_zone="UTC", currency="EUR")
    rows = {target: _row(desk, complaint, target)} if target else {}
    return Subject(desk=desk, complaint=complaint, profile=profile, **rows)


def why_not(form: type[VerbForm], subject: Subject) -> str:
    """Why the verb cannot be done now, as a sentence; empty where it can."""
    try:
        form.check(subject)
    except RecoveryError as error:
        return text.sentence(error)
    return ""


def _row(desk: Desk, complaint: Complaint, target: str) -> Any:
    model, path, related = _ROWS[target]
    given = desk.request.GET.get(target, "")
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise Http404
    rows = model._default_manager.visible_to(desk.user)  # type: ignore[attr-defined]  # because each of ours has it
    row = rows.select_related(*related).filter(pk=int(given), **{path: complaint}).first()
    if row is None:
        raise Http404
    return row


def _post(subject: Subject, chosen: type[VerbForm]) -> HttpResponse:
    desk = subject.desk
    form = chosen(desk.request.POST, subject=subject)
    if PREVIEW in desk.request.POST and form.has_preview:
        return _preview(form)
    if not form.is_valid():
        return _show(subject, form)
    try:
        if form.answers_with_document:
            # Made once before with made-up secrets, so that nothing is recorded that cannot be printed.
            letter_pages.rehearse(desk, subject.named("letter"))
        answer = form.act()
    except StalePage as error:
        return _show_stale(subject, form, error)
    except NotAllowed as error:
        if not desk.may(form.needs(), subject.complaint.property_code):
            raise PermissionDenied from error
        form.refuse(error)
        return _show(subject, form)
    except RecoveryError as error:
        form.refuse(error)
        return _show(subject, form)
    audit.log_verb(desk.user, subject.complaint, form.verb)
    if form.answers_with_document:
        return letter_pages.paper(desk, subject.named("letter"))
    messages.success(desk.request, form.told_afterwards(answer))
    return HttpResponseRedirect(form.next_url(answer))


def _preview(form: Any) -> HttpResponse:
    """What the guest would get, for the frame in the page. Nothing is written."""
    wanted = form.desk.request.POST.get(PREVIEW)
    if not form.is_valid():
        problems = [str(problem) for errors in form.errors.values() for problem in errors]
        return letter_frames.not_yet(form.desk, problems)
    try:
        shown = form.preview()
        if wanted == "words":
            return letter_pages.read_through(form.desk, shown)
        return letter_pages.sample_pdf(shown) if wanted == "pdf" else letter_pages.frame(form.desk, shown)
    except RecoveryError as error:
        return letter_frames.not_yet(form.desk, [text.sentence(error)])


def _show_stale(subject: Subject, form: VerbForm, error: StalePage) -> HttpResponse:
    """Somebody was quicker: show what they did, keep what was typed, and let the person decide again."""
    seen = form.cleaned_data["version"]
    fresh = Complaint.objects.select_related("owner").get(pk=subject.complaint.pk)
    now = subject_of(subject.desk, fresh, form.target)
    data = subject.desk.request.POST.copy()
    data["version"] = str(fresh.version)
    again = type(form)(data, subject=now)
    again.is_valid()
    again.refuse(error)
    # Every verb raises the version by one and mostly writes one line; more lines do no harm.
    lines = TimelineEvent.objects.filter(complaint=fresh).order_by("-at", "-pk")[
        : max(fresh.version - seen, 1)
    ]
    return _show(now, again, changed=timeline.lines(subject.desk, fresh, list(lines)))


def _show(subject: Subject, form: VerbForm, *, changed: Any = ()) -> HttpResponse:
    desk, complaint = subject.desk, subject.complaint
    refused = "" if form.is_bound else why_not(type(form), subject)
    context = {
        "form": form,
        "subject": subject,
        "complaint": complaint,
        "guest": next(iter(subject.parties), None),
        "back": desk.url("complaint_change", complaint.pk),
        "task_words": guidance.task_words(subject.task, complaint) if subject.task else {},
        "refused": refused,
        "first": _first(subject) if form.answers_guest else {},
        "changed": changed,
        "house": desk.house_name(complaint.property_code),
        **_letter_context(subject, form),
        **form.more_context(),
    }
    return desk.page(form.template, context, title=form.title)


def _first(subject: Subject) -> dict[str, str]:
    """What comes before any answer: where the colleague is whom the guest has been waiting for."""
    task = subject.complaint.tasks.open().filter(kind=TaskKind.LOCATE).order_by("pk").first()
    if task is None or task == subject.task:
        return {}
    url = subject.desk.verb_url(subject.complaint, "keep_task", task=task.pk)
    return {"what": guidance.task_words(task, subject.complaint)["title"], "url": url}


def _letter_context(subject: Subject, form: VerbForm) -> dict[str, Any]:
    """What a page about a letter shows besides the form."""
    desk = subject.desk
    if subject.letter is not None:
        return letter_pages.context(desk, subject.letter)
    if form.has_preview:
        try:
            houses.brand_of(subject.complaint.property_code)
        except RecoveryError as error:
            return {"preview_problem": text.sentence(error)}
        return {
            "empty_frame": f"{PREVIEW}=1",
            "known": _known(subject.complaint),
            "compose_url": desk.url("complaint_compose", subject.complaint.pk),
        }
    return {}


def _known(complaint: Complaint) -> list[tuple[Any, str]]:
    """What a letter can be written from, so that nobody has to go back for it."""
    rows = [
        (gettext("What we understood"), complaint.restatement),
        (gettext("What it cost the guest"), complaint.impact),
        (gettext("What was done"), complaint.solution),
        (gettext("Where we stand"), complaint.get_stance_display()),
    ]
    answers = [(fact["question"], fact["answer"]) for fact in complaint.answers]
    return [(label, value) for label, value in (*rows, *answers) if value]
