"""The page of one complaint: who, what it cost, what comes next, and everything that happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .. import conf
from ..choices import AddressClass, CompensationState, HoldKind, LetterState, PartyRight, TaskKind, TaskState
from ..models import Certificate, Complaint, Letter, Party, Task
from ..reports.credit import took_part
from ..rules import clocks
from . import deliveries, guidance, letter_pages, next_step, text, timeline, verb_pages
from .desk import Desk
from .verb_forms import FORMS, Subject

#: No verb of its own: the page on which an apology is written with the record beside it.
COMPOSE = "compose"

#: The verbs above the page, in the order of the work.
_GROUPS: tuple[tuple[Any, tuple[tuple[str, Any], ...]], ...] = (
    (
        _("Hear"),
        (
            ("acknowledge", _("I answered")),
            ("record_answers", _("Ask, and note the answers")),
            ("confirm_restatement", _("Say it back")),
            ("add_contact", _("Guest got in touch")),
            ("relink_guest", _("Correct the guest")),
            ("add_party", _("Add a person")),
            ("raise_urgency", _("More urgent")),
            ("take_back_emergency", _("No Emergency")),
            ("set_at_risk", _("Guest at risk")),
        ),
    ),
    (
        _("Do"),
        (
            ("add_task", _("Who does what by when")),
            ("run_playbook", _("Start a playbook")),
            ("run_overlay", _("A colleague is at risk")),
            ("assign", _("Give to somebody")),
            ("hand_over", _("Hand over")),
            ("set_stance", _("Where we stand")),
            ("name_staff", _("Whom the guest named")),
            ("set_hold", _("Put on hold")),
            ("lift_hold", _("Lift the hold")),
        ),
    ),
    (
        _("Make good"),
        (
            ("record_spoken_apology", _("I said sorry")),
            (COMPOSE, _("Write an apology")),
            ("send_written_apology", _("Send an apology")),
            ("draft_letter", _("Write a letter")),
            ("grant_compensation", _("Give something")),
            ("issue_certificate", _("Free night")),
        ),
    ),
    (
        _("Finish"),
        (
            ("mark_solved", _("It is solved")),
            ("tell_guest", _("Guest was told")),
            ("close", _("Close")),
            ("reopen", _("Open again")),
        ),
    ),
)


@dataclass(frozen=True)
class VerbLink:
    """One verb in the navigation: a link, or the reason why not now."""

    label: Any
    url: str
    why_not: str = ""


@dataclass
class TaskRow:
    task: Task
    title: str
    due: str
    state: str
    who: str
    said_yes: str
    proof: list[tuple[str, str]]
    brief: str = ""
    main: next_step.Button | None = None
    others: list[next_step.Button] = field(default_factory=list)


@dataclass(frozen=True)
class LetterRow:
    letter: Letter
    state: str
    when: str
    url: str
    buttons: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class GivenRow:
    what: Any
    layer: str
    worth: str
    state: str
    by: str
    url: str = ""


@dataclass(frozen=True)
class PersonRow:
    """A person in the story: how far their address is trusted, and what they may receive."""

    party: Party
    address: Any
    may: list[Any]
    buttons: list[tuple[str, str]]


@dataclass(frozen=True)
class CertificateRow:
    certificate: Certificate
    state: str
    last_arrival: str
    url: str


def show(desk: Desk, complaint: Complaint) -> Any:
    """The page."""
    letters = list(complaint.letters.select_related("party", "certificate").order_by("-pk"))
    tasks = list(complaint.tasks.select_related("assignee").order_by("due_at", "pk"))
    for row in (*tasks, *letters):
        row.complaint = complaint  # because it is known, and each row would ask for it again
    tasks.sort(key=lambda task: task.place_in_line)
    guest = complaint.parties.order_by("pk").first()
    events, page = timeline.page(desk, complaint)
    open_tasks = [_task_row(desk, task, letters) for task in tasks if task.is_open]
    ended = [_task_row(desk, task, letters) for task in tasks if not task.is_open]
    context = {
        "complaint": complaint,
        "guest": guest,
        "opts": Complaint._meta,
        "strip": strip(desk, complaint),
        "badges": [text.severity(complaint), text.complaint_state(complaint), *risk_badges(complaint)],
        "lamps": text.lamps(complaint),
        "banner": banner(desk, complaint),
        "step": next_step.of(desk, complaint, tasks, letters),
        "groups": navigation(desk, verb_pages.subject_of(desk, complaint)),
        "guide": guidance.of(desk, complaint, tasks),
        "open_tasks": open_tasks,
        "ended_tasks": ended,
        "letters": letter_rows(desk, complaint, letters),
        "given": _given_rows(desk, complaint),
        "certificates": certificate_rows(desk, complaint.certificates.order_by("pk")),
        "people": _people_rows(desk, complaint),
        "contacts": _contact_rows(desk, complaint),
        "apologies": complaint.apologies.order_by("-at"),
        "address_class": AddressClass(guest.address_class).label if guest else "",
        "language": text.guest_language(guest) if guest else "",
        "stopped_at": text.moment(guest.stopped_writing_at, desk.zone(complaint.property_code))
        if guest
        else "",
        "took_part": took_part(complaint) if complaint.solved_at else [],
        "timeline": events,
        "page": page,
        "back": desk.url("complaint_changelist"),
        "history": desk.url("complaint_history", complaint.pk),
    }
    return desk.page("recovery/admin/complaint.html", context, title=_title(complaint, guest))


def _title(complaint: Complaint, guest: Any) -> str:
    room = gettext("room %(room)s") % {"room": complaint.room_reported} if complaint.room_reported else ""
    return " · ".join(part for part in (guest.name if guest else "", room, complaint.summary) if part)


def strip(desk: Desk, complaint: Complaint) -> list[tuple[Any, Any]]:
    """The facts on top: label and value."""
    zone = desk.zone(complaint.property_code)
    stay = complaint.stay_ref or gettext("not found in the hotel system")
    if complaint.arrival_on:
        stay = format_html(
            "{} · {} – {}", stay, text.day(complaint.arrival_on), text.day(complaint.departure_on)
        )
    deadline = ""
    if complaint.guest_deadline:
        # Once it is solved the hour is history, and a red "late" would say what nobody knows.
        say = text.moment if complaint.solved_at else text.due
        deadline = say(complaint.guest_deadline, zone, now=desk.now)
    purpose = " · ".join(part for part in (complaint.purpose, complaint.purpose_place) if part)
    contacts = complaint.contacts.count()
    told = text.moment(complaint.first_told_at, zone, now=desk.now)
    rows = [
        (_("House"), desk.house_name(complaint.property_code)),
        (_("Stay"), stay),
        (_("Kind"), complaint.get_category_display()),
        (_("Owner"), complaint.owner.name),
        (_("First word to us"), told),
        (_("Told us so often"), contacts),
        (_("Must be on time for"), format_html("{} {}", purpose, deadline) if purpose or deadline else ""),
        (_("Where we stand"), complaint.get_stance_display()),
        (_("Agency"), " ".join(filter(None, (complaint.agency, complaint.agency_ref)))),
    ]
    return [(label, value) for label, value in rows if value]


def risk_badges(complaint: Complaint) -> list[Any]:
    """A guest whom we are about to lose, or whose trouble was repaired without a word of apology."""
    found = []
    if complaint.hold_kind:
        kind = HoldKind(complaint.hold_kind).label
        found.append(text.badge("alert", gettext("On hold: %(kind)s") % {"kind": kind}))
    if complaint.solved_at and not complaint.closed_at and not complaint.standing_apologies:
        found.append(text.badge("alert", _("Apology outstanding")))
    if complaint.at_risk:
        found.append(text.badge("alert", complaint.get_at_risk_display()))
    return found


def banner(desk: Desk, complaint: Complaint) -> dict[str, Any] | None:
    """The earlier complaint that this one repeats, for whoever may see it."""
    earlier = complaint.repeats
    if earlier is None or not Complaint.objects.visible_to(desk.user).filter(pk=earlier.pk).exists():
        return None
    return {
        "url": desk.url("complaint_change", earlier.pk),
        "summary": earlier.summary,
        "reference": earlier.reference,
        "when": text.moment(earlier.first_told_at, desk.zone(earlier.property_code), now=desk.now),
    }


def navigation(desk: Desk, subject: Subject) -> list[tuple[Any, list[VerbLink]]]:
    """Links to the verbs' pages: hidden where not permitted, with the reason where not now."""
    code = subject.complaint.property_code
    found = []
    for title, verbs in _GROUPS:
        links = [
            _link(desk, subject, verb, label)
            for verb, label in verbs
            if any(desk.may(needed, code) for needed in _needs(verb))
        ]
        if links:
            found.append((title, links))
    return found


