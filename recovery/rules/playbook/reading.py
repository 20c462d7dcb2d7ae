"""A playbook out of parsed data: read completely, every problem named, never half-used."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from ...choices import Category, GuestType, RemedyKey
from .. import text
from . import form
from .form import GuestVariant, Playbook, Question, Step
from .order import find_cycle
from .problems import Problem
from .step_reading import read_change, read_step
from .values import Notes, Table

_WORDS = frozenset({"title", "stance", "make_whole", "goodwill", "cue_cards", "can_do", "brief"})
#: What may be given whatever the giver's own limit: rooms and rides cost what they cost, and the two
#: gifts have a limit of their own. Anything counted in money would be given without any.
_PRE_APPROVABLE = frozenset(
    {
        RemedyKey.SUBSTITUTE_ROOM,
        RemedyKey.ROOM_MOVE,
        RemedyKey.TRANSPORT,
        RemedyKey.DINNER,
        RemedyKey.FREE_NIGHT,
    }
)
_PLAIN = frozenset(
    {
        "key",
        "version",
        "category",
        "overlay",
        "pre_approved",
        "remedies",
        "questions",
        "steps",
        "guest_types",
    }
)


def read(data: Mapping[str, Any], *, key: str) -> Playbook:
    """A playbook from parsed TOML. ``key``: by what name a refusal calls it.

    :raises BadPlaybook: naming the first thing that is wrong.
    :raises OwnershipFixed: if it tries to switch ownership off.
    """
    book, problems = _read(data)
    if problems or book is None:
        raise problems[0].as_refusal(key)
    return book


def find_problems(data: Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong with it; empty when it can be used."""
    return _read(data)[1]


def read_toml(words: str) -> tuple[dict[str, Any], list[Problem], int]:
    """Parsed data out of TOML text; or the problem, and the line at which it stands."""
    try:
        return tomllib.loads(words), [], 0
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        said = str(error) or "it is nested too deeply"
        line = said.rpartition("at line ")[2].partition(",")[0]
        fix = "Compare with the shipped playbook: quotes, brackets and equals signs."
        found = Problem(path=(), problem=f"this is not TOML: {text.soft_line(said, limit=120)}", fix=fix)
        return {}, [found], int(line) if line.isdigit() else 1


def _read(data: object) -> tuple[Playbook | None, list[Problem]]:
    notes = Notes()
    if not isinstance(data, Mapping) or not data:
        notes.say((), "it is empty: it has no steps", "Start from the shipped playbook.")
        return None, notes.problems
    table = Table(notes, data, ())
    table.only(_PLAIN, _WORDS)
    category = table.one_of("category", Category)
    if table.flag("overlay") == (data.get("category") is not None):
        table.say(
            "category",
            "it needs a category or overlay = true, and not both",
            "An overlay lies over every kind of failure; everything else names its own.",
        )
    steps = _steps(table, "steps", data, ())
    if not steps:
        table.say("steps", "it has no steps", "Write at least one [[steps]].")
    book = Playbook(
        key=_key(table),
        version=table.whole("version", least=1, most=100_000),
        title=table.words("title", limit=form.TITLE, required=True),
        category=category,
        steps=tuple(steps),
        stance=table.words("stance", limit=form.DETAIL),
        pre_approved=frozenset(table.list_of("pre_approved", RemedyKey)),
        remedies=table.list_of("remedies", RemedyKey),
        make_whole=table.list_of_words("make_whole", limit=form.CARD, most=form.MOST_LINES),
        goodwill=table.words("goodwill", limit=form.CARD),
        questions=tuple(_questions(table)),
        cue_cards=table.list_of_words("cue_cards", limit=form.CARD, most=form.MOST_LINES),
        can_do=table.list_of_words("can_do", limit=form.ACTION, most=form.MOST_LINES),
        brief=table.words("brief", limit=form.BRIEF, lines=True),
        others=table.others,
    )
    for remedy in sorted(book.pre_approved - _PRE_APPROVABLE):
        table.say(
            "pre_approved",
            f"{remedy} would be given without any limit",
            f"Only these: {', '.join(sorted(_PRE_APPROVABLE))}. For the rest there are authority limits.",
        )
    book = dataclasses.replace(book, guest_types=_guest_types(table, book))
    if steps:
        _check_together(table, book)
    return book, notes.problems


def _key(table: Table) -> str:
    value = table.data.get("key")
    if not isinstance(value, str) or not value.isascii() or not value.isalnum() or not value[:1].isupper():
        table.say("key", "key is missing or unreadable", 'Write key = "P03", as the shipped one has it.')
    elif len(value) > form.KEY:
        table.say("key", f"its key has more than {form.KEY} characters: {value[: form.KEY]}…", "Shorten it.")
    else:
        return value
    return ""


def _steps(table: Table, name: str, data: Mapping[str, Any], path: tuple[str | int, ...]) -> list[Step]:
    if data.get(name) is None:
        return []
    found = table.tables(name, most=form.MOST_STEPS)
    return [read_step(table.notes, item, (*path, name, number)) for number, item in enumerate(found) if item]


