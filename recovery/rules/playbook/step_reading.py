"""One step out of parsed data."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from ...choices import RemedyKey, Role
from ...errors import BadPlaybook
from .. import clocks, evidence, task_states, text
from . import form
from .form import Step, Worth
from .values import Notes, Table

_WORDS = frozenset({"title", "detail", "can_do", "brief"})
_PLAIN = frozenset(
    {
        "key",
        "role",
        "due",
        "fulfils",
        "before_deadline",
        "evidence",
        "visits_guest",
        "after",
        "repair",
        "alternative",
        "puts_back",
        "miracle",
        "when",
    }
)
#: What may be different for one kind of guest. Not the worth, not the order of cause and effect.
_CHANGEABLE = frozenset({"due", "role", "evidence"})


def read_step(notes: Notes, data: Mapping[str, Any], path: tuple[str | int, ...]) -> Step:
    """The step as far as it can be read; what is wrong with it is noted."""
    shown = data.get("key")
    table = Table(notes, data, path, step=text.soft_line(str(shown), limit=40) if shown else "")
    table.only(_PLAIN, _WORDS)
    step = Step(
        key=table.word("key", limit=form.STEP_KEY, required=True),
        title=table.words("title", limit=form.TITLE, required=True),
        detail=table.words("detail", limit=form.DETAIL, lines=True),
        role=table.one_of("role", Role, required=True) or Role.EMPLOYEE,
        due=_due(table),
        can_do=table.list_of_words("can_do", limit=form.ACTION, most=form.MOST_LINES),
        brief=table.words("brief", limit=form.BRIEF, lines=True),
        fulfils=_fulfils(table),
        before_deadline=table.flag("before_deadline", default=True),
        evidence=_evidence(table),
        visits_guest=table.flag("visits_guest"),
        after=table.word("after", limit=form.STEP_KEY),
        repair=table.flag("repair"),
        alternative=table.flag("alternative"),
        puts_back=_worth(table),
        when=_when(table),
        miracle=table.whole("miracle", least=0, most=100, default=0),
        others=table.others,
    )
    _check_alone(table, step)
    return step


def read_change(notes: Notes, step: Step, data: Mapping[str, Any], path: tuple[str | int, ...]) -> Step:
    """The step as it is for one kind of guest: other words, another person, sooner; never another worth."""
    table = Table(notes, data, path, step=step.key)
    table.only(_CHANGEABLE, _WORDS)
    given: dict[str, Any] = {}
    limits = {"title": form.TITLE, "detail": form.DETAIL, "brief": form.BRIEF}
    for name, limit in limits.items():
        if name in data:
            given[name] = table.words(name, limit=limit, required=True, lines=name != "title")
    if "can_do" in data:
        given["can_do"] = table.list_of_words("can_do", limit=form.ACTION, most=form.MOST_LINES)
    if "role" in data:
        given["role"] = table.one_of("role", Role) or step.role
    if "evidence" in data:
        given["evidence"] = _evidence(table)
    if "due" in data:
        given["due"] = _due(table)
        if given["due"] and not clocks.is_sooner(given["due"], step.due):
            table.say(
                "due",
                f"{given['due']} is not sooner than {step.due}",
                "For one kind of guest a step may only come sooner. Slower is the whole playbook's due.",
            )
    # Words that were changed in one language only would show the other guest's words in the other.
    others = {
        code: {name: words for name, words in said.items() if name not in given} | table.others.get(code, {})
        for code, said in ((code, step.others.get(code, {})) for code in form.LANGUAGES)
    }
    return dataclasses.replace(step, **given, others={code: said for code, said in others.items() if said})


def _due(table: Table) -> str:
    value = table.data.get("due")
    if value is None:
        table.say("due", "due is missing", 'Add due = "15m", "2h", "today 15:00" or "tomorrow 09:00".')
        return ""
    try:
        clocks.check_due_rule(str(value), playbook="")
    except BadPlaybook as error:
        table.say("due", str(error.params["problem"]), "Write 15m, 2h, today 15:00 or tomorrow 09:00.")
        return ""
    return str(value)


def _fulfils(table: Table) -> str:
    found = table.word("fulfils", limit=form.FULFILS)
    if found and found not in form.FULFILLED:
        table.say(
            "fulfils",
            f"unknown fulfils: {found}",
            f"One of: {', '.join(sorted(form.FULFILLED))}, or leave it out.",
        )
    return found


def _evidence(table: Table) -> tuple[Mapping[str, Any], ...]:
    given = table.data.get("evidence", [])
    if not isinstance(given, list | tuple):
        table.say("evidence", "bad evidence: no list", 'Write evidence = [{ key = "…", label = "…" }].')
        return ()
    found: list[Mapping[str, Any]] = []
    for item in given:
        if not isinstance(item, Mapping):
            shown = text.soft_line(str(item), limit=40)
            table.say("evidence", f"bad evidence field {shown}", 'Write { key = "…", label = "…" }.')
            continue
        known = {"key", "label", "kind", "optional", *(f"label_{code}" for code in form.LANGUAGES)}
        inner = Table(table.notes, item, (*table.path, "evidence"), step=table.step)
        strange = sorted(set(map(str, item)) - known)
        kind = item.get("kind", "text")
        if strange or not item.get("key") or not item.get("label") or kind not in evidence.KINDS:
            shown = text.soft_line(str(dict(item)), limit=80)
            kinds = ", ".join(sorted(evidence.KINDS))
            table.say(
                "evidence", f"bad evidence field {shown}", f"It has key and label; kind is one of {kinds}."
            )
            continue
        inner.word("key", limit=form.STEP_KEY)
        inner.words("label", limit=form.LABEL)
        inner.flag("optional")
        found.append(dict(item))
    names = [str(item["key"]) for item in found]
    if len(set(names)) != len(names):
        table.say("evidence", "two evidence fields have the same key", "Give each its own key.")
    return tuple(found)


def _when(table: Table) -> frozenset[str]:
    found = table.list_of_keys("when")
    strange = sorted(set(found) - form.CONDITIONS)
    if strange:
        names = ", ".join(sorted(form.CONDITIONS))
        table.say("when", f"when: unknown: {text.soft_line(strange[0], limit=40)}", f"Any of: {names}.")
    return frozenset(found) & form.CONDITIONS


def _worth(table: Table) -> Worth | None:
    if "puts_back" not in table.data:
        return None
    inner = Table(table.notes, table.table("puts_back"), (*table.path, "puts_back"), step=table.step)
    inner.only(frozenset({"remedy", "percent"}), frozenset())
    remedy = inner.one_of("remedy", RemedyKey, required=True)
    percent = inner.whole("percent", least=1, most=500, default=100)
    return Worth(remedy=remedy, percent=percent) if remedy is not None else None


def _check_alone(table: Table, step: Step) -> None:
    """What does not fit together inside one step."""
    if step.visits_guest and step.fulfils in task_states.FULFILLED_BY_VERBS:
        table.say(
            "visits_guest",
            f"who finishes it by “{step.fulfils}” is never asked how the guest is",
            "Make the visit a step of its own.",
        )
    if step.repair and step.alternative:
        table.say("alternative", "it is the repair and its alternative at once", "Choose one of the two.")
    if step.miracle and step.puts_back is not None:
        table.say("miracle", "what puts back what was lost is no miracle", "Make them two steps.")
    if step.after and step.after == step.key:
        table.say("after", "it comes after itself", "Name another step, or leave it out.")
