"""What a text claims in figures: amounts, shares, points and clock times, as people write them.

English, Danish, German, French and Spanish at once, because a letter in one language quotes an invoice in
another. Nothing here judges: the facts of the record say whether a claim is true.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class ClaimKind(Enum):
    """What the figure counts."""

    MONEY = "money"
    SHARE = "share"
    POINTS = "points"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure. ``unit``: an ISO 4217 code, ``kr`` where several are possible, ``%``, or empty."""

    kind: ClaimKind
    value: Decimal
    unit: str
    start: int
    end: int
    words: str

    def is_in(self, currency: str) -> bool:
        """Whether it can be an amount in that currency."""
        return self.unit == currency or (self.unit == "kr" and currency in _CROWNS)


@dataclass(frozen=True, kw_only=True)
class ClockTime:
    """One time of day, on the property's wall."""

    at: dt.time
    start: int
    end: int
    words: str


_CROWNS = ("DKK", "SEK", "NOK", "ISK")
#: As written, in small letters → what it is. Longer ones first, because "kr" begins "kroner".
_UNITS = {
    "€": "EUR", "eur": "EUR", "euros": "EUR", "euro": "EUR",
    "£": "GBP", "gbp": "GBP", "pounds": "GBP", "pound": "GBP",
    "us$": "USD", "$": "USD", "usd": "USD", "dollars": "USD", "dollar": "USD", "dólares": "USD",
    "chf": "CHF", "francs suisses": "CHF", "franken": "CHF", "sfr.": "CHF",
    "dkk": "DKK", "sek": "SEK", "nok": "NOK", "isk": "ISK",
    "kroner": "kr", "kronor": "kr", "kronen": "kr", "couronnes": "kr", "coronas": "kr", "crowns": "kr",
    "kr.": "kr", "kr": "kr",
}  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_BLANK = "[ \u00a0\u202f\u2009]"
# At most fifteen groups: a longer row of digits is no amount, and must cost nothing.
_NUMBER = rf"\d{{1,12}}(?:[.,'’]\d{{1,3}}|{_BLANK}\d{{3}}(?!\d)){{0,5}}(?:,-|,–)?"
_MONEY = re.compile(
    rf"(?<![\w.,])(?:(?P<before>{_UNIT}){_BLANK}?(?P<after_unit>{_NUMBER})(?!\w)"
    rf"|(?P<figures>{_NUMBER}){_BLANK}?(?P<behind>{_UNIT})(?!\w))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?<![\w.,])(?P<figures>\d{{1,3}}(?:[.,]\d{{1,2}})?){_BLANK}?"
    r"(?:%|per ?cent\b|procent\b|prozent\b|pour cent\b|por ciento\b)",
    re.IGNORECASE,
)
_POINTS = re.compile(
    rf"(?<![\w.,])(?P<figures>{_NUMBER}){_BLANK}?(?:bonus)?(?:points?|point|punkte|puntos|bonuspoints?)\b",
    re.IGNORECASE,
)
_HOUR, _MINUTE = r"(?P<hour>[01]?\d|2[0-3])", r"(?P<minute>[0-5]\d)"
# 18:40, 18h40, 18 h; a point only where the sentence says that it is a time, because 18.40 may be money.
_CLOCK = re.compile(rf"(?<![\w.,:]){_HOUR}(?::{_MINUTE}|{_BLANK}?h{_BLANK}?(?P<minute_h>[0-5]\d)?)(?![\w:])")
_LEAD = r"kl\.|klokken|kl|at|by|until|till|before|after|from|um|bis|ab|gegen|à|a las|a la"
_POINTED = re.compile(
    rf"(?<!\w)(?:{_LEAD}){_BLANK}{_HOUR}\.{_MINUTE}(?![\w%]|[.,]\d)"
    rf"|(?<![\w.,]){_HOUR.replace('hour', 'hour_u')}\.{_MINUTE.replace('minute', 'minute_u')}{_BLANK}Uhr",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(
    rf"(?<![\w.,:])(?P<hour>1[0-2]|0?[1-9])(?:[:.]{_MINUTE})?{_BLANK}?(?P<half>am|pm|a\.m\.|p\.m\.)(?!\w)",
    re.IGNORECASE,
)
_FULL_HOUR = re.compile(
    rf"(?<!\w)(?:kl\.|klokken|kl){_BLANK}{_HOUR}(?![\w:]|[.,]\d)"
    rf"|(?<![\w.,]){_HOUR.replace('hour', 'hour_u')}{_BLANK}Uhr\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(noon|midday|midnight|midnat|mitternacht|midi|minuit|mediodía|medianoche)\b", re.IGNORECASE
)
_NOON = frozenset({"noon", "midday", "midi", "mediodía"})


def figures_in(text: str) -> list[Figure]:
    """Every amount, share and number of points, in the order of the text."""
    found = [_money(match) for match in _MONEY.finditer(text)]
    found += [_other(match, ClaimKind.SHARE, "%") for match in _SHARE.finditer(text)]
    found += [_other(match, ClaimKind.POINTS, "") for match in _POINTS.finditer(text)]
    return sorted((each for each in found if each is not None), key=lambda each: each.start)


def times_in(text: str) -> list[ClockTime]:
    """Every time of day, in the order of the text; none of them inside an amount."""
    taken = [(each.start, each.end) for each in figures_in(text)]
    found: dict[int, ClockTime] = {}
    for pattern, read in _TIMES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other and end > begin for begin, other in taken):
                continue
            found.setdefault(start, ClockTime(at=read(match), start=start, end=end, words=match[0]))
            taken.append((start, end))
    return [found[start] for start in sorted(found)]


