"""Dates and small numbers in words, per language, without the active language or time zone.

A date in a letter always has its weekday and the month in words: "17/07" was how a July booking
became a June one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from .. import conf


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """How one language writes dates and nights."""

    date: str
    clock: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    numbers: tuple[str, ...]
    night: str
    nights: str
    no_nights: str
    conjunctions: Mapping[str, str]
    #: How the first of a month is written, where it is no plain 1: ``1er``.
    first_day: str = ""
    #: The clock from one o'clock to two, where it is in the singular: ``a la 1:05``.
    clock_at_one: str = ""
    #: "Or" in front of the sound of an o: ``u Hotel Sol``.
    or_before_o: str = ""


#: A host that adds words in another language adds its calendar here, in ``AppConfig.ready``.
CALENDARS: dict[str, Calendar] = {
    "en": Calendar(
        date="{weekday} {day} {month} {year}",
        clock="at {hour}:{minute:02}",
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            "January", "February", "March", "April", "May", "June",
            "July", "August", "September", "October", "November", "December",
        ),
        numbers=("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        night="{number} night",
        nights="{number} nights",
        no_nights="no nights",
        conjunctions={"and": "and", "or": "or"},
    ),
    "da": Calendar(
        date="{weekday} den {day}. {month} {year}",
        clock="kl. {hour}.{minute:02}",
        weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
        months=(
            "januar", "februar", "marts", "april", "maj", "juni",
            "juli", "august", "september", "oktober", "november", "december",
        ),
        numbers=("én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"),
        night="{number} overnatning",
        nights="{number} overnatninger",
        no_nights="ingen overnatninger",
        conjunctions={"and": "og", "or": "eller"},
    ),
    "de": Calendar(
        date="{weekday}, {day}. {month} {year}",
        clock="um {hour}:{minute:02} Uhr",
        weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        months=(
            "Januar", "Februar", "März", "April", "Mai", "Juni",
            "Juli", "August", "September", "Oktober", "November", "Dezember",
        ),
        numbers=("eine", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn"),
        night="{number} Nacht",
        nights="{number} Nächte",
        no_nights="keine Nacht",
        conjunctions={"and": "und", "or": "oder"},
    ),
    "fr": Calendar(
        date="{weekday} {day} {month} {year}",
        clock="à {hour}\u00a0h\u00a0{minute:02}",
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        months=(
            "janvier", "février", "mars", "avril", "mai", "juin",
            "juillet", "août", "septembre", "octobre", "novembre", "décembre",
        ),
        numbers=("une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
        night="{number} nuit",
        nights="{number} nuits",
        no_nights="aucune nuit",
        conjunctions={"and": "et", "or": "ou"},
        first_day="1er",
    ),
    "es": Calendar(
        date="{weekday} {day} de {month} de {year}",
        clock="a las {hour}:{minute:02}",
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        months=(
            "enero", "febrero", "marzo", "abril", "mayo", "junio",
            "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
        ),
        numbers=("una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
        night="{number} noche",
        nights="{number} noches",
        no_nights="ninguna noche",
        conjunctions={"and": "y", "or": "o"},
        clock_at_one="a la {hour}:{minute:02}",
        or_before_o="u",
    ),
}  # fmt: skip
#: The sound of an o at the beginning of a Spanish word; its h is silent.
_SOUNDS_LIKE_O = ("o", "ó", "ho", "hó")


def known_language(language: str) -> str:
    """The language in which a letter is written: ``da-DK`` is ``da``; an unknown one falls back."""
    wanted = language.replace("_", "-").lower()
    candidates = (wanted, wanted.partition("-")[0], *(str(code) for code in conf.current().LANGUAGES))
    return next((code for code in candidates if code in CALENDARS), "en")


def long_date(day: dt.date, language: str) -> str:
    """``Saturday 17 July 2027``, ``lørdag den 17. juli 2027``."""
    calendar = CALENDARS[known_language(language)]
    return calendar.date.format(
        weekday=calendar.weekdays[day.weekday()],
        day=(calendar.first_day if day.day == 1 else "") or day.day,
        month=calendar.months[day.month - 1],
        year=day.year,
    )


def moment_text(local: dt.datetime, language: str) -> str:
    """``Saturday 17 July 2027 at 14:30``, ``lørdag den 17. juli 2027 kl. 14.30``.

    ``local`` is a time of the property's clock; its time zone is not looked at.
    """
    calendar = CALENDARS[known_language(language)]
    template = (calendar.clock_at_one if local.hour == 1 else "") or calendar.clock
    clock = template.format(hour=local.hour, minute=local.minute)
    return f"{long_date(local.date(), language)} {clock}"


def nights_text(nights: int, language: str) -> str:
    """``two nights``; in figures above ten; ``no nights`` for zero."""
    calendar = CALENDARS[known_language(language)]
    if nights < 1:
        return calendar.no_nights
    number = calendar.numbers[nights - 1] if nights <= len(calendar.numbers) else str(nights)
    return (calendar.night if nights == 1 else calendar.nights).format(number=number)


def joined(items: tuple[str, ...], word: str, language: str) -> str:
    """``a, b and c``; ``word`` is ``and`` or ``or``."""
    if len(items) < 2:
        return "".join(items)
    calendar = CALENDARS[known_language(language)]
    conjunction = calendar.conjunctions[word]
    if word == "or" and items[-1].lower().startswith(_SOUNDS_LIKE_O):
        conjunction = calendar.or_before_o or conjunction
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"
