"""Make the proposed adapter and try it: what does not work is taken out before it is written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.db import Error as DatabaseError

from ... import errors
from ..facts import StayStatus
from ..model_hotel import ModelHotel
from ..model_paths import GUEST_PATHS, PROPERTY_PATHS, STAY_PATHS, each
from ..normalise import to_bool, to_coordinate, to_date, to_decimal, to_nights, to_text
from ..paths import first
from ..problems import ProblemKind
from .proposal import Proposal

_ROWS = 10
#: More rounds than this would mean that nothing fits.
_MOST_ROUNDS = 40

_READERS: dict[str, Callable[[object], object]] = {
    "arrival": lambda value: to_date(value, _utc),
    "departure": lambda value: to_date(value, _utc),
    "cancelled_on": lambda value: to_date(value, _utc),
    "cancel_until": lambda value: to_date(value, _utc),
    "nights": to_nights,
    "nightly_rate": to_decimal,
    "total_price": to_decimal,
    "cancelled": to_bool,
    "guest_is_minor": to_bool,
    "guest_is_vip": to_bool,
    "property_latitude": lambda value: to_coordinate(value, limit=90),
    "property_longitude": lambda value: to_coordinate(value, limit=180),
}


def _utc() -> dt.tzinfo:
    return dt.UTC


def adapter_of(proposal: Proposal) -> ModelHotel:
    """The proposed adapter, ready to be asked."""
    members: dict[str, Any] = dict(proposal.attributes())
    if proposal.flags:
        members["status_of"] = status_from_flags(proposal.flags)
    hotel: ModelHotel = type("ProposedHotel", (ModelHotel,), members)()
    return hotel


def status_from_flags(flags: Mapping[str, str]) -> Callable[[Any, Any], StayStatus]:
    """What the written adapter does in ``status_of``, for trying it before it is written."""

    def status_of(self: Any, row: Any) -> StayStatus:
        found = ModelHotel.status_of(self, row)
        if found is StayStatus.CANCELLED:
            return found
        for meaning, status, is_set in FLAG_STEPS:
            path = flags.get(meaning)
            if path and bool(first(row, path)) is is_set:
                return status
        return StayStatus.BOOKED

    return status_of


#: In this order: flag, status, and whether it must be set or not.
FLAG_STEPS = (
    ("active", StayStatus.CANCELLED, False),
    ("departed", StayStatus.DEPARTED, True),
    ("in_house", StayStatus.IN_HOUSE, True),
)


def settle(proposal: Proposal, *, with_rows: bool = True) -> None:
    """Take out what ``manage.py check`` would refuse, and what the rows refuse."""
    for _ in range(_MOST_ROUNDS):
        hotel = adapter_of(proposal)
        wrong = [
            problem
            for problem in hotel.problems()
            if problem.kind is not ProblemKind.DOUBT and problem.where in proposal.findings
        ]
        if not wrong:
            break
        proposal.drop(wrong[0].where, wrong[0].what)
    if with_rows:
        _settle_with_rows(proposal)


def _settle_with_rows(proposal: Proposal) -> None:
    hotel = adapter_of(proposal)
    try:
        rows = list(hotel.stay_rows().order_by("-pk")[:_ROWS])
    except (DatabaseError, errors.BadHotel, ValueError, TypeError):
        return  # because there is no table yet, which the samples have told
    guests = [guest for row in rows if (guest := _guest(hotel, row)) is not None]
    for attributes, owners in ((STAY_PATHS, rows), (GUEST_PATHS, guests)):
        for attribute in attributes:
            if attribute in proposal.findings and (why := _refusal(hotel, attribute, owners)):
                proposal.drop(attribute, why)
    if not any(name in proposal.findings for name in PROPERTY_PATHS):
        return
    try:
        hotel.properties()
    except Exception as error:  # because a host's columns may hold anything; the adapter must still start
        proposal.notes.append(f"The houses could not be read ({type(error).__name__}: {error}).")


def _guest(hotel: ModelHotel, row: Any) -> Any:
    try:
        return first(row, hotel.stay_guest) if hotel.stay_guest else row
    except Exception:  # because a host's property may raise anything; the path is tried by itself above
        return None


def _refusal(hotel: ModelHotel, attribute: str, owners: list[Any]) -> str:
    """Why the values of a path cannot be read; empty if they can."""
    if attribute == "stay_guest":
        return ""
    reader = _READERS.get(attribute, to_text)
    for owner in owners:
        for path in each(getattr(hotel, attribute)):
            try:
                reader(first(owner, path))
            except Exception as error:  # because a host's property may raise anything; it is told as such
                return f"reading it raises {type(error).__name__}"
    return ""
