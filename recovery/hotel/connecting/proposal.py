"""Put the guesses together: the attributes of one ``ModelHotel``, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..facts import Property, StayStatus
from ..path_check import type_of_model
from . import statuses
from .columns import Column, Kind
from .guessing import SURE_ENOUGH, WORTH_A_COMMENT, Guess
from .guests import GuestGuess
from .houses import HouseGuess, houses_of
from .samples import Sampler
from .stays import USABLE, StayGuess, stays_of
from .vocabulary import Concept

_MOST_ALTERNATIVES = 2
_WORTH_NAMING = 34


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One attribute of the adapter. ``value``: a path, several, or what the adapter writes there."""

    attribute: str
    value: Any
    sure: int
    samples: Sequence[object] = ()
    why: str = ""
    #: Other paths and how sure they are, best first.
    instead: tuple[tuple[str, int], ...] = ()


@dataclass(kw_only=True)
class Proposal:
    """What an adapter would say. ``stay`` is ``None`` when no model is usable."""

    stay: type_of_model | None
    sure: int
    findings: dict[str, Finding] = field(default_factory=dict)
    #: Flags that together say how far a stay has come: what it says → path.
    flags: dict[str, str] = field(default_factory=dict)
    #: Labels of the status values, for comments.
    status_labels: dict[Any, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    #: Every model that was looked at and how much it looks like a stay.
    others: list[tuple[str, int]] = field(default_factory=list)

    def attributes(self) -> dict[str, Any]:
        """The class attributes of the adapter."""
        return {name: finding.value for name, finding in self.findings.items()}

    def drop(self, attribute: str, why: str) -> None:
        """Take an attribute out, or put the next best path in its place."""
        finding = self.findings.pop(attribute)
        if finding.instead and isinstance(finding.value, str):
            (path, sure), *rest = finding.instead
            if sure >= SURE_ENOUGH:
                self.findings[attribute] = Finding(
                    attribute=attribute, value=path, sure=sure, instead=tuple(rest)
                )
        self.notes.append(f"{attribute} = “{finding.value}” was left out: {why}.")


def propose(
    models: Iterable[type_of_model],
    samples: Sampler,
    *,
    zone: str,
    name: str,
    stay: type_of_model | None = None,
) -> Proposal:
    """The adapter that these models suggest.

    ``zone``: the project's time zone; ``name``: what to call a house that has no name yet; ``stay``: the
    model that a person has chosen.
    """
    everything = list(models)
    stays = stays_of([stay] if stay else everything, samples, is_chosen=stay is not None)
    others = [(found.model._meta.label, found.sure) for found in stays]
    if not stays or not stays[0].guests or (stay is None and stays[0].sure < USABLE):
        return Proposal(stay=None, sure=stays[0].sure if stays else 0, others=others)
    best = stays[0]
    proposal = Proposal(stay=best.model, sure=best.sure, others=others[1:])
    _put(proposal, "stay_model", best.model._meta.label, best.sure)
    _stay(proposal, best, samples)
    _guest(proposal, best, samples)
    if len(stays) > 1 and stays[1].sure >= USABLE + 30 and not stay:
        label, sure = others[1]
        proposal.notes.append(
            f"{label} looks like stays, too ({sure} %). An adapter reads one model: try the other with "
            f"--model {label}."
        )
    houses = houses_of(best.model, everything, samples, zone=zone, name=name)
    _houses(proposal, houses)
    _what_a_person_must_say(proposal, zone)
    _forget_taken(proposal)
    return proposal


def _forget_taken(proposal: Proposal) -> None:
    """A column that says one thing is no alternative for another."""
    taken = {finding.value for finding in proposal.findings.values() if isinstance(finding.value, str)}
    for name, finding in proposal.findings.items():
        instead = tuple(pair for pair in finding.instead if pair[0] not in taken)
        proposal.findings[name] = replace(finding, instead=instead)


def _put(proposal: Proposal, attribute: str, value: Any, sure: int, **more: Any) -> None:
    proposal.findings[attribute] = Finding(attribute=attribute, value=value, sure=sure, **more)


def _put_best(proposal: Proposal, guesses: Sequence[Guess], *, least: int = SURE_ENOUGH) -> Guess | None:
    """The first guess if it is sure enough; the next ones as alternatives."""
    if not guesses or guesses[0].sure < least:
        return None
    best = guesses[0]
    _put(
        proposal,
        best.attribute,
        best.path,
        best.sure,
        samples=best.values,
        why=best.why,
        instead=_instead(guesses[1:]),
    )
    return best


def _instead(guesses: Sequence[Guess]) -> tuple[tuple[str, int], ...]:
    worth = [(guess.path, guess.sure) for guess in guesses if guess.sure >= _WORTH_NAMING]
    return tuple(worth[:_MOST_ALTERNATIVES])


# --- the stay ------------------------------------------------------------------------------------


def _stay(proposal: Proposal, stay: StayGuess, samples: Sampler) -> None:
    facts = stay.facts
    # The primary key is what an adapter uses by itself.
    _put_best(proposal, [guess for guess in facts["stay_ref"] if not guess.column.field.primary_key])
    _put_best(proposal, facts["arrival"], least=WORTH_A_COMMENT)
    departure = _put_best(proposal, facts["departure"])
    if departure is None:
        _put_best(proposal, facts["nights"])
    elif getattr(departure.column.field, "null", True):
        # Stored nights say when a stay ends whose departure is not filled in yet.
        _put_best(proposal, [guess for guess in facts["nights"] if guess.column.kind is Kind.NUMBER])
    _put_best(proposal, facts["room"])
    _put_best(proposal, facts["room_type"])
    _price(proposal, stay, samples)
    _put_best(proposal, [guess for guess in facts["currency"] if not _is_of_the_house(guess.column)])
    _status(proposal, stay, samples)
    for attribute in ("cancel_until", "agency", "agency_ref", "source_note"):
        _put_best(proposal, facts[attribute], least=SURE_ENOUGH + 10)


def _is_of_the_house(column: Column) -> bool:
    """The house says it by itself."""
    return Concept.PROPERTY in column.around


def _price(proposal: Proposal, stay: StayGuess, samples: Sampler) -> None:
    """What the guest pays, first: the stay's own rate, then its total, then a price list."""
    nightly, total = stay.facts["nightly_rate"], stay.facts["total_price"]
    own = [guess for guess in nightly if not guess.column.via]
    if own and own[0].sure >= SURE_ENOUGH:
        _put_best(proposal, [*own, *(guess for guess in nightly if guess.column.via)])
    elif total and total[0].sure >= SURE_ENOUGH:
        best = _put_best(proposal, total)
        if best is not None and best.column.concepts.isdisjoint({Concept.TOTAL, Concept.STAY}):
            proposal.notes.append(
                f"“{best.path}” is taken for the price of the whole stay; if it is that of a night, "
                f"write it as nightly_rate."
            )
    elif nightly:
        _put_best(proposal, nightly)


def _status(proposal: Proposal, stay: StayGuess, samples: Sampler) -> None:
    facts = stay.facts
    flag = _put_best(proposal, facts["cancelled"])
    on = facts["cancelled_on"]
    deletions = [guess for guess in on if Concept.CANCEL not in guess.column.concepts]
    _put_best(proposal, [guess for guess in on if Concept.CANCEL in guess.column.concepts])
    if flag is None and deletions and "cancelled_on" not in proposal.findings:
        best = deletions[0]
        _put(proposal, "cancelled", best.path, best.sure, samples=best.values, why=best.why)
    status = _put_best(proposal, facts["status"])
    if status is None:
        _flags(proposal, stay)
        return
    words = statuses.read_words(status.column, stay.model, samples)
    shown = {v: s for v, s in words.meanings.items() if not statuses.is_known_without_us(v)}
    if shown:
        _put(proposal, "status_words", shown, status.sure)
        proposal.status_labels = words.labels
    if shown and not getattr(status.column.field, "flatchoices", ()):
        proposal.notes.append(
            f"“{status.path}” has no choices: status_words holds what the newest rows have. Add the others."
        )
    if words.unknown:
        named = ", ".join(str(value) for value in words.unknown[:6])
        proposal.notes.append(f"status_words: say what these mean: {named}.")


def _flags(proposal: Proposal, stay: StayGuess) -> None:
    flags = statuses.flags_of(stay.model)
    if not flags:
        return
    if len(flags) > 1 or "departed" in flags:
        proposal.flags = flags
        return
    (meaning, path), *_ = flags.items()
    words = {
        "active": {True: StayStatus.BOOKED, False: StayStatus.CANCELLED},
        "confirmed": {True: StayStatus.BOOKED, False: StayStatus.BOOKED},
        "in_house": {True: StayStatus.IN_HOUSE, False: StayStatus.BOOKED},
    }[meaning]
    _put(proposal, "status", path, 60)
    _put(proposal, "status_words", words, 60)


# --- the guest -----------------------------------------------------------------------------------


def _guest(proposal: Proposal, stay: StayGuess, samples: Sampler) -> None:
    guest, *others = stay.guests
    if guest.path:
        instead = tuple((other.path, other.sure) for other in others if other.path and other.sure > 25)
        samples_ = [guest.model._meta.label]
        _put(proposal, "stay_guest", guest.path, guest.sure, samples=samples_, instead=instead[:2])
        if others and not others[0].path and others[0].sure > SURE_ENOUGH:
            proposal.notes.append(
                "The stay has columns of a guest, too. Leave stay_guest empty to use those instead: "
                + ", ".join(sorted(guess.path for guess in others[0].best.values()))
                + "."
            )
    _name(proposal, guest)
    for attribute in ("guest_email", "guest_phone", "guest_language", "guest_tier", "guest_is_minor"):
        _put_best(proposal, guest.facts[attribute])
    if "guest_email" not in proposal.findings:
        proposal.notes.append(
            "No e-mail address of a guest was found: letters are printed and handed over, and the desk can "
            "ask for an address in each case."
        )


def _name(proposal: Proposal, guest: GuestGuess) -> None:
    firsts, lasts, names = (
        guest.facts[name] for name in ("guest_first_name", "guest_last_name", "guest_name")
    )
    both = min(firsts[0].sure, lasts[0].sure) if firsts and lasts else 0
    # One column of the guest's own before two of somebody further away.
    is_nearer = bool(names) and bool(firsts) and len(names[0].column.via) < len(firsts[0].column.via)
    if both >= SURE_ENOUGH and not (is_nearer and names[0].sure >= both - 10):
        _put_best(proposal, firsts)
        _put_best(proposal, lasts)
        return
    if _put_best(proposal, names):
        return
    for guesses in (lasts, firsts):
        if guesses and guesses[0].sure >= SURE_ENOUGH:
            _put(proposal, "guest_name", guesses[0].path, guesses[0].sure, samples=guesses[0].values)
            return
    last_resort = [*names[:1], *guest.facts["guest_email"][:1]]
    if last_resort:
        guess = last_resort[0]
        _put(proposal, "guest_name", guess.path, min(guess.sure, 15), samples=guess.values)
    proposal.notes.append(
        "No name of a guest was found, and letters begin with it: override guest_from, or name the column."
    )


# --- the houses ----------------------------------------------------------------------------------


def _houses(proposal: Proposal, houses: Sequence[HouseGuess]) -> None:
    house = houses[0]
    if house.note:
        proposal.notes.append(house.note)
    if house.model is None:
        if house.path:
            _put(proposal, "stay_property", house.path, house.sure)
        if house.path and house.houses:
            _put(proposal, "property_list", house.houses, house.sure)
            return
        single = house.houses[0] if house.houses else houses[-1].houses[0]
        proposal.findings.pop("stay_property", None)
        _put(proposal, "single_property", single, house.sure)
        return
    best = house.best
    code = best.get("property_code")
    key = code.path if code else "pk"
    instead = tuple((f"{other.path}.pk", other.sure) for other in houses[1:] if other.model is not None)
    _put(proposal, "stay_property", f"{house.path}.{key}", house.sure, instead=instead[:_MOST_ALTERNATIVES])
    _put(proposal, "property_model", house.model._meta.label, house.sure)
    if code:
        _put(proposal, "property_code", key, code.sure, samples=code.values)
    for name in best:
        if name != "property_code":
            _put_best(proposal, house.facts[name])
    if house.address:
        value: Any = house.address if len(house.address) > 1 else house.address[0]
        _put(proposal, "property_address", value, 70)


def _what_a_person_must_say(proposal: Proposal, zone: str) -> None:
    """Currency and time zone, where no column has them: guessing would put wrong ones on letters."""
    findings = proposal.findings
    single = findings.get("single_property")
    is_said = single is not None and single.value.currency
    if not is_said and not {"currency", "property_currency"} & findings.keys():
        if "property_model" in findings:
            _put(proposal, "default_currency", "", 0)
        place = "default_currency" if "property_model" in findings else "the currency of each house"
        proposal.notes.append(f"No currency was found: write yours, such as EUR, into {place}.")
    if zone == "UTC" and "property_time_zone" not in findings:
        place = "default_time_zone" if "property_model" in findings else "the time_zone of each house"
        proposal.notes.append(
            f"The project's TIME_ZONE is UTC, where no hotel stands: write yours, such as Europe/Copenhagen, "
            f"into {place}."
        )


# --- a name for the class ------------------------------------------------------------------------


def class_name(app_label: str) -> str:
    """``grand_hotel`` becomes ``GrandHotel``, ``bookings`` becomes ``BookingsHotel``."""
    words = re.split(r"[^A-Za-z0-9]+", app_label)
    name = "".join(word[:1].upper() + word[1:] for word in words if word)
    name = name if name[:1].isalpha() else f"Our{name}"
    return name if name.lower().endswith("hotel") else f"{name}Hotel"


__all__ = ["Finding", "Property", "Proposal", "class_name", "propose"]