def _needs(verb: str) -> tuple[str, ...]:
    """The permissions of which one is enough."""
    return ("release_letter", "record_spoken_apology") if verb == COMPOSE else (FORMS[verb].needs(),)


def _link(desk: Desk, subject: Subject, verb: str, label: Any) -> VerbLink:
    if verb == COMPOSE:
        may_send = desk.may("release_letter", subject.complaint.property_code)
        asked = {} if may_send else {"way": "spoken"}
        return VerbLink(label, desk.url("complaint_compose", subject.complaint.pk, **asked), "")
    return VerbLink(label, desk.verb_url(subject.complaint, verb), verb_pages.why_not(FORMS[verb], subject))


def _task_row(desk: Desk, task: Task, letters: list[Letter]) -> TaskRow:
    complaint, zone = task.complaint, task.due_zone
    row = TaskRow(
        task=task,
        title=task.told("title", get_language()),
        due=text.due(task.due_at, zone, now=desk.now) if task.is_open else _ended_at(task, desk),
        state=text.not_happening() if task.is_not_happening else text.task_state(task.state),
        who=(task.assignee or complaint.owner).name,
        said_yes=task.accepted_by,
        proof=guidance.proof(task),
        brief=guidance.brief(task) if task.is_open else "",
    )
    verbs: list[tuple[str, Any]] = []
    if task.is_open:
        row.main = next_step.button_for(desk, task, letters)
        waits = task.state is TaskState.SAID or task.is_not_happening
        offered = task.kind == TaskKind.HAND_OVER
        yes = (
            ("accept_hand_over", _("I take it over")) if offered else ("accept_task", _("Somebody says yes"))
        )
        verbs = [yes, ("ask_next", _("Ask the next"))] if waits else []
        verbs += [("start_task", _("It has started"))] if task.state is TaskState.ACCEPTED else []
        if task.is_promise and task.accepted_at is not None and not waits:
            verbs += [("tell_happening", _("I told the guest that it is happening"))]
        is_letter = task.kind == TaskKind.LETTER  # that ends when the text is sent or stopped
        if not offered and not is_letter:
            verbs += [("keep_task", _("It is done"))]
        if not offered:
            verbs += [("move_task", _("It takes longer"))] if task.first_due_at is None else []
        if not offered and not is_letter:
            verbs += [("break_task", _("It will not happen"))]
        if not is_letter:
            verbs += [("withdraw_task", _("Take the offer back") if offered else _("Not needed"))]
    elif task.state is TaskState.DONE:
        verbs = [("confirm_task", _("The guest confirms it"))]
    for verb, label in verbs:
        if desk.may(verb, complaint.property_code):
            row.others.append(next_step.Button(label, desk.verb_url(complaint, verb, task=task.pk)))
    return row


