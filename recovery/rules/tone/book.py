"""The rules of one language, read from its files and made ready to be looked for.

A rule is only tried where its first word stands, so that a letter costs about what its words cost.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any as Anything

from ...choices import ToneCode, ToneSeverity
from .grammar import Any, At, BadTemplate, Gap, Is, Node, Not, NotAfter, Ref, one_word, parse

#: With files of their own.
LANGUAGES = ("en", "da", "de", "fr", "es")

_WARNS = frozenset(
    {
        ToneCode.POLICY_RECITE,
        ToneCode.PASSIVE_EVASION,
        ToneCode.MINIMISE,
        ToneCode.LEGAL_COLD,
        ToneCode.VAGUE_PROMISE,
        ToneCode.EMPTY_FORMULA,
        ToneCode.HAGGLE,
    }
)
#: What somebody does about it, or takes on, outweighs how it came about: in such a sentence these are
#: far more often a false alarm than a find.
_OUTWEIGHED = frozenset(
    {
        ToneCode.BLAME_SUPPLIER,
        ToneCode.BLAME_STAFF,
        ToneCode.BLAME_FORCE,
        ToneCode.BLAME_GUEST,
        ToneCode.POLICY_RECITE,
        ToneCode.PASSIVE_EVASION,
        ToneCode.MINIMISE,
        ToneCode.VAGUE_PROMISE,
        ToneCode.DISMISS,
    }
)
_OUTWEIGHING = frozenset(
    {
        ToneCode.C_RESP,
        ToneCode.C_REPENT,
        ToneCode.C_REPAIR,
        ToneCode.C_FORGIVE,
        ToneCode.M_RESTATE,
        ToneCode.M_ASK_FAIR,
        ToneCode.M_SPECIFIC,
        ToneCode.M_PRECEDENT,
        ToneCode.M_EMPATHY,
    }
)


class Group:
    """Several sequences, found by the first word of each."""

    def __init__(self, ways: Iterable[tuple[Node, ...]]) -> None:
        self.ways = tuple(ways)
        #: First word → the sequences that can begin with it. Filled once every class is known.
        self.by_first: dict[Is, tuple[tuple[Node, ...], ...]] = {}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What is looked for. Everything but ``match`` only narrows it."""

    code: ToneCode
    severity: ToneSeverity
    match: Group
    #: None of these in the sentence, one of those somewhere in it.
    unless: Group | None = None
    needs: Group | None = None
    #: This in the sentence after it.
    then: Group | None = None
    only_fault_open: bool = False
    #: A finding of one of these in the same sentence takes this one away.
    voided_by: frozenset[ToneCode] = frozenset()
    #: The turns of this language in which words of this code do no harm.
    spared: tuple[Group, ...] = ()


