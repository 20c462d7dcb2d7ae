"""Rank the columns that may hold a fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..path_check import type_of_model
from .columns import Column, Kind, Relation, columns_of, relations_of
from .evidence import judge
from .rules import Fact
from .samples import Sampler
from .vocabulary import Concept

#: Percent. From the first on a path is written; between the two it stands in a comment.
SURE_ENOUGH = 40
WORTH_A_COMMENT = 22
#: A name alone, without a row that agrees, is never certain.
_MOST_WITHOUT_ROWS = 92
_MOST = 99
_MOST_SAMPLED = 6
_GOOD = 50
_MOST_COLUMNS = 1500
_BARE_KEY = 36


@dataclass(frozen=True, kw_only=True)
class Guess:
    """One column that may hold a fact. ``path`` starts where the attribute's paths start."""

    attribute: str
    path: str
    sure: int
    column: Column
    values: Sequence[object] = field(default=(), repr=False)
    why: str = ""
    #: The same without the upper limit of a percentage, to tell good from better.
    points: int = 0


def reachable(model: type_of_model, *, hops: int, around: Iterable[type_of_model] = ()) -> list[Column]:
    """Columns of a model and of those within some hops; to-many relations only as the first hop."""
    found: list[Column] = list(columns_of(model))
    edge: list[tuple[type_of_model, tuple[Relation, ...]]] = [(model, ())]
    seen_before = frozenset(around)
    for _ in range(hops):
        following = []
        for here, via in edge:
            for relation in relations_of(here):
                is_back = relation.model is model or relation.model in {hop.model for hop in via}
                is_far_crowd = relation.is_many and bool(via)
                if is_back or is_far_crowd or relation.model in seen_before:
                    continue
                following.append((relation.model, (*via, relation)))
                found += [column.reached_by(*via, relation) for column in columns_of(relation.model)]
                if len(found) > _MOST_COLUMNS:
                    return found
        edge = following
    return found


def rank(
    fact: Fact, columns: Iterable[Column], samples: Sampler, start: type_of_model, *, prefix: str = ""
) -> list[Guess]:
    """The columns that may hold this fact, surest first.

    ``start`` and ``prefix``: where the samples are read from, when not at the start of the paths.
    """
    named = [(points, column) for column in columns if (points := by_name(fact, column)) > 0]
    named.sort(key=lambda pair: (-pair[0], pair[1].path.count("."), len(pair[1].path)))
    has_stored = any(points >= _GOOD for points, column in named if column.kind is not Kind.COMPUTED)
    guesses = [
        _guess(fact, points, column)
        # A property is a host's code: it is only run where no column says the same.
        if place >= _MOST_SAMPLED or (has_stored and column.kind is Kind.COMPUTED)
        else _with_rows(fact, points, column, samples, start, prefix)
        for place, (points, column) in enumerate(named)
    ]
    guesses = [guess for guess in guesses if guess.sure > 0]
    return sorted(guesses, key=lambda guess: (-guess.points, guess.path.count("."), len(guess.path)))


def by_name(fact: Fact, column: Column) -> int:
    """Points for name, place and kind; zero or less if it cannot be this fact."""
    kind = fact.kinds.get(column.kind)
    if kind is None or len(column.via) > fact.hops or column.around & fact.never_via:
        return 0
    if fact.unique and not _is_key(column):
        return 0
    by_its_name = _points(fact, column, column.concepts)
    by_its_label = _points(fact, column, column.label) - 8 if column.label else 0
    best = max(by_its_name, by_its_label)
    if best <= 0:
        return 0
    crowd = fact.many if column.is_many else 0
    bare = _BARE_KEY if column.name == "id" else 0  # because a number that Django made is no name
    main = 3 if column.concepts & {Concept.MAIN, Concept.GUEST} else 0  # the sleeper before the booker
    return best + kind + main - fact.far * len(column.via) - crowd - bare - 3 * column.unknown


def _points(fact: Fact, column: Column, own: frozenset[Concept]) -> int:
    if own & fact.never:
        return 0
    best = 0
    for rule in fact.rules:
        if rule.fits(column, own):
            beside = len(own - rule.own - fact.neutral)
            best = max(best, rule.points - 7 * beside)
    return best


def _is_key(column: Column) -> bool:
    """Unique in every row: a reference that is missing or shared finds the wrong stay."""
    field = column.field
    return bool(field is not None and field.unique and not field.null and not field.blank)


def _guess(fact: Fact, points: int, column: Column) -> Guess:
    sure = min(points, _MOST_WITHOUT_ROWS)
    return Guess(attribute=fact.attribute, path=column.path, sure=sure, column=column, points=points)


def _with_rows(
    fact: Fact, points: int, column: Column, samples: Sampler, start: type_of_model, prefix: str
) -> Guess:
    values = samples.values(start, f"{prefix}.{column.path}" if prefix else column.path)
    is_text = column.kind is Kind.TEXT
    verdict = judge(fact.test, values, is_text=is_text and fact.test == "date")
    if verdict.is_refused:
        return Guess(attribute=fact.attribute, path=column.path, sure=0, column=column, why=verdict.why)
    most = _MOST if values else _MOST_WITHOUT_ROWS
    return Guess(
        attribute=fact.attribute,
        path=column.path,
        sure=max(1, min(points + verdict.points, most)),
        column=column,
        values=values or (),
        why=verdict.why,
        points=points + verdict.points,
    )
