from __future__ import annotations

import datetime as dt

import pytest
from django.test import override_settings
from django.utils import translation

from recovery.letters.dates import CALENDARS, joined, known_language, long_date, moment_text, nights_text

WEDDING = dt.date(2027, 7, 17)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Saturday 17 July 2027"),
        ("en-GB", "Saturday 17 July 2027"),
        ("da", "lørdag den 17. juli 2027"),
        ("da_DK", "lørdag den 17. juli 2027"),
        ("de-CH", "Samstag, 17. Juli 2027"),
        ("fr", "samedi 17 juillet 2027"),
        ("es-MX", "sábado 17 de julio de 2027"),
    ],
)
def test_a_date_has_its_weekday_and_its_month_in_words(language: str, expected: str) -> None:
    assert long_date(WEDDING, language) == expected


def test_a_date_does_not_follow_the_active_language() -> None:
    with translation.override("de"), override_settings(USE_I18N=False, TIME_ZONE="Asia/Tokyo"):
        assert long_date(WEDDING, "da") == "lørdag den 17. juli 2027"


def test_a_moment_is_written_as_its_language_writes_the_clock() -> None:
    moment = dt.datetime(2027, 7, 17, 9, 5)  # noqa: DTZ001 because a letter shows the wall clock

    assert moment_text(moment, "en") == "Saturday 17 July 2027 at 9:05"
    assert moment_text(moment, "da") == "lørdag den 17. juli 2027 kl. 9.05"
    assert moment_text(moment, "de") == "Samstag, 17. Juli 2027 um 9:05 Uhr"
    assert moment_text(moment, "fr") == "samedi 17 juillet 2027 à 9\u00a0h\u00a005"
    assert moment_text(moment, "es") == "sábado 17 de julio de 2027 a las 9:05"


def test_one_o_clock_is_one_in_spanish() -> None:
    assert moment_text(dt.datetime(2027, 7, 17, 1, 30), "es").endswith(" a la 1:30")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Sunday 1 August 2027"),
        ("da", "søndag den 1. august 2027"),
        ("de", "Sonntag, 1. August 2027"),
        ("fr", "dimanche 1er août 2027"),
        ("es", "domingo 1 de agosto de 2027"),
    ],
)
def test_the_first_of_a_month(language: str, expected: str) -> None:
    assert long_date(dt.date(2027, 8, 1), language) == expected


@pytest.mark.parametrize("language", CALENDARS)
def test_a_calendar_is_complete(language: str) -> None:
    calendar = CALENDARS[language]

    assert len(set(calendar.weekdays)) == 7
    assert len(set(calendar.months)) == 12
    assert len(set(calendar.numbers)) == 10
    assert set(calendar.conjunctions) == {"and", "or"}


@pytest.mark.parametrize(
    ("nights", "english", "danish"),
    [
        (0, "no nights", "ingen overnatninger"),
        (1, "one night", "én overnatning"),
        (2, "two nights", "to overnatninger"),
        (10, "ten nights", "ti overnatninger"),
        (11, "11 nights", "11 overnatninger"),
    ],
)
def test_nights_are_counted_in_words(nights: int, english: str, danish: str) -> None:
    assert nights_text(nights, "en") == english
    assert nights_text(nights, "da") == danish


@pytest.mark.parametrize(
    ("language", "none", "one", "two", "eleven"),
    [
        ("de", "keine Nacht", "eine Nacht", "zwei Nächte", "11 Nächte"),
        ("fr", "aucune nuit", "une nuit", "deux nuits", "11 nuits"),
        ("es", "ninguna noche", "una noche", "dos noches", "11 noches"),
    ],
)
def test_nights_agree_with_their_number(language: str, none: str, one: str, two: str, eleven: str) -> None:
    assert [nights_text(nights, language) for nights in (0, 1, 2, 11)] == [none, one, two, eleven]


@pytest.mark.parametrize(
    ("last", "expected"),
    [("Hotel Sol", "A u Hotel Sol"), ("Olimpo", "A u Olimpo"), ("Posada", "A o Posada")],
)
def test_a_spanish_or_is_not_swallowed_by_an_o(last: str, expected: str) -> None:
    assert joined(("A", last), "or", "es") == expected


def test_a_list_ends_with_a_conjunction() -> None:
    assert joined(("a", "b", "c"), "or", "en") == "a, b or c"
    assert joined(("a", "b"), "and", "da") == "a og b"
    assert joined(("a",), "and", "en") == "a"
    assert joined((), "and", "en") == ""


@override_settings(RECOVERY={"LANGUAGES": ("da", "en")})
def test_an_unknown_language_falls_back_to_the_first_of_the_setting() -> None:
    assert known_language("xx") == "da"
    assert known_language("") == "da"


@override_settings(RECOVERY={"LANGUAGES": ("xx",)})
def test_a_setting_without_a_known_language_falls_back_to_english() -> None:
    assert known_language("yy") == "en"