def _questions(table: Table) -> Iterable[Question]:
    seen: set[str] = set()
    for number, item in enumerate(table.tables("questions", most=form.MOST_QUESTIONS)):
        inner = Table(table.notes, item, ("questions", number))
        inner.only(frozenset({"key", "kind", "starts"}), frozenset({"text"}))
        key = inner.word("key", limit=form.STEP_KEY, required=True)
        if key in seen:
            inner.say("key", f"two questions have the key {key}", "Give each its own key.")
        seen.add(key)
        kind, starts = inner.word("kind", limit=20) or "text", inner.word("starts", limit=20)
        if kind not in form.QUESTION_KINDS:
            inner.say("kind", f"unknown kind: {kind}", f"One of: {', '.join(sorted(form.QUESTION_KINDS))}.")
        if starts and starts not in form.STARTS:
            inner.say("starts", f"unknown part: {starts}", f"One of: {', '.join(sorted(form.STARTS))}.")
        words = inner.words("text", limit=form.QUESTION, required=True)
        yield Question(key=key, text=words, kind=kind, starts=starts, others=inner.others)


def _guest_types(table: Table, book: Playbook) -> dict[GuestType, GuestVariant]:
    found = {}
    steps = {step.key: step for step in book.steps}
    for name, item in table.table("guest_types").items():
        path: tuple[str | int, ...] = ("guest_types", str(name))
        if name not in GuestType.values or not name:
            every = ", ".join(kind for kind in GuestType.values if kind)
            table.notes.say(
                path, f"unknown guest type: {text.soft_line(str(name), limit=40)}", f"One of: {every}."
            )
            continue
        if not isinstance(item, Mapping):
            table.notes.say(path, "it is no table", f"Write it as [guest_types.{name}].")
            continue
        inner = Table(table.notes, item, path)
        inner.only(frozenset({"first", "change", "extra"}), frozenset({"suggest"}))
        changed = {}
        for key, change in inner.table("change").items():
            if key not in steps or not isinstance(change, Mapping):
                inner.say("change", f"there is no step {text.soft_line(str(key), limit=40)}", _known(steps))
                continue
            changed[key] = read_change(table.notes, steps[key], change, (*path, "change", key))
        extra = _steps(inner, "extra", item, path)
        first = inner.list_of_keys("first")
        for key in first:
            if key not in {*steps, *(step.key for step in extra)}:
                inner.say("first", f"there is no step {text.soft_line(key, limit=40)}", _known(steps))
        for step in extra:
            if step.puts_back is not None:
                inner.say(
                    "extra",
                    f"the step {step.key} puts something back for this guest alone",
                    "What was lost is put back for everybody alike: move puts_back to the steps of all.",
                )
        suggest = inner.list_of_words("suggest", limit=form.CARD, most=form.MOST_LINES)
        found[GuestType(name)] = GuestVariant(
            suggest=suggest, first=first, changed=changed, extra=tuple(extra), others=inner.others
        )
    return found


def _check_together(table: Table, book: Playbook) -> None:
    """What no step can know alone."""
    extra = [step for variant in book.guest_types.values() for step in variant.extra]
    every = [*book.steps, *extra]
    names = [step.key for step in every if step.key]
    for name in sorted({name for name in names if names.count(name) > 1}):
        table.say("steps", f"two steps have the same key: {name}", "Give each its own key.")
    known = {step.key for step in book.steps}
    for step in every:
        if step.after and step.after not in known:
            _say(table, step, "after", f"there is no step {step.after}", _known(known))
        if not step.can_do and not book.can_do:
            problem = "nothing can be done now: whoever has it would have to ask"
            _say(table, step, "can_do", problem, 'Add can_do = ["…"] to the step or to the playbook.')
        if step.visits_guest and not step.brief and not book.brief:
            problem = "somebody knocks and has no brief"
            _say(table, step, "brief", problem, 'Add brief = "…" to the step or to the playbook.')
    cycle = find_cycle({step.key: step.after for step in every if step.key})
    if cycle:
        circle = " → ".join(cycle)
        table.say("steps", f"the steps wait for each other: {circle}", "Take out one of these “after”.")
    repairs = [step for step in every if step.repair]
    if repairs and not any(step.alternative for step in book.steps):
        problem = "it is skipped when the guest must leave, and then nothing is left"
        _say(table, repairs[0], "repair", problem, "Mark another step alternative = true.")
    skipped = {step.key for step in repairs}
    for step in every:
        if step.alternative and step.after in skipped:
            problem = f"the alternative waits for the repair {step.after}"
            _say(table, step, "after", problem, "Let it wait for nothing.")


def _say(table: Table, step: Step, name: str, problem: str, fix: str) -> None:
    given = table.data.get("steps")
    keys = [item.get("key") if isinstance(item, Mapping) else None for item in given or ()]
    path = ("steps", keys.index(step.key), name) if step.key in keys else ("guest_types", name)
    table.notes.say(path, problem, fix, step=step.key)


def _known(keys: Iterable[str]) -> str:
    return f"There are: {', '.join(sorted(keys))}."