def value_of(words: str) -> Decimal:
    """A number as it is written in any of the five languages: 1.200,50 and 1,200.50 are the same."""
    digits = re.sub(r"[ \u00a0\u202f\u2009'’]|,[-–]$", "", words)
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return Decimal(digits)
    whole, rest = digits[:last], digits[last + 1 :]
    mark, one_mark = digits[last], len(set(digits) & {".", ","}) == 1
    # One mark with three digits behind it parts thousands, in each of the languages.
    if (len(rest) == 3 and one_mark) or digits.count(mark) > 1:
        return Decimal(re.sub("[.,]", "", digits))
    return Decimal(f"{re.sub('[.,]', '', whole)}.{rest}")


def _money(match: re.Match[str]) -> Figure:
    unit = match["before"] or match["behind"]
    return Figure(
        kind=ClaimKind.MONEY,
        value=value_of(match["after_unit"] or match["figures"]),
        unit=_UNITS[unit.lower()],
        start=match.start(),
        end=match.end(),
        words=match[0],
    )


def _other(match: re.Match[str], kind: ClaimKind, unit: str) -> Figure:
    return Figure(
        kind=kind,
        value=value_of(match["figures"]),
        unit=unit,
        start=match.start(),
        end=match.end(),
        words=match[0],
    )


def _clock(match: re.Match[str]) -> dt.time:
    return dt.time(int(match["hour"]), int(match["minute"] or match["minute_h"] or 0))


def _pointed(match: re.Match[str]) -> dt.time:
    return dt.time(int(match["hour"] or match["hour_u"]), int(match["minute"] or match["minute_u"]))


def _half_day(match: re.Match[str]) -> dt.time:
    hour = int(match["hour"]) % 12 + (12 if match["half"].lower().startswith("p") else 0)
    return dt.time(hour, int(match["minute"] or 0))


def _full_hour(match: re.Match[str]) -> dt.time:
    return dt.time(int(match["hour"] or match["hour_u"]))


def _named(match: re.Match[str]) -> dt.time:
    return dt.time(12 if match[0].lower() in _NOON else 0)


#: The surer ones first: what one has read, the next ones leave alone.
_TIMES = (
    (_HALF_DAY, _half_day),
    (_CLOCK, _clock),
    (_POINTED, _pointed),
    (_FULL_HOUR, _full_hour),
    (_NAMED, _named),
)
