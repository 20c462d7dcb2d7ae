"""In which house a stay is: a related row, a column of the stay, or one house for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..cleaning import CODE_LIMIT, is_clean_ref
from ..facts import Property, is_zone
from ..normalise import to_text
from ..path_check import type_of_model
from .columns import Column, Kind, Relation, columns_of, relations_of
from .guessing import SURE_ENOUGH, Guess, rank, reachable
from .house_rules import PROPERTY_FACTS
from .samples import Sampler
from .vocabulary import Concept
from .words import concepts_in

_MOST_HOPS = 3
_MOST_HOUSES = 12
_NEVER_VIA = frozenset(
    {Concept.GUEST, Concept.PERSON, Concept.STAFF, Concept.PAYMENT, Concept.AGENCY, Concept.REVIEW,
     Concept.COMPANY, Concept.HISTORY, Concept.PRICE, Concept.OTHER_BUSINESS, Concept.CLEANING,
     Concept.NOTE, Concept.FILE, Concept.RULE}
)  # fmt: skip
_LINES = (Concept.ADDRESS, Concept.POSTCODE, Concept.CITY)


@dataclass(frozen=True, kw_only=True)
class HouseGuess:
    """One source of houses. ``path`` leads from the stay to the house, or to its code."""

    sure: int
    path: str = ""
    model: type_of_model | None = None
    facts: dict[str, list[Guess]] = field(default_factory=dict)
    address: tuple[str, ...] = ()
    #: For hosts without a model of houses: written out in the adapter.
    houses: tuple[Property, ...] = ()
    note: str = ""

    @property
    def best(self) -> dict[str, Guess]:
        return {
            name: guesses[0]
            for name, guesses in self.facts.items()
            if guesses and guesses[0].sure >= SURE_ENOUGH
        }


def houses_of(
    stay: type_of_model,
    everything: Iterable[type_of_model],
    samples: Sampler,
    *,
    zone: str,
    name: str,
) -> list[HouseGuess]:
    """Every source of houses, surest first. ``zone``, ``name``: for a house that has none."""
    found = [_related(stay, points, via, samples) for points, via in _ways(stay, ())]
    found.sort(key=lambda guess: (-guess.sure, guess.path.count(".")))
    unique = list({guess.model: guess for guess in reversed(found)}.values())[::-1]
    column = _column(stay, samples, zone)
    rest = [column] if column else []
    rest.append(_single(everything, samples, zone=zone, name=name))
    return sorted([*unique[:3], *rest], key=lambda guess: -guess.sure)


def _ways(model: type_of_model, via: tuple[Relation, ...]) -> Iterator[tuple[int, tuple[Relation, ...]]]:
    for relation in relations_of(model):
        if relation.is_many and (via or (relation.is_reverse and Concept.ROOM not in relation.concepts)):
            continue
        if relation.concepts & _NEVER_VIA or relation.model in {hop.model for hop in via}:
            continue
        way = (*via, relation)
        is_room = bool(relation.concepts & {Concept.ROOM, Concept.TYPE})
        if Concept.PROPERTY in relation.concepts and not is_room and not relation.is_reverse:
            is_said_twice = Concept.PROPERTY in relation.own
            many = 6 if any(hop.is_many for hop in way) else 0
            yield 92 - 4 * (len(way) - 1) - many - (0 if is_said_twice else 6), way
        elif len(way) < _MOST_HOPS and (not relation.is_reverse or Concept.ROOM in relation.concepts):
            yield from _ways(relation.model, way)


def _related(stay: type_of_model, points: int, via: tuple[Relation, ...], samples: Sampler) -> HouseGuess:
    model = via[-1].model
    columns = reachable(model, hops=1)
    facts = {fact.attribute: rank(fact, columns, samples, model) for fact in PROPERTY_FACTS}
    if not facts["property_name"]:
        points -= 30  # because a house without a name cannot sign a letter
    path = ".".join(relation.hop for relation in via)
    values = samples.values(stay, f"{path}.pk")
    if values and sum(value is None for value in values) * 2 > len(values):
        points -= 25
    return HouseGuess(sure=max(1, points), path=path, model=model, facts=facts, address=address_of(model))


def address_of(model: type_of_model) -> tuple[str, ...]:
    """The columns that make the lines of an address, in their order."""
    found: dict[Concept, str] = {}
    town = ""
    for column in columns_of(model):
        own = column.concepts | column.label
        if own & {Concept.EMAIL, Concept.FILE, Concept.COUNTRY} or column.via:
            continue
        if column.kind is Kind.COMPUTED:
            if {Concept.POSTCODE, Concept.CITY} <= own:
                town = column.path  # "postal_town": already one line
            continue
        for concept in _LINES:
            if concept in own and column.kind is Kind.TEXT:
                found.setdefault(concept, column.path)
    lines = [found.get(Concept.ADDRESS, ""), town or found.get(Concept.POSTCODE, "")]
    if not town:
        lines.append(found.get(Concept.CITY, ""))
    return tuple(dict.fromkeys(line for line in lines if line))


def _column(stay: type_of_model, samples: Sampler, zone: str) -> HouseGuess | None:
    """A code of the house on the stay, without a table of houses."""
    for column in columns_of(stay):
        if column.kind is not Kind.TEXT or not _names_a_house(column):
            continue
        words = samples.words(stay, column.path)
        codes = sorted({to_text(word) for word in words if is_clean_ref(to_text(word), limit=CODE_LIMIT)})
        if len(codes) > _MOST_HOUSES:
            continue
        houses = tuple(Property(code=code, name=code, time_zone=zone) for code in codes)
        note = "Write the names and time zones of your houses into property_list."
        return HouseGuess(sure=66, path=column.path, houses=houses, note=note)
    return None


def _names_a_house(column: Column) -> bool:
    own = column.concepts
    allowed = {Concept.PROPERTY, Concept.REF, Concept.NAME}
    return Concept.PROPERTY in own and own <= allowed


def _single(everything: Iterable[type_of_model], samples: Sampler, *, zone: str, name: str) -> HouseGuess:
    """One house for everything, from the only row of a table of houses or settings, if there is one."""
    for model in sorted(everything, key=_is_settings_first):
        facts = _facts_of_a_single(model, samples)
        if facts is not None:
            house = _house(model, facts, samples, zone=zone)
            note = f"The house is read off the only row of {model._meta.label}: check it."
            return HouseGuess(sure=55, houses=(house,), note=note)
    house = Property(code="hotel", name=name, time_zone=zone)
    note = (
        "No table of houses was found: write your house's name, telephone and address into single_property."
    )
    return HouseGuess(sure=30, houses=(house,), note=note)


def _is_settings_first(model: type_of_model) -> tuple[bool, str]:
    return (Concept.SETTINGS not in _concepts(model), model._meta.label)


def _concepts(model: type_of_model) -> frozenset[Concept]:
    return concepts_in(model.__name__)


def _facts_of_a_single(model: type_of_model, samples: Sampler) -> dict[str, Guess] | None:
    own = _concepts(model)
    is_one = bool(own & {Concept.PROPERTY, Concept.SETTINGS}) and not own & (_NEVER_VIA | {Concept.ROOM})
    if not is_one or samples.count(model) != 1:
        return None
    columns = columns_of(model)
    facts = {fact.attribute: rank(fact, columns, samples, model) for fact in PROPERTY_FACTS}
    best = {name: found[0] for name, found in facts.items() if found and found[0].sure >= SURE_ENOUGH}
    return best if "property_name" in best else None


def _house(model: type_of_model, facts: dict[str, Guess], samples: Sampler, *, zone: str) -> Property:
    def value(attribute: str) -> str:
        guess = facts.get(attribute)
        return _text(guess.values[0]) if guess and guess.values else ""

    lines: list[Any] = [(samples.values(model, path) or [""])[0] for path in address_of(model)]
    own_zone = value("property_time_zone")
    return Property(
        code="hotel",
        name=value("property_name"),
        time_zone=own_zone if is_zone(own_zone) else zone,
        currency=value("property_currency"),
        phone=value("property_phone"),
        email=value("property_email"),
        address=tuple(line for text in lines for line in _text(text).splitlines()),
        country=value("property_country"),
    )


def _text(value: object) -> str:
    return to_text(value) if isinstance(value, (str, int)) else ""
