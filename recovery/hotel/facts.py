"""What we know from the hotel's own system: plain, frozen, already cleaned.

These values are copied into our records. None of them keeps a link to a host's row, because the
row may be changed, hidden or deleted tomorrow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .. import errors
from .cleaning import (
    CODE_LIMIT,
    LABEL_LIMIT,
    NAME_LIMIT,
    NOTE_LIMIT,
    PHONE_LIMIT,
    REF_LIMIT,
    ROOM_LIMIT,
    clean_currency,
    clean_email,
    clean_language,
    clean_line,
    is_clean_ref,
)
from .normalise import to_bool, to_coordinate, to_decimal, to_text


class StayStatus(StrEnum):
    """How far a stay has come, in our words. A host maps its own words to these."""

    BOOKED = "booked"
    IN_HOUSE = "in_house"
    DEPARTED = "departed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class MatchReason(StrEnum):
    """Why a stay was suggested. Machine words; the screen translates them."""

    STAY_REF = "stay_ref"
    AGENCY_REF = "agency_ref"
    EMAIL = "email"
    PHONE = "phone"
    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    OTHER_MONTH = "other_month"
    CANCELLED = "cancelled"
    SISTER_HOUSE = "sister_house"


def is_zone(name: str) -> bool:
    """Whether a text names an IANA time zone such as ``Europe/Copenhagen``."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Guest:
    """A person, as the hotel's system knows them.

    :raises BadHotel: if ``ref`` is not a short printable text, or a text field is a record.
    """

    ref: str
    name: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    tier: str = ""
    is_minor: bool = False
    #: The house treats this guest with particular care: a named person sends what has weight.
    is_vip: bool = False

    def __post_init__(self) -> None:
        _set(self, "ref", _ref(self.ref, "Guest.ref", REF_LIMIT, may_be_empty=True))
        _set_line(self, "name", NAME_LIMIT)
        for attribute in ("first_name", "last_name", "tier"):
            _set_line(self, attribute, LABEL_LIMIT)
        _set(self, "email", clean_email(to_text(self.email)))
        _set_line(self, "phone", PHONE_LIMIT)
        _set(self, "language", clean_language(to_text(self.language)))
        _set(self, "is_minor", to_bool(self.is_minor))
        _set(self, "is_vip", to_bool(self.is_vip))


@dataclass(frozen=True, kw_only=True, slots=True)
class Stay:
    """One booking of one guest at one property. Dates are the property's calendar days.

    ``nightly_rate`` is what one night costs the guest, in ``currency``. ``source_note`` says where
    an unusual fact comes from ("archived booking").

    :raises BadHotel: if a value has the wrong type; the sentence names the field.
    """

    ref: str
    property_code: str
    guest: Guest | None
    arrival_on: dt.date | None
    departure_on: dt.date | None
    room: str = ""
    room_type: str = ""
    nightly_rate: Decimal | None = None
    currency: str = ""
    status: StayStatus = StayStatus.UNKNOWN
    agency: str = ""
    agency_ref: str = ""
    cancelled_on: dt.date | None = None
    #: Last day on which the guest can cancel without cost; the guest is told when a night is redeemed.
    cancel_until: dt.date | None = None
    source_note: str = ""

    def __post_init__(self) -> None:
        _set(self, "ref", _ref(self.ref, "Stay.ref", REF_LIMIT))
        code = _ref(self.property_code, "Stay.property_code", CODE_LIMIT, may_be_empty=True)
        _set(self, "property_code", code)
        if self.guest is not None and not isinstance(self.guest, Guest):
            raise errors.BadHotel(problem=f"Stay.guest is a {_kind(self.guest)}; give a Guest or None.")
        for attribute in ("arrival_on", "departure_on", "cancelled_on", "cancel_until"):
            _check_day(getattr(self, attribute), f"Stay.{attribute}")
        _set_line(self, "room", ROOM_LIMIT)
        for attribute in ("room_type", "agency", "agency_ref"):
            _set_line(self, attribute, LABEL_LIMIT)
        _set_line(self, "source_note", NOTE_LIMIT)
        _set(self, "nightly_rate", to_decimal(self.nightly_rate))
        _set(self, "currency", clean_currency(to_text(self.currency)))
        try:
            _set(self, "status", StayStatus(self.status))
        except ValueError as error:
            raise errors.BadHotel(problem=f"Stay.status is not one of: {', '.join(StayStatus)}.") from error

    @property
    def nights(self) -> int | None:
        """Whole nights; ``None`` when a date is missing or they are the wrong way round."""
        if self.arrival_on is None or self.departure_on is None:
            return None
        nights = (self.departure_on - self.arrival_on).days
        return nights if nights >= 0 else None

    @property
    def is_cancelled(self) -> bool:
        return self.status is StayStatus.CANCELLED


