"""Reading one value at a time out of parsed data: what is wrong is noted, and the rest is read on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from ...errors import BadPlaybook, OwnershipFixed
from .. import text
from .form import LANGUAGES
from .problems import Path, Problem

E = TypeVar("E", bound=Enum)

#: Somebody owns every complaint, whatever a playbook says (S0-10).
_OWNERSHIP = frozenset({"owner", "ownership", "owned", "no_owner", "owner_required", "needs_owner"})
_WORD = re.compile(r"[a-z][a-z0-9_]*")


class Notes:
    """The problems that were found so far, and where the reader is."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def say(
        self, path: Path, problem: str, fix: str, *, step: str = "", refusal: type[BadPlaybook] = BadPlaybook
    ) -> None:
        self.problems.append(Problem(path=path, problem=problem, fix=fix, step=step, refusal=refusal))


class Table:
    """One table of the data: takes its values by name, and says which names nobody knows."""

    def __init__(self, notes: Notes, data: Mapping[str, Any], path: Path, *, step: str = "") -> None:
        self.notes, self.data, self.path, self.step = notes, data, path, step
        #: Language → field → words, as they were found beside the main ones.
        self.others: dict[str, dict[str, Any]] = {}

    def say(self, name: str, problem: str, fix: str) -> None:
        self.notes.say((*self.path, name) if name else self.path, problem, fix, step=self.step)

    def only(self, known: frozenset[str], words: frozenset[str]) -> None:
        """Note every name that is none of these. ``words``: those that other languages may have too."""
        every = known | words | {f"{name}_{code}" for name in words for code in LANGUAGES}
        for name in self.data:
            if str(name).lower() in _OWNERSHIP:
                self.notes.say(
                    (*self.path, str(name)),
                    f"“{text.soft_line(str(name), limit=40)}”: a complaint always has an owner",
                    "Take the line out: ownership holds for every kind of failure.",
                    step=self.step,
                    refusal=OwnershipFixed,
                )
            elif name not in every:
                shown = text.soft_line(str(name), limit=40)
                self.say(
                    str(name), f"unknown key: {shown}", f"Known here: {', '.join(sorted(known | words))}."
                )

    def words(self, name: str, *, limit: int, required: bool = False, lines: bool = False) -> str:
        """Text; and beside it the same in other languages."""
        for code in LANGUAGES:
            if f"{name}_{code}" in self.data:
                found = self._text(f"{name}_{code}", limit=limit, lines=lines)
                self.others.setdefault(code, {})[name] = found
        if name not in self.data:
            if required:
                self.say(name, f"{name} is missing", f'Add {name} = "…".')
            return ""
        found = self._text(name, limit=limit, lines=lines)
        if required and text.is_blank(found) and isinstance(self.data[name], str):
            self.say(name, f"{name} is empty", "Write what a colleague reads.")
        return found

    def list_of_words(self, name: str, *, limit: int, most: int) -> tuple[str, ...]:
        """Short lines; in every language as many of them."""
        found = self._lines(name, limit=limit, most=most)
        for code in LANGUAGES:
            if f"{name}_{code}" in self.data:
                there = self._lines(f"{name}_{code}", limit=limit, most=most)
                self.others.setdefault(code, {})[name] = list(there)
                if len(there) != len(found):
                    self.say(
                        f"{name}_{code}",
                        f"{name} has {len(found)} lines and {name}_{code} {len(there)}",
                        "Write each line in both languages.",
                    )
        return found

    def word(self, name: str, *, limit: int, required: bool = False) -> str:
        """A key: small letters, digits, underscores."""
        value = self.data.get(name)
        if value is None and not required:
            return ""
        if value is None:
            self.say(name, f"{name} is missing", f'Add {name} = "…", in small letters.')
            return ""
        if isinstance(value, str) and len(value) > limit:
            self.say(name, f"{name} has more than {limit} characters: {value[:limit]}…", "Shorten it.")
            return ""
        if not isinstance(value, str) or not _WORD.fullmatch(value):
            shown = text.soft_line(str(value), limit=40)
            self.say(name, f"{name} “{shown}” is no key", "Use small letters, digits and underscores.")
            return ""
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            shown = text.soft_line(str(value), limit=40)
            self.say(name, f"{name} is “{shown}”", f"Write {name} = true, or leave it out.")
            return default
        return value

    def whole(self, name: str, *, least: int, most: int, default: int | None = None) -> int:
        value = self.data.get(name, default)
        if value is None:
            self.say(name, f"{name} is missing", f"Add {name} = {least}.")
        elif isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            shown = text.soft_line(str(value), limit=40)
            self.say(name, f"{name} is “{shown}”", f"A whole number from {least} to {most}.")
        else:
            return value
        return least

    def one_of(self, name: str, kind: type[E], *, required: bool = False) -> E | None:
        value = self.data.get(name)
        if value is None:
            if required:
                self.say(name, f"{name} is missing", f"One of: {_every(kind)}.")
            return None
        found = _member(kind, value)
        if found is None:
            shown = text.soft_line(str(value), limit=40)
            self.say(name, f"unknown {name}: {shown}", f"One of: {_every(kind)}.")
        return found

    def list_of(self, name: str, kind: type[E]) -> tuple[E, ...]:
        given = self.data.get(name, [])
        if not _is_list(given):
            self.say(name, f"{name} is no list", f'Write {name} = ["…", "…"].')
            return ()
        found = []
        for value in given:
            member = _member(kind, value)
            if member is None:
                shown = text.soft_line(str(value), limit=40)
                self.say(name, f"{name}: unknown: {shown}", f"Any of: {_every(kind)}.")
            else:
                found.append(member)
        return tuple(found)

    def list_of_keys(self, name: str) -> tuple[str, ...]:
        """Names: of steps, of conditions."""
        given = self.data.get(name, [])
        if not _is_list(given) or not all(isinstance(value, str) for value in given):
            self.say(name, f"{name} is no list of keys", f'Write {name} = ["…", "…"].')
            return ()
        return tuple(given)

    def tables(self, name: str, *, most: int) -> list[Mapping[str, Any]]:
        """A list of tables, those that are tables; ``{}`` stands for one that is none."""
        given = self.data.get(name, [])
        if not isinstance(given, Sequence) or isinstance(given, bytes):
            self.say(name, f"{name} is no list", f"Begin each with [[{name}]].")
            return []
        if len(given) > most:
            self.say(name, f"{name} has {len(given)} entries", f"At most {most}: nobody reads more.")
        found: list[Mapping[str, Any]] = []
        for number, item in enumerate(given[:most]):
            if not isinstance(item, Mapping):
                shown = text.soft_line(str(item), limit=40)
                problem = f"unknown {name.removesuffix('s')}: {shown}"
                self.notes.say((*self.path, name, number), problem, f"Begin each with [[{name}]].")
                item = {}
            found.append(item)
        return found

    def table(self, name: str) -> Mapping[str, Any]:
        given = self.data.get(name, {})
        if not isinstance(given, Mapping):
            self.say(name, f"{name} is no table", f"Write it as [{name}].")
            return {}
        return given

    # --- inside ---------------------------------------------------------------------------------

    def _text(self, name: str, *, limit: int, lines: bool) -> str:
        value = self.data[name]
        if not isinstance(value, str):
            shown = text.soft_line(str(value), limit=40)
            self.say(name, f"{name} is “{shown}” and no text", "Put it in quotes.")
            return ""
        if len(value) > limit * 4:
            cleaned = value  # because cleaning a megabyte only to refuse it takes time
        elif lines:
            cleaned = text.clean_text(value, field=name, limit=limit * 4)
        else:
            cleaned = text.soft_line(value, limit=limit * 4)
        if len(cleaned) > limit:
            self.say(
                name, f"{name} has more than {limit} characters: {cleaned[:40]}…", "Say it in fewer words."
            )
            return ""
        if cleaned != value.strip():
            self.say(name, f"{name} holds line breaks or characters that nobody can see", "Type it again.")
        return cleaned

    def _lines(self, name: str, *, limit: int, most: int) -> tuple[str, ...]:
        given = self.data.get(name, [])
        if not _is_list(given):
            self.say(name, f"{name} is no list", f'Write {name} = ["…", "…"].')
            return ()
        if len(given) > most:
            self.say(name, f"{name} has {len(given)} lines", f"At most {most}: nobody reads more.")
        inner = Table(self.notes, {name: ""}, self.path, step=self.step)
        found = []
        for value in given[:most]:
            inner.data = {name: value}
            line = inner._text(name, limit=limit, lines=False)
            if not text.is_blank(line):
                found.append(line)
            elif isinstance(value, str) and len(value) <= limit:
                self.say(name, f"a line of {name} is empty", "Write it, or take it out.")
        return tuple(found)


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _member(kind: type[E], value: object) -> E | None:
    try:
        return kind(value) if isinstance(value, str) and value else None
    except ValueError:
        return None


def _every(kind: type[Enum]) -> str:
    return ", ".join(str(member.value) for member in kind if member.value)
