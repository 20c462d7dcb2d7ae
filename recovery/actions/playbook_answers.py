"""What the guest answered, as facts: one for each question, asked once (S2-11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..choices import EventKind
from ..errors import NoQuestions, TextMissing, UnknownChoice
from ..models import Complaint
from ..rules import text
from .actor import Actor
from .engine import Turn, verb

ANSWER = 500
#: What counts as yes and no where a question wants one of them.
_YES_NO = {"yes": "yes", "true": "yes", "on": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}


@verb
def record_answers(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    answers: Mapping[str, str],
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """Write down what the guest answered. ``answers``: question key → answer; an empty one is left alone.

    A second answer to a question replaces the first. Nothing of it goes into a letter by itself.

    :raises NoQuestions: if no playbook with questions runs.
    :raises UnknownChoice: if there is no such question, or it wants yes, no or a figure.
    :raises TextMissing: if there is no answer at all.
    :raises TextTooLong: if an answer is longer than anybody says in one breath.
    """
    asked = questions_of(turn.complaint)
    if not asked:
        raise NoQuestions()
    given: dict[str, str] = {}
    for key, value in answers.items():
        if key not in asked:
            raise UnknownChoice(
                field="question", value=text.soft_line(str(key), limit=40), allowed=", ".join(asked)
            )
        words = text.clean_text(str(value), field=f"the answer to {key}", limit=ANSWER)
        if not text.is_blank(words):
            given[key] = _in_form(asked[key], words)
    if not given:
        raise TextMissing(field="the answer")
    said = {fact["key"]: fact["answer"] for fact in turn.complaint.answers}
    # A form sends every answer again; what stands there already stays with whoever heard it.
    given = {key: words for key, words in given.items() if said.get(key) != words}
    if not given:
        return turn.complaint
    kept = [fact for fact in turn.complaint.answers if fact["key"] not in given]
    now = turn.now.isoformat()
    kept += [
        {
            "key": key,
            "question": asked[key]["text"],
            "answer": words,
            "starts": asked[key]["starts"],
            "playbook": asked[key]["playbook"],
            "by": turn.by.name[:120],
            "at": now,
        }
        for key, words in given.items()
    ]
    turn.complaint.answers = kept
    turn.complaint.save(update_fields=["answers"])
    turn.record(EventKind.ANSWERS_RECORDED, questions=sorted(given))
    return turn.complaint


def questions_of(complaint: Complaint, language: str | None = None) -> dict[str, dict[str, Any]]:
    """The questions of the playbooks that run, by key, in their order; of two with one key the first."""
    code = (language or "").partition("-")[0]
    found: dict[str, dict[str, Any]] = {}
    for entry in complaint.playbooks:
        main = entry.get("words", {}).get("", {}).get("questions", {})
        here = entry.get("words", {}).get(code, {}).get("questions", {})
        for question in entry.get("questions", []):
            key = question["key"]
            words = here.get(key) or main.get(key, key)
            found.setdefault(key, {**question, "text": words, "playbook": entry["key"]})
    return found


def _in_form(question: Mapping[str, Any], words: str) -> str:
    if question["kind"] == "yes_no":
        if words.lower() not in _YES_NO:
            raise UnknownChoice(
                field=question["text"], value=text.soft_line(words, limit=40), allowed="yes, no"
            )
        return _YES_NO[words.lower()]
    if question["kind"] == "count" and not (words.isascii() and words.isdigit() and len(words) < 7):
        raise UnknownChoice(
            field=question["text"], value=text.soft_line(words, limit=40), allowed="a whole number"
        )
    return words