@dataclass(frozen=True, kw_only=True, slots=True)
class Property:
    """One house: what letters, clocks and amounts need to know about it.

    :raises BadHotel: if the code is empty or the time zone is not an IANA name.
    """

    code: str
    name: str
    time_zone: str
    currency: str = ""
    phone: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def __post_init__(self) -> None:
        _set(self, "code", _ref(self.code, "Property.code", CODE_LIMIT))
        _set_line(self, "name", NAME_LIMIT)
        _set(self, "time_zone", to_text(self.time_zone))
        if not is_zone(self.time_zone):
            raise errors.BadHotel(
                problem=f"the time zone of {self.code} is no IANA name such as Europe/Copenhagen."
            )
        _set(self, "currency", clean_currency(to_text(self.currency)))
        _set_line(self, "phone", PHONE_LIMIT)
        _set(self, "email", clean_email(to_text(self.email)))
        given: object = self.address  # because a host writes a text where we want several
        lines = (clean_line(to_text(line), limit=NAME_LIMIT) for line in _several(given)[:8])
        _set(self, "address", tuple(line for line in lines if line))
        _set_line(self, "country", LABEL_LIMIT)
        _set(self, "latitude", to_coordinate(self.latitude, limit=90))
        _set(self, "longitude", to_coordinate(self.longitude, limit=180))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, kw_only=True, slots=True)
class StayMatch:
    """A stay that may be the one meant, with the reasons. A higher score is a better match."""

    stay: Stay
    why: tuple[MatchReason, ...]
    score: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterEntry:
    """Somebody who is at work at one house, or on call for it."""

    #: The person's key in the hotel's roster, as in *Staff*.
    roster_ref: str
    on_call: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffAlert:
    """What one colleague must be told now, in words that are ready to be sent."""

    #: The same for the same alarm: an adapter that was called before with it sends nothing again.
    key: str
    name: str
    phone: str
    email: str
    roster_ref: str
    #: One line; all that fits on a locked screen.
    subject: str
    text: str
    urgent: bool


def _set(fact: object, attribute: str, value: object) -> None:
    object.__setattr__(fact, attribute, value)  # because the fact is frozen for everybody else


def _set_line(fact: object, attribute: str, limit: int) -> None:
    _set(fact, attribute, clean_line(to_text(getattr(fact, attribute)), limit=limit))


def _ref(value: object, where: str, limit: int, *, may_be_empty: bool = False) -> str:
    text = to_text(value)
    if is_clean_ref(text, limit=limit) or (may_be_empty and not text):
        return text
    raise errors.BadHotel(
        problem=f"{where} must be a text of 1 to {limit} printable characters; it has {len(text)}."
    )


def _check_day(value: object, where: str) -> None:
    if isinstance(value, dt.datetime) or not (value is None or isinstance(value, dt.date)):
        raise errors.BadHotel(problem=f"{where} is a {_kind(value)}; give a date at the property, or None.")


def _several(value: object) -> tuple[object, ...]:
    if isinstance(value, str):
        return tuple(value.splitlines())
    return tuple(value) if isinstance(value, Iterable) else ()


def _kind(value: object) -> str:
    return type(value).__name__
