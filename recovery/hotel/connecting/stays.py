"""Which of a project's models is the stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from ..path_check import type_of_model
from .columns import is_history, relations_of
from .guessing import Guess, rank, reachable
from .guests import GuestGuess, guests_of
from .samples import NoSamples, Sampler
from .stay_rules import STAY_FACTS
from .vocabulary import Concept
from .words import concepts_in, unknown_words

#: Percent below which nothing is proposed: better an empty adapter than a wrong one.
USABLE = 45
#: A project has hundreds of models; only those whose name or columns promise something are read.
_MOST_READ = 6
_NO_ROWS = NoSamples()

# What a model is about if its name says so, and how much that speaks against a stay.
_AGAINST = {
    Concept.PAYMENT: 40,
    Concept.REVIEW: 40,
    Concept.HISTORY: 30,
    Concept.OTHER_BUSINESS: 34,
    Concept.RULE: 26,
    Concept.SETTINGS: 40,
    Concept.NOTE: 26,
    Concept.EXTRA_COST: 30,
    Concept.STATUS: 34,
    Concept.TYPE: 24,
    Concept.STAFF: 40,
    Concept.AGENCY: 24,
    Concept.CANCEL: 26,
    Concept.PRICE: 34,
    Concept.FILE: 40,
    Concept.GUEST: 14,
    Concept.PART: 8,
    Concept.CREATED: 14,
    Concept.PERIOD: 16,
}


@dataclass(frozen=True, kw_only=True)
class StayGuess:
    """A model that may be the stay, with what was found on the way."""

    model: type_of_model
    sure: int
    facts: dict[str, list[Guess]]
    guests: list[GuestGuess]


def stays_of(
    everything: Iterable[type_of_model], samples: Sampler, *, is_chosen: bool = False
) -> list[StayGuess]:
    """Models that may be the stay, surest first. ``is_chosen``: a person said so, whatever the names say."""
    promising = sorted(((_promise(model), model) for model in everything), key=lambda pair: -pair[0])
    read = [_weigh(model, samples) for points, model in promising[:_MOST_READ] if points > 0 or is_chosen]
    if not is_chosen:
        read = [guess for guess in read if not _is_guest_of_another(guess, read)]
    return sorted(read, key=lambda guess: (-guess.sure, guess.model._meta.label))


def _is_guest_of_another(guess: StayGuess, read: Iterable[StayGuess]) -> bool:
    """A guest has the days and rooms of their stays. A stay with a line for each night is no guest."""
    arrival = guess.facts["arrival"]
    if not (arrival and arrival[0].column.is_many):
        return False
    is_person = Concept.GUEST in concepts_in(guess.model.__name__) or guess.model is get_user_model()
    return is_person and any(arrival[0].column.model is other.model for other in read)


def _promise(model: type_of_model) -> int:
    """Points by names alone: a quick look at every model of the project."""
    if is_history(model) or model._meta.proxy:
        return 0
    points = by_model_name(model)
    own = {fact.attribute: rank(fact, reachable(model, hops=0), _NO_ROWS, model) for fact in STAY_FACTS[:3]}
    for attribute, weight in (("arrival", 0.3), ("departure", 0.2), ("nights", 0.1)):
        points += round(weight * own[attribute][0].sure) if own[attribute] else 0
    return points


def by_model_name(model: type_of_model) -> int:
    """What the model's name says, from -40 to 40."""
    name = model.__name__
    own = concepts_in(name)
    points = 40 if Concept.STAY in own else 0
    points -= max([weight for concept, weight in _AGAINST.items() if concept in own], default=0)
    return points - 4 * unknown_words(name)


def _weigh(model: type_of_model, samples: Sampler) -> StayGuess:
    near = reachable(model, hops=1)
    # Rooms and rates lie further away; dates never do.
    far = reachable(model, hops=3)
    facts = {
        fact.attribute: rank(fact, near if fact.hops < 2 else far, samples, model) for fact in STAY_FACTS
    }
    guests = guests_of(model, samples)
    sure = max(_by_name(model, facts, guests), _by_columns(model, facts, guests))
    sure += 3 if samples.count(model) else 0
    sure -= 8 if _is_part_of_another(model) else 0
    sure -= 0 if _speaks_of_staying(model, facts) else 30
    return StayGuess(model=model, sure=max(0, min(sure, 99)), facts=facts, guests=guests)


def _by_name(model: type_of_model, facts: dict[str, list[Guess]], guests: list[GuestGuess]) -> int:
    """For a model that is called after what it is."""
    sure = by_model_name(model)
    sure += _share(facts, "arrival", 0.24)
    sure += max(_share(facts, "departure", 0.14), _share(facts, "nights", 0.12))
    sure += _share(facts, "room", 0.08) + _share(facts, "status", 0.04)
    sure += max(_share(facts, "nightly_rate", 0.04), _share(facts, "total_price", 0.04))
    return sure + (round(guests[0].sure * 0.2) if guests else -25)


def _by_columns(model: type_of_model, facts: dict[str, list[Guess]], guests: list[GuestGuess]) -> int:
    """For a stay that is called ``Order`` or ``Rental``, or that is a row of the guest book."""
    if not (facts["arrival"] and facts["room"] and guests):
        return 0
    sure = min(0, by_model_name(model)) // 2
    sure += _share(facts, "arrival", 0.3) + _share(facts, "room", 0.15) + round(guests[0].sure * 0.25)
    return sure + max(_share(facts, "departure", 0.2), _share(facts, "nights", 0.18))


def _speaks_of_staying(model: type_of_model, facts: dict[str, list[Guess]]) -> bool:
    """A member's subscription has a person, a start and an end, too; only a stay has a night or a room."""
    if Concept.STAY in concepts_in(model.__name__) or facts["room"]:
        return True
    words = {Concept.ARRIVE, Concept.DEPART, Concept.NIGHT}
    named = (facts[name][0].column for name in ("arrival", "departure", "nights") if facts[name])
    return any(words & (column.concepts | column.label) for column in named)


def _share(facts: dict[str, list[Guess]], attribute: str, weight: float) -> int:
    guesses = facts[attribute]
    return round(guesses[0].sure * weight) if guesses else 0


def _is_part_of_another(model: type_of_model) -> bool:
    """A line of a booking: the booking itself knows the guest."""
    return any(
        Concept.STAY in relation.concepts and not relation.is_many and not relation.is_reverse
        for relation in relations_of(model)
    )
