"""Which stays may be meant by what a colleague typed, and why. Plain Python, no queries.

Shared by every adapter, so that a search means the same whatever the hotel's system is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .cleaning import clean_line
from .facts import MatchReason, Stay, StayMatch
from .names import ALIKE, likeness, words_of

#: Days before and after the told arrival within which a stay is looked for.
WINDOW = 62
#: More suggestions than this nobody reads with a guest standing there.
MOST_MATCHES = 20

_WORDS_LIMIT = 200
_LEAST_REF = 4
_LEAST_PHONE, _PHONE_TAIL = 6, 8
_SEPARATORS = re.compile(r"[\s\-_/.#]")
_PHONE = re.compile(r"\+?\d[\d\s().\-/]{4,}\d", re.ASCII)
_SCORES = {
    MatchReason.STAY_REF: 100,
    MatchReason.AGENCY_REF: 90,
    MatchReason.EMAIL: 80,
    MatchReason.PHONE: 70,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """What was typed, taken apart. A word may be several things at once."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # last digits
    refs: tuple[str, ...] = ()  # folded
    raw_refs: tuple[str, ...] = ()  # as typed

    @property
    def is_empty(self) -> bool:
        return not (self.names or self.emails or self.phones or self.refs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clues:
    """The few facts of a stay by which it is found."""

    stay_ref: str = ""
    agency_ref: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    arrival_on: dt.date | None = None
    departure_on: dt.date | None = None

    @classmethod
    def of(cls, stay: Stay) -> Clues:
        guest = stay.guest
        return cls(
            stay_ref=stay.ref,
            agency_ref=stay.agency_ref,
            name=guest.name if guest else "",
            email=guest.email if guest else "",
            phone=guest.phone if guest else "",
            arrival_on=stay.arrival_on,
            departure_on=stay.departure_on,
        )


def read_words(words: str) -> Query:
    """Take apart what was typed. Never fails; nonsense becomes an empty query."""
    line = clean_line(words, limit=_WORDS_LIMIT)
    pieces = line.split()
    emails = [piece.strip("<>,;").casefold() for piece in pieces if "@" in piece[1:-1]]
    rest = [piece for piece in pieces if "@" not in piece]
    phones = [tail for run in _PHONE.findall(" ".join(rest)) if (tail := _phone_tail(run))]
    # "2" is a reference when it stands alone; in "Dam, room 2" it is not.
    least = 1 if len(pieces) == 1 else _LEAST_REF
    refs = [ref for piece in rest if _has_digit(ref := piece.strip(",;#")) and len(ref) >= least][:6]
    # Some references have no digit; the whole line may be one.
    if len(rest) <= 2 and rest:
        refs.append(" ".join(rest))
    names = [word for word in words_of(" ".join(rest)) if not _has_digit(word)]
    return Query(
        names=tuple(names[:6]),
        emails=tuple(emails[:3]),
        phones=tuple(phones[:3]),
        refs=tuple(dict.fromkeys(folded for ref in refs if (folded := _fold_ref(ref)))),
        raw_refs=tuple(dict.fromkeys(ref for ref in refs if ref)),
    )


def reasons(query: Query, clues: Clues) -> tuple[int, tuple[MatchReason, ...]]:
    """What speaks for a stay, without its date: a score (0: nothing) and the reasons."""
    points: dict[MatchReason, int] = {}
    for reason, known in ((MatchReason.STAY_REF, clues.stay_ref), (MatchReason.AGENCY_REF, clues.agency_ref)):
        if known and _fold_ref(known) in query.refs:
            points[reason] = _SCORES[reason]
    if clues.email and clues.email.casefold() in query.emails:
        points[MatchReason.EMAIL] = _SCORES[MatchReason.EMAIL]
    if query.phones and any(_is_same_phone(clues.phone, typed) for typed in query.phones):
        points[MatchReason.PHONE] = _SCORES[MatchReason.PHONE]
    if query.names and clues.name:
        alike = likeness(query.names, words_of(clues.name))
        if alike == 1.0:
            points[MatchReason.SAME_NAME] = 60 if len(query.names) > 1 else 50
        elif alike >= ALIKE:
            points[MatchReason.SIMILAR_NAME] = int(20 + 30 * alike)
    if not points:
        return 0, ()
    best = max(points.values())
    return best + (sum(points.values()) - best) // 5, tuple(points)


def is_near(clues: Clues, around: dt.date | None) -> bool:
    """Whether the stay is close enough to the told arrival. An unknown date is."""
    if around is None or clues.arrival_on is None or _is_in_house(clues, around):
        return True
    return abs((clues.arrival_on - around).days) <= WINDOW


def match_stay(query: Query, stay: Stay, around: dt.date | None) -> StayMatch | None:
    """The match of one stay, or ``None`` if nothing speaks for it."""
    clues = Clues.of(stay)
    score = weigh(query, clues, around)
    if not score:
        return None
    _, why = reasons(query, clues)
    if _is_other_month(clues, around):
        why = (*why, MatchReason.OTHER_MONTH)
    if stay.is_cancelled:
        why, score = (*why, MatchReason.CANCELLED), score - 1
    return StayMatch(stay=stay, why=why, score=score)


def weigh(query: Query, clues: Clues, around: dt.date | None) -> int:
    """How well a stay fits, dates included; 0 means not at all.

    A reference is exact, so it counts at any date; everything else only near the told arrival.
    """
    score, why = reasons(query, clues)
    is_exact = MatchReason.STAY_REF in why or MatchReason.AGENCY_REF in why
    if not score or not (is_exact or is_near(clues, around)):
        return 0
    if around is None or clues.arrival_on is None:
        return score
    if _is_in_house(clues, around):
        return score + 10
    return score + max(0, 9 - abs((clues.arrival_on - around).days) // 7)


def rank(matches: Iterable[StayMatch]) -> list[StayMatch]:
    """Best first, at most 20. Equal ones: the later arrival first."""
    return sorted(
        matches,
        key=lambda match: (match.score, match.stay.arrival_on or dt.date.min, match.stay.ref),
        reverse=True,
    )[:MOST_MATCHES]


def seen_from(matches: Iterable[StayMatch], *, property_code: str) -> list[StayMatch]:
    """The same matches as one house sees them: stays in its sister houses are marked.

    A guest may stand in the wrong house: sister houses lose one point, no more.
    """
    return rank(
        match
        if match.stay.property_code == property_code
        else replace(match, why=(*match.why, MatchReason.SISTER_HOUSE), score=match.score - 1)
        for match in matches
    )


def _is_other_month(clues: Clues, around: dt.date | None) -> bool:
    if around is None or clues.arrival_on is None or _is_in_house(clues, around):
        return False
    return (clues.arrival_on.year, clues.arrival_on.month) != (around.year, around.month)


def _is_in_house(clues: Clues, day: dt.date) -> bool:
    return bool(clues.arrival_on and clues.departure_on and clues.arrival_on <= day <= clues.departure_on)


def _fold_ref(text: str) -> str:
    return _SEPARATORS.sub("", text.casefold())


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _phone_tail(text: str) -> str:
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    return digits[-_PHONE_TAIL:] if len(digits) >= _LEAST_PHONE else ""


def _is_same_phone(known: str, typed_tail: str) -> bool:
    """Country codes and leading zeros differ, so only the last digits count."""
    tail = _phone_tail(known)
    length = min(len(tail), len(typed_tail))
    return length >= _LEAST_PHONE and tail[-length:] == typed_tail[-length:]
