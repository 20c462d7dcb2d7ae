"""The one thing to do next: which task, and which button does it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext

from ..actions import letter_steps
from ..choices import LetterKind, LetterState, TaskKind, TaskState
from ..models import Complaint, Letter, Task
from . import deliveries, guidance, text
from .desk import Desk

#: What another verb fulfils, by the word in the task.
_DONE_BY = {
    "spoken_apology": "record_spoken_apology",
    "apology": "record_spoken_apology",
    "answer": "acknowledge",
    "told": "tell_guest",
    "apology_letter": "send_written_apology",
    "certificate_told": "send_written_apology",
}


@dataclass(frozen=True)
class Button:
    label: str
    url: str
    #: Posted at once, because there is nothing to type.
    posts: bool = False
    request_key: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True)
class Step:
    """The panel "Do this next"."""

    title: str
    detail: str
    due: str
    who: str
    main: Button | None
    others: list[Button]
    task: Task | None = None
    can_do: tuple[str, ...] = ()
    brief: str = ""


def button_for(desk: Desk, task: Task, letters: list[Letter]) -> Button | None:
    """The button that gets this task done; ``None`` where this person may not press it."""
    complaint = task.complaint
    code = complaint.property_code

    def to(verb: str, label: str, **query: Any) -> Button | None:
        needs = "release_letter" if verb == "send_written_apology" else verb
        return Button(label, desk.verb_url(complaint, verb, **query)) if desk.may(needs, code) else None

    draft = _draft_for(task, letters)
    if draft is not None:
        return to("release_letter", gettext("Look at the letter and send it"), letter=draft.pk)
    waiting = _waiting_letter(task, letters)
    if waiting is not None and letter_steps.missing_fact(waiting):
        return to("draft_letter", gettext("Write it"), kind=waiting.kind)
    if waiting is not None:
        return to("release_letter", gettext("Look at the letter and send it"), letter=waiting.pk)
    if task.fulfils == LetterKind.WALK_CARD:
        return to("draft_letter", gettext("Write the walk card"), kind=LetterKind.WALK_CARD)
    if task.kind == TaskKind.HAND_DELIVERY and task.unique_key:
        letter = deliveries.hand_over_keys(letters).get(task.unique_key)
        if letter is not None:
            url = desk.url("complaint_letter", complaint.pk, letter.pk)
            return Button(gettext("Print it and hand it over"), url)
    if task.kind == TaskKind.HAND_OVER:
        return to("accept_hand_over", gettext("I take it over"), task=task.pk)
    if task.fulfils in _DONE_BY:
        return to(_DONE_BY[task.fulfils], _label(task.fulfils))
    return to("keep_task", gettext("It is done"), task=task.pk)


def of(desk: Desk, complaint: Complaint, tasks: list[Task], letters: list[Letter]) -> Step | None:
    """What comes next; ``None`` when nothing is left to do."""
    waiting = sorted((task for task in tasks if task.is_open), key=lambda task: task.place_in_line)
    if waiting:
        return _from_task(desk, complaint, waiting[0], letters)
    return _without_task(desk, complaint)


def _from_task(desk: Desk, complaint: Complaint, task: Task, letters: list[Letter]) -> Step:
    code = complaint.property_code
    others: list[Button] = []

    def offer(verb: str, label: str, *, posts: bool = False) -> None:
        if desk.may(verb, code):
            others.append(Button(label, desk.verb_url(complaint, verb, task=task.pk), posts=posts))

    if task.kind == TaskKind.HAND_OVER:
        offer("ask_next", gettext("Ask the next"))
        offer("withdraw_task", gettext("Take the offer back"))
    elif task.state is TaskState.SAID:
        offer("accept_task", gettext("I do it"), posts=True)
        offer("accept_task", gettext("Somebody else does it"))
    elif task.state is TaskState.ACCEPTED:
        offer("start_task", gettext("It has started"), posts=True)
    failed = _failed_letter(task, letters)
    if failed is not None and desk.may("retry_delivery", code):
        url = desk.verb_url(complaint, "retry_delivery", letter=failed.pk)
        others.append(Button(gettext("Try the delivery again"), url))
    if task.kind != TaskKind.HAND_OVER:
        if task.first_due_at is None:
            offer("move_task", gettext("It takes longer"))
        offer("break_task", gettext("It will not happen"))
        offer("withdraw_task", gettext("Not needed"))
        others += _hand_over(desk, complaint)
    language = get_language()
    return Step(
        title=task.told("title", language),
        detail=task.told("detail", language),
        due=text.due(task.due_at, task.due_zone, now=desk.now),
        who=_who(task, complaint),
        main=button_for(desk, task, letters),
        others=others,
        task=task,
        can_do=guidance.can_do(task),
        brief=guidance.brief(task),
    )


def _without_task(desk: Desk, complaint: Complaint) -> Step | None:
    """No task is open: the state says what is missing. A complaint must not rest."""
    facts = complaint.facts
    if facts.closed:
        return None
    if facts.solved and not facts.told:
        verb, title = "tell_guest", gettext("Tell the guest that it is solved")
    elif facts.told:
        verb, title = "close", gettext("Say how it ended, and close it")
    else:
        verb, title = "add_task", gettext("Nothing is planned. Who does what by when?")
    allowed = desk.may(verb, complaint.property_code)
    labels = {
        "tell_guest": gettext("I told the guest"),
        "close": gettext("Close it"),
        "add_task": gettext("Add the next step"),
    }
    main = Button(labels[verb], desk.verb_url(complaint, verb)) if allowed else None
    others = _hand_over(desk, complaint)
    return Step(title=title, detail="", due="", who=complaint.owner.name, main=main, others=others)


def _hand_over(desk: Desk, complaint: Complaint) -> list[Button]:
    """Passes it on at once, because who needs that has no hand free for a form."""
    if not desk.may("hand_over", complaint.property_code):
        return []
    return [Button(gettext("Hand over, no questions"), desk.verb_url(complaint, "hand_over"), posts=True)]


def _who(task: Task, complaint: Complaint) -> str:
    person = task.assignee or complaint.owner
    return person.name


def _draft_for(task: Task, letters: list[Letter]) -> Letter | None:
    """A draft that only waits to be released for this task."""
    drafts = [letter for letter in letters if letter.state is LetterState.DRAFT]
    return next((letter for letter in drafts if letter.kind == task.fulfils), None)


def _waiting_letter(task: Task, letters: list[Letter]) -> Letter | None:
    """The draft that this task asks somebody to look at."""
    if task.kind != TaskKind.LETTER or not task.unique_key:
        return None
    return deliveries.waiting_keys(letters).get(task.unique_key)


def _failed_letter(task: Task, letters: list[Letter]) -> Letter | None:
    if task.kind != TaskKind.DELIVERY or not task.unique_key:
        return None
    return deliveries.failure_keys(letters).get(task.unique_key)


def _label(fulfils: str) -> str:
    labels = {
        "spoken_apology": gettext("I said sorry in person"),
        "apology": gettext("I said sorry in person"),
        "answer": gettext("I have answered the guest"),
        "told": gettext("I told the guest"),
        "apology_letter": gettext("Write and send the apology"),
        "certificate_told": gettext("Write and send the apology"),
    }
    return labels[fulfils]
