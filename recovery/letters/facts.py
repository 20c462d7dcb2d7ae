"""The frozen facts of one letter: everything that may appear in it, cleaned, and as JSON.

Sentences (``wrong`` to ``care``) are written by staff in the guest's language. Dates are the property's
local dates. Facts hold no secret: codes and links are slots, filled at the moment of sending.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, Union, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from .. import errors
from ..choices import LetterKind, Stance
from .cleaning import clean_field

#: Characters per field; what is not named here may have LINE_LIMIT.
LIMITS: Mapping[str, int] = {
    "wrong": 600,
    "wrong_in_english": 600,
    "impact": 600,
    "explanation": 600,
    "changes": 600,
    "own_sentence": 600,
    "understood": 600,
    "promise": 600,
    "question": 600,
    "question_why": 600,
    "answer": 3_000,
    "done": 600,
    "still_open": 600,
    "before": 600,
    "meanwhile": 600,
    "void_why": 600,
    "instead": 600,
    "care": 300,
    "why": 600,
    "repairs": 300,
    "paid": 300,
    "taxi": 300,
    "dinner": 300,
    "tomorrow": 400,
    "legal_line": 300,
    "map_url": 500,
}
LINE_LIMIT = 200
#: Entries of a list: nobody reads a letter with more.
LIST_LIMIT = 12


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Cleans its texts when made; goes to JSON and back."""

    def __post_init__(self) -> None:
        for each in dataclasses.fields(self):
            value = getattr(self, each.name)
            limit = LIMITS.get(each.name, LINE_LIMIT)
            if isinstance(value, str):
                cleaned: object = clean_field(value, name=each.name, limit=limit)
            elif isinstance(value, (tuple, list)):
                if len(value) > LIST_LIMIT:
                    raise errors.TextTooLong(field=each.name, length=len(value), limit=LIST_LIMIT)
                lines = (clean_field(str(line), name=each.name, limit=limit) for line in value)
                cleaned = tuple(line for line in lines if line)
            else:
                continue
            object.__setattr__(self, each.name, cleaned)

    def to_json(self) -> dict[str, Any]:
        """Plain data: strings, numbers, lists, ISO dates."""
        return {each.name: _encode(getattr(self, each.name)) for each in dataclasses.fields(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The facts again. Keys that this version does not know are left out."""
        hints = get_type_hints(cls)
        return cls(**{key: _decode(value, hints[key]) for key, value in data.items() if key in hints})


@dataclass(frozen=True, kw_only=True)
class HouseFacts(Facts):
    """The house on the letterhead. ``colour`` is ``#rrggbb``; ``paper`` is ``a4`` or ``letter``."""

    property_code: str
    name: str
    address: tuple[str, ...]
    phone: str
    email: str
    website: str = ""
    legal_line: str = ""
    colour: str = "#1f4e5f"
    paper: str = "a4"


@dataclass(frozen=True, kw_only=True)
class SignatoryFacts(Facts):
    """The person who signs: a real first and last name."""

    name: str
    first_name: str
    title: str
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class CertificateFacts(Facts):
    """What a certificate gives. ``why`` is one human sentence in the guest's language."""

    nights: int
    houses: tuple[str, ...]
    valid_from_on: dt.date
    last_arrival_on: dt.date
    tax_included: bool
    breakfast_included: bool
    transferable: bool
    named_for: str
    nights_left: int
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class WalkFacts(Facts):
    """Where a walked guest sleeps tonight, and what we pay there."""

    hotel: str
    address: str
    phone: str
    confirmation: str
    map_url: str = ""
    distance: str = ""
    paid: tuple[str, ...]
    taxi: str = ""
    dinner: str = ""
    manager_name: str
    manager_phone: str
    tomorrow: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        # A card without a map still brings the guest to a bed; a card with a script does not.
        if not _is_web_address(self.map_url):
            object.__setattr__(self, "map_url", "")


@dataclass(frozen=True, kw_only=True)
class RedeemedFacts(Facts):
    """The stay on which nights of a certificate were used."""

    house: str
    arrival_on: dt.date
    departure_on: dt.date | None
    nights: int
    nights_left: int
    last_arrival_on: dt.date
    cancel_until: dt.date | None


@dataclass(frozen=True, kw_only=True)
class EnglishFacts(Facts):
    """What is made of words in the guest's language, in English: for a letter that says it twice."""

    signatory_title: str
    answer_by: str = ""
    promise_by: str = ""


@dataclass(frozen=True, kw_only=True)
class RestoredFacts(Facts):
    """Nights that went back on a certificate. ``last_arrival_on`` is the new one."""

    nights: int
    nights_left: int
    last_arrival_on: dt.date


@dataclass(frozen=True, kw_only=True)
class PaymentFacts(Facts):
    """Money that was paid. ``amount``: exact, as text; ``means``: a remedy; ``units``: of points."""

    amount: str
    currency: str
    means: str
    units: int
    arrives_on: dt.date


@dataclass(frozen=True, kw_only=True)
class LetterFacts(Facts):
    """Everything that one letter may say.

    ``wrong`` names what went wrong in one sentence ("You had booked with us in July; we had
    written it down for June, and then we cancelled it."); ``impact`` says what it cost the guest.
    ``answer_by`` and ``promise_by`` are local times already in words. ``automatic`` adds the line
    with which a guest stops such mail.
    """

    kind: LetterKind
    language: str
    house: HouseFacts
    guest_name: str
    guest_first_name: str = ""
    signatory: SignatoryFacts
    reference: str
    written_on: dt.date
    stance: str = ""
    wrong: str = ""
    impact: str = ""
    explanation: str = ""
    repairs: tuple[str, ...] = ()
    changes: str = ""
    own_sentence: str = ""
    #: ``wrong`` once more, for the English below a guess; the other sentences are left out there.
    wrong_in_english: str = ""
    understood: str = ""
    promise: str = ""
    promise_who: str = ""
    promise_by: str = ""
    question: str = ""
    question_why: str = ""
    answer: str = ""
    done: str = ""
    done_by: str = ""
    still_open: str = ""
    before: str = ""
    meanwhile: str = ""
    void_why: str = ""
    instead: str = ""
    care: tuple[str, ...] = ()
    answer_by: str = ""
    answered_by: str = ""
    on_call_phone: str = ""
    certificate: CertificateFacts | None = None
    walk: WalkFacts | None = None
    redeemed: RedeemedFacts | None = None
    restored: RestoredFacts | None = None
    payment: PaymentFacts | None = None
    #: Who wrote to this guest before, if it was somebody else.
    earlier_signatory: str = ""
    automatic: bool = False
    has_status_link: bool = False
    #: The language is a guess: the same stands below in English.
    english_below: EnglishFacts | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind not in LetterKind.values:
            raise errors.UnknownChoice(
                field="kind", value=str(self.kind), allowed=", ".join(LetterKind.values)
            )
        if self.stance and self.stance not in Stance.values:
            raise errors.UnknownChoice(field="stance", value=self.stance, allowed=", ".join(Stance.values))
        object.__setattr__(self, "kind", LetterKind(self.kind))


def _is_web_address(url: str) -> bool:
    """Whether it is an http(s) address without anything that could break out of a link."""
    if not url.startswith(("https://", "http://")) or set(url) & set(" \"'<>\\`"):
        return False
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _encode(value: Any) -> Any:
    if isinstance(value, Facts):
        return value.to_json()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value  # str(): a TextChoices member becomes plain


def _decode(value: Any, hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        if value is None:
            return None
        hint = next(option for option in get_args(hint) if option is not type(None))
    if isinstance(hint, type) and issubclass(hint, Facts):
        return hint.from_json(value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    if get_origin(hint) is tuple:
        return tuple(value)
    return value
