"""Who the guest of a stay is: a related row, or columns of the stay itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ... import conf
from ..path_check import type_of_model
from .columns import Column, Relation, relations_of
from .guessing import SURE_ENOUGH, Guess, rank, reachable
from .guest_rules import GUEST_FACTS
from .samples import Sampler
from .vocabulary import Concept
from .words import words_in

#: How much the facts about a person count beside the name of the way there.
_WEIGHTS = {"guest_email": 0.22, "guest_name": 0.12, "guest_last_name": 0.12, "guest_phone": 0.08}
_SAMPLED_GUESTS = 4
_BY = (["by"], ["von"], ["af"], ["av"], ["par"], ["por"], ["da"], ["door"])

_NEVER = frozenset(
    {
        Concept.STAFF, Concept.AGENCY, Concept.PROPERTY, Concept.PAYMENT, Concept.REVIEW, Concept.COMPANY,
        Concept.CREATED, Concept.CLEANING, Concept.OTHER_BUSINESS, Concept.CANCEL, Concept.HISTORY,
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class GuestGuess:
    """``path``: from the stay to the guest; empty when the columns are on the stay."""

    path: str
    model: type_of_model
    sure: int
    facts: dict[str, list[Guess]]

    @property
    def best(self) -> dict[str, Guess]:
        return {
            name: guesses[0]
            for name, guesses in self.facts.items()
            if guesses and guesses[0].sure >= SURE_ENOUGH
        }


def guests_of(stay: type_of_model, samples: Sampler) -> list[GuestGuess]:
    """Every way to a guest, surest first."""
    ways = sorted(_ways(stay), key=lambda way: -way[0])
    found = [_related(stay, points, via, samples) for points, via in ways[:_SAMPLED_GUESTS]]
    found.append(_on_the_stay(stay, samples))
    return sorted((guess for guess in found if guess.sure > 0), key=lambda guess: -guess.sure)


def _ways(stay: type_of_model) -> Iterator[tuple[int, tuple[Relation, ...]]]:
    """Relations that may lead to a person: directly, or over one table between."""
    for first in relations_of(stay):
        points = _points(first)
        if points > 0:
            yield points, (first,)
        if not _may_lie_between(first):
            continue
        for second in relations_of(first.model):
            points = _points(second) - 14
            if points > 0 and second.model is not stay and not second.is_many:
                yield points, (first, second)


def _points(relation: Relation) -> int:
    if relation.own & _NEVER or _is_of_somebody_else(relation):
        return 0
    points = 0
    if Concept.GUEST in relation.own:
        points += 46
    elif Concept.PERSON in relation.own:
        points += 32
    if Concept.GUEST in relation.concepts - relation.own:
        points += 24
    elif relation.model._meta.label_lower == conf.auth_user_model().lower():
        points += 14
    elif Concept.PERSON in relation.concepts - relation.own:
        points += 12
    if Concept.MAIN in relation.own:
        points += 6
    if words_in(relation.hop)[-1:] in _BY and Concept.GUEST not in relation.own:
        points -= 30  # because "entered by" is a colleague
    if relation.is_many:
        points -= 8
    if relation.is_reverse and not relation.is_many:
        points -= 4
    return points


def _is_of_somebody_else(relation: Relation) -> bool:
    """A table that is called after a guest's review, payment or room is not the guest."""
    if Concept.GUEST in relation.own:
        return False
    other = relation.concepts & (_NEVER | {Concept.ROOM, Concept.STATUS, Concept.NOTE, Concept.TYPE})
    return bool(other) and not (other <= {Concept.OTHER_BUSINESS})


def _may_lie_between(relation: Relation) -> bool:
    """The booking behind a booked room, or the line that joins a stay and its guests."""
    if relation.own & _NEVER:
        return False
    return bool(relation.concepts & {Concept.STAY, Concept.GUEST}) and not relation.concepts & {
        Concept.PAYMENT,
        Concept.REVIEW,
        Concept.HISTORY,
    }


def _related(stay: type_of_model, points: int, via: tuple[Relation, ...], samples: Sampler) -> GuestGuess:
    model, path = via[-1].model, ".".join(relation.hop for relation in via)
    columns = reachable(model, hops=2, around=[stay, *(relation.model for relation in via[:-1])])
    facts = _facts(columns, samples, stay, prefix=path)
    sure = points + _worth(facts) + _reach(stay, path, samples)
    return GuestGuess(path=path, model=model, sure=_percent(sure, facts), facts=facts)


def _on_the_stay(stay: type_of_model, samples: Sampler) -> GuestGuess:
    """Columns such as ``guest_name`` and ``email`` on the stay itself."""
    facts = _facts(reachable(stay, hops=0), samples, stay, prefix="")
    is_said = any(
        Concept.GUEST in guess.column.concepts for guesses in facts.values() for guess in guesses[:1]
    )
    is_whole = bool(facts["guest_name"] or facts["guest_last_name"]) and bool(
        facts["guest_email"] or facts["guest_phone"]
    )
    # A person's own columns beside an account: the account booked, the columns name who sleeps here.
    sure = (54 if is_said or is_whole else 30) + _worth(facts)
    return GuestGuess(path="", model=stay, sure=_percent(sure, facts), facts=facts)


def _facts(
    columns: Sequence[Column], samples: Sampler, stay: type_of_model, *, prefix: str
) -> dict[str, list[Guess]]:
    return {fact.attribute: rank(fact, columns, samples, stay, prefix=prefix) for fact in GUEST_FACTS}


def _worth(facts: dict[str, list[Guess]]) -> int:
    worth = 0.0
    for attribute, weight in _WEIGHTS.items():
        guesses = facts[attribute]
        worth += guesses[0].sure * weight if guesses else -8 * weight
    return round(worth)


def _reach(stay: type_of_model, path: str, samples: Sampler) -> int:
    """A link that most stays leave empty is not how this hotel knows its guests."""
    values = samples.values(stay, f"{path}.pk")
    if not values:
        return 0
    share = sum(value is not None for value in values) / len(values)
    return 0 if share > 0.7 else -10 if share > 0.2 else -40


def _percent(sure: int, facts: dict[str, list[Guess]]) -> int:
    """A guest without any name or address is none."""
    known = [name for name in ("guest_name", "guest_last_name", "guest_email", "guest_phone") if facts[name]]
    return max(0, min(sure, 99)) if known else 0