class Book:
    """Classes and rules of one language."""

    def __init__(self, language: str, files: Iterable[Mapping[str, Anything]]) -> None:
        self.language = language
        self._words: dict[str, dict[str, list[Is]]] = {"exact": {}, "begins": {}, "ends": {}, "holds": {}}
        self._written: dict[str, list[Is]] = {}
        entries: dict[str, list[str]] = {}
        rows: list[Mapping[str, Anything]] = []
        turns: list[Mapping[str, Anything]] = []
        for data in files:
            for name, words in data.get("classes", {}).items():
                entries.setdefault(name, []).extend(filter(None, (word.strip() for word in words.split(";"))))
            rows.extend(data.get("rules", ()))
            turns.extend(data.get("spares", ()))
        self.classes = {name: self._group(words) for name, words in entries.items()}
        self._firsts: dict[str, frozenset[Is]] = {}
        self._spares = [
            (frozenset(map(ToneCode, turn["codes"])), self._group(_lines(turn["match"]))) for turn in turns
        ]
        self.rules = tuple(self._rule(row) for row in rows)
        for group in self._groups():
            self._index(group)
        self.by_first: dict[Is, list[Rule]] = {}
        for rule in self.rules:
            for first in rule.match.by_first:
                self.by_first.setdefault(first, []).append(rule)
        self.first_words = functools.lru_cache(maxsize=8192)(self._first_words)

    def _first_words(self, norm: str, raw: str) -> tuple[Is, ...]:
        """Every word of the templates that this word is."""
        found = list(self._words["exact"].get(norm, ()))
        begins = self._words["begins"]
        for length in range(1, len(norm) + 1):
            found.extend(begins.get(norm[:length], ()))
        for length in range(len(norm)):
            found.extend(self._words["ends"].get(norm[length:], ()))
        for part, words in self._words["holds"].items():
            if part in norm:
                found.extend(words)
        found.extend(self._written.get(raw, ()))
        if norm[0].isdigit():
            found.append(one_word("number"))
            if _is_time(norm):
                found.append(one_word("time"))
        return tuple(found)

    def _group(self, templates: Iterable[str]) -> Group:
        group = Group(parse(template, self.language) for template in templates)
        for way in group.ways:
            self._register(way)
        return group

    def _register(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, Any):
                for way in node.ways:
                    self._register(way)
            elif isinstance(node, Not | NotAfter):
                self._register((node.node,))
            elif isinstance(node, Is):
                table = self._written if node.kind == "written" else self._words.get(node.kind)
                if table is not None and node not in table.setdefault(node.word, []):
                    table[node.word].append(node)

    def _rule(self, row: Mapping[str, Anything]) -> Rule:
        unknown = set(row) - {
            "code",
            "match",
            "unless",
            "needs",
            "then",
            "severity",
            "fault_open",
            "voided_by",
            "firm",
        }
        if unknown:
            raise BadTemplate(f"{sorted(unknown)} in a rule of {self.language}")
        code = ToneCode(row["code"])
        usual = ToneSeverity.WARN if code in _WARNS else ToneSeverity.BLOCK
        narrow = {name: self._group(_lines(row[name])) for name in ("unless", "needs", "then") if name in row}
        return Rule(
            code=code,
            severity=ToneSeverity(row.get("severity", usual)),
            match=self._group(_lines(row["match"])),
            only_fault_open=row.get("fault_open", False),
            spared=() if row.get("firm") else tuple(group for codes, group in self._spares if code in codes),
            voided_by=frozenset(ToneCode(name) for name in row.get("voided_by", ()))
            | (_OUTWEIGHING if code in _OUTWEIGHED and not row.get("firm") else frozenset()),
            **narrow,
        )

    def _groups(self) -> Iterable[Group]:
        yield from self.classes.values()
        yield from (group for _, group in self._spares)
        for rule in self.rules:
            yield from filter(None, (rule.match, rule.unless, rule.needs, rule.then))

    def _index(self, group: Group) -> None:
        found: dict[Is, list[tuple[Node, ...]]] = {}
        for way in group.ways:
            if _may_be_nothing(way):
                raise BadTemplate(f"may be no word at all: {way}")
            for first in self._first_of(way, ()):
                found.setdefault(first, []).append(way)
        group.by_first = {first: tuple(ways) for first, ways in found.items()}

    def _first_of(self, nodes: tuple[Node, ...], inside: tuple[str, ...]) -> frozenset[Is]:
        found: frozenset[Is] = frozenset()
        for node in nodes:
            if isinstance(node, At | Not | NotAfter):
                continue
            if isinstance(node, Gap):
                raise BadTemplate(f"a gap before the first word: {nodes}")
            if isinstance(node, Is):
                return found | {node}
            if isinstance(node, Ref):
                return found | self._first_of_class(node.name, inside)
            for way in node.ways:
                found |= self._first_of(way, inside)
            if not node.or_none:
                return found
        return found

    def _first_of_class(self, name: str, inside: tuple[str, ...]) -> frozenset[Is]:
        if name in inside:
            raise BadTemplate(f"<{name}> begins with itself")
        if name not in self._firsts:
            if name not in self.classes:
                raise BadTemplate(f"<{name}> is no class of {self.language}")
            firsts = (self._first_of(way, (*inside, name)) for way in self.classes[name].ways)
            self._firsts[name] = frozenset[Is]().union(*firsts)
        return self._firsts[name]


@functools.cache
def book(language: str) -> Book | None:
    """The rules of a language, or None where there are none.

    :raises BadTemplate: if a file is broken; a test reads them all.
    """
    if language not in LANGUAGES:
        return None
    folder = resources.files(__package__) / "data"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.startswith(f"{language}_"))
    return Book(language, [tomllib.loads((folder / name).read_text("utf-8")) for name in names])


def _may_be_nothing(nodes: tuple[Node, ...]) -> bool:
    return all(
        not isinstance(node, Is | Ref)
        and (not isinstance(node, Any) or node.or_none or any(map(_may_be_nothing, node.ways)))
        for node in nodes
    )


def _lines(templates: str) -> list[str]:
    """One template on each line."""
    return [line.strip() for line in templates.splitlines() if line.strip()]


def _is_time(norm: str) -> bool:
    hour, mark, minute = norm.partition(next((mark for mark in ":.h" if mark in norm), ":"))
    return bool(mark) and hour.isdigit() and minute.isdigit() and len(minute) == 2 and int(hour) < 25
