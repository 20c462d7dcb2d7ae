"""How a fact is recognised: what its column is called, where it stands and what it can hold.

Points are percent: 60 for a name that says it, up to 30 for the right kind of column, and what the
rows themselves say on top. They were set on real projects and are checked by the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .columns import Column, Kind
from .vocabulary import Concept as C

_NOTHING: frozenset[C] = frozenset()


def concepts(names: str) -> frozenset[C]:
    """``"ROOM NUMBER"`` as concepts, so that the tables can be read."""
    return frozenset(C[name] for name in names.split())


@dataclass(frozen=True)
class Rule:
    """One way in which a fact is called. ``at``: the table behind the last hop; ``None``: no hop."""

    points: int
    own: frozenset[C]
    at: frozenset[C] | None = None
    not_at: frozenset[C] = _NOTHING

    def fits(self, column: Column, own: frozenset[C]) -> bool:
        if not self.own <= own:
            return False
        if self.at is None:
            return not column.via
        return bool(column.via) and self.at <= column.last and not self.not_at & column.last


def here(points: int, own: str) -> Rule:
    return Rule(points, concepts(own))


def at(points: int, own: str, place: str = "", *, but: str = "") -> Rule:
    return Rule(points, concepts(own), concepts(place), concepts(but))


@dataclass(frozen=True, kw_only=True)
class Fact:
    """An attribute of ``ModelPaths`` and how to recognise its column."""

    attribute: str
    rules: tuple[Rule, ...]
    kinds: Mapping[Kind, int]
    #: What its values must look like: a test of ``evidence``.
    test: str = ""
    #: Words that make it something else.
    never: frozenset[C] = _NOTHING
    #: Tables through which it is never reached.
    never_via: frozenset[C] = _NOTHING
    #: Words that neither help nor harm.
    neutral: frozenset[C] = _NOTHING
    hops: int = 0
    far: int = 6
    many: int = 12
    unique: bool = False