def _ended_at(task: Task, desk: Desk) -> str:
    ended = task.confirmed_at or task.done_at or task.broken_at or task.withdrawn_at
    return text.moment(ended, task.due_zone, now=desk.now)


def letter_rows(desk: Desk, complaint: Complaint, letters: list[Letter]) -> list[LetterRow]:
    found = deliveries.of_letters(letters)
    zone = desk.zone(complaint.property_code)
    rows = []
    for letter in letters:
        message = found.get(letter.pk)
        when = letter.handed_over_at or letter.sent_at or letter.released_at or letter.drafted_at
        needs_look = letter.state in (LetterState.DRAFT, LetterState.RELEASED)
        rows.append(
            LetterRow(
                letter=letter,
                state=letter_pages.state_badge(letter, message.state if message else ""),
                when=text.moment(when, zone, now=desk.now),
                url=desk.url("complaint_letter", complaint.pk, letter.pk),
                buttons=letter_pages.buttons(desk, letter, message) if needs_look else [],
            )
        )
    return rows


def _given_rows(desk: Desk, complaint: Complaint) -> list[GivenRow]:
    tones = {
        CompensationState.GRANTED: "soon",
        CompensationState.FULFILLED: "good",
        CompensationState.VOID: "quiet",
    }
    rows = []
    for row in complaint.compensations.select_related("remedy").order_by("pk"):
        can = row.state is CompensationState.GRANTED
        can = can and desk.may("fulfil_compensation", complaint.property_code)
        rows.append(
            GivenRow(
                what=row,
                layer=row.get_layer_display(),
                worth=text.amount(row.face, row.currency),
                state=text.badge(tones[row.state], row.state.label),
                by=row.granted_by,
                url=desk.verb_url(complaint, "fulfil_compensation", compensation=row.pk) if can else "",
            )
        )
    return rows


def certificate_rows(desk: Desk, certificates: Any) -> list[CertificateRow]:
    grace = conf.current().CERTIFICATE_GRACE_DAYS
    rows = []
    for certificate in certificates:
        today = clocks.local_date(desk.now, desk.zone(certificate.property_code))
        state = certificate.state(today=today, grace_days=grace)
        rows.append(
            CertificateRow(
                certificate=certificate,
                state=text.certificate_state(state),
                last_arrival=text.day(certificate.last_arrival_on),
                url=desk.url("certificate_change", certificate.pk),
            )
        )
    return rows


def _people_rows(desk: Desk, complaint: Complaint) -> list[PersonRow]:
    """Everybody in the story, what they may receive, and what can be changed about them."""
    rows = []
    for party in complaint.parties.order_by("pk"):
        verbs = (
            ("change_party", _("Change")),
            ("stop_writing_to", _("Asked us not to write")),
            ("end_party", _("Not in the story")),
        )
        may = [] if party.ended_at else [(verb, label) for verb, label in verbs]
        rows.append(
            PersonRow(
                party=party,
                address=AddressClass(party.address_class).label,
                may=[right.label for right in PartyRight if party.may_receive(right)],
                buttons=[
                    (str(label), desk.verb_url(complaint, verb, party=party.pk))
                    for verb, label in may
                    if desk.may(verb, complaint.property_code)
                ],
            )
        )
    return rows


def _contact_rows(desk: Desk, complaint: Complaint) -> list[dict[str, Any]]:
    zone = desk.zone(complaint.property_code)
    return [
        {"contact": contact, "at": text.moment(contact.told_at, zone, now=desk.now)}
        for contact in complaint.contacts.order_by("-told_at", "-pk")
    ]
