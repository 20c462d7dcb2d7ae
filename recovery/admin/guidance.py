"""What a playbook tells whoever sits in front of the page, in that person's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language, gettext

from ..actions import playbooks
from ..actions.playbook_answers import questions_of
from ..choices import RemedyKey
from ..models import Complaint, Task
from ..rules import playbook_marks
from .desk import Desk


@dataclass(frozen=True)
class Asked:
    """A question, and what the guest said to it."""

    question: str
    answer: str = ""
    by: str = ""


@dataclass
class Guide:
    """What the playbooks of a complaint say beside their steps."""

    titles: list[str] = field(default_factory=list)
    cue_cards: list[str] = field(default_factory=list)
    #: For this kind of guest.
    suggest: list[str] = field(default_factory=list)
    facts: list[tuple[str, list[str]]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    ask_url: str = ""
    #: Playbooks that this person has not read in the version that runs: title and address.
    unread: list[tuple[str, str]] = field(default_factory=list)
    #: Steps that were left out because the guest must leave first.
    skipped: list[str] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return sum(1 for each in self.asked if each.answer)


def of(desk: Desk, complaint: Complaint, tasks: Iterable[Task]) -> Guide | None:
    """The guide; ``None`` where no playbook runs."""
    if not complaint.playbooks:
        return None
    code = (get_language() or "").partition("-")[0]
    guide = Guide(
        skipped=[task.told("title", code) for task in tasks if task.ended_reason == playbooks.TOO_NEAR]
    )
    make_whole: list[str] = []
    for entry in complaint.playbooks:
        words = _words(entry, code)
        guide.titles.append(words.get("title", entry["key"]))
        guide.cue_cards += words.get("cue_cards", [])
        guide.suggest += words.get("suggest", [])
        make_whole += words.get("make_whole", [])
        guide.facts += [
            (gettext("How we speak about fault"), [words["stance"]] if words.get("stance") else []),
            (gettext("Give, in this order"), [", ".join(_remedies(entry))] if entry.get("remedies") else []),
            (gettext("Beyond that"), [words["goodwill"]] if words.get("goodwill") else []),
        ]
        if _is_unread(desk, entry):
            title = words.get("title", entry["key"])
            guide.unread.append((title, desk.url("playbook", entry["key"], house=complaint.property_code)))
    guide.facts.insert(0, (gettext("Put back at once, unasked"), make_whole))
    guide.facts = [(label, lines) for label, lines in guide.facts if lines]
    said = {fact["key"]: fact for fact in complaint.answers}
    for key, question in questions_of(complaint, code).items():
        fact = said.get(key, {})
        guide.asked.append(Asked(question["text"], shown(fact.get("answer", "")), fact.get("by", "")))
    if desk.may("record_answers", complaint.property_code):
        guide.ask_url = desk.verb_url(complaint, "record_answers")
    return guide


def can_do(task: Task) -> tuple[str, ...]:
    """What whoever has the task can do this minute."""
    return tuple(_of_task(task, "can_do") or ())


def brief(task: Task) -> str:
    """What to know before knocking; empty where nobody knocks."""
    return str(_of_task(task, "brief") or "")


def label(asked: Mapping[str, Any]) -> str:
    """What a field of proof asks for."""
    code = (get_language() or "").partition("-")[0]
    return str(asked.get(f"label_{code}") or gettext(str(asked["label"])))


def proof(task: Task) -> list[tuple[str, str]]:
    """The proof of a finished task, in the words in which it was asked for."""
    fields = {asked["key"]: asked for asked in task.evidence_fields}
    return [(label(fields[key]), shown(value)) for key, value in task.evidence.items() if key in fields]


def shown(answer: str) -> str:
    """An answer as people read it."""
    return {"yes": gettext("yes"), "no": gettext("no")}.get(answer, answer)


def task_words(task: Task, complaint: Complaint) -> dict[str, Any]:
    """A task's own words, and for whoever knocks the story so far (S1-05)."""
    language = get_language()
    told: dict[str, Any] = {
        "title": task.told("title", language),
        "detail": task.told("detail", language),
        "can_do": can_do(task),
    }
    if not brief(task):
        return told
    guest = complaint.parties.order_by("pk").first()
    story = [
        (gettext("Guest"), guest.name if guest else ""),
        (gettext("Room"), complaint.room_reported),
        (gettext("What happened"), complaint.summary),
        (gettext("Told us so often"), complaint.contacts.count()),
    ]
    return {**told, "brief": brief(task), "story": [(name, value) for name, value in story if value]}


def starting_words(complaint: Complaint) -> dict[str, str]:
    """Part of an apology → what the guest said that may begin it: offered, never filled in."""
    found: dict[str, str] = {}
    for fact in complaint.answers:
        if fact.get("starts"):
            found.setdefault(fact["starts"], fact["answer"])
    return found


def _of_task(task: Task, name: str) -> Any:
    code = (get_language() or "").partition("-")[0]
    there = task.guide.get(code)
    return (there.get(name) if isinstance(there, dict) else None) or task.guide.get(name)


def _words(entry: Mapping[str, Any], code: str) -> dict[str, Any]:
    words: dict[str, Any] = entry.get("words", {})
    return words.get(code) or words.get("", {})


def _remedies(entry: Mapping[str, Any]) -> list[str]:
    return [str(RemedyKey(key).label) for key in entry["remedies"] if key in RemedyKey.values]


def _is_unread(desk: Desk, entry: Mapping[str, Any]) -> bool:
    staff = desk.actor.staff
    if staff is None or "source" not in entry:
        return False
    mark = playbook_marks.mark_of(key=entry["key"], source=entry["source"], version=entry["version"])
    return mark not in staff.playbooks_read
