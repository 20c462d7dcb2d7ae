"""When the morning sheet comes, and whom a line concerns."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery.choices import House, Role
from recovery.rules import sheet
from recovery.rules.sheet_words import _WORDS, words


@pytest.mark.parametrize(
    ("house", "chosen", "at"),
    [
        (House.HOTEL, None, dt.time(7)),
        (House.GROUP, None, dt.time(7)),
        (House.SMALL, None, dt.time(8)),
        (House.SMALL, dt.time(6, 30), dt.time(6, 30)),
    ],
)
def test_it_comes_at_seven_and_in_a_small_house_at_eight(
    house: House, chosen: dt.time | None, at: dt.time
) -> None:
    assert sheet.comes_at(house, chosen) == at


def test_a_small_house_has_one_mail() -> None:
    assert len(sheet.departments(House.SMALL)) == 1
    assert len(sheet.departments(House.HOTEL)) == len(sheet.DEPARTMENTS)


@pytest.mark.parametrize(
    ("line", "reader", "is_for"),
    [
        ({"FB"}, ("FB",), True),
        ({"HSK"}, ("FB",), False),
        (set(), ("FB",), False),
        (set(), ("FD",), True),
        (set(), ("DM",), True),
        (set(), None, True),
    ],
)
def test_a_line_is_for_its_department_and_for_the_desk(
    line: set[str], reader: tuple[str, ...] | None, is_for: bool
) -> None:
    assert sheet.concerns(line, reader) is is_for


def test_a_person_with_several_roles_belongs_to_one_department() -> None:
    assert sheet.department_of([Role.HOUSEKEEPING.value, Role.DUTY_MANAGER.value]) == 1
    assert sheet.department_of([Role.EMPLOYEE.value]) is None


def test_every_language_has_every_word_with_the_same_places() -> None:
    import re

    shape = {key: sorted(re.findall(r"%\((\w+)\)s", text)) for key, text in _WORDS["en"].items()}
    for language, texts in _WORDS.items():
        found = {key: sorted(re.findall(r"%\((\w+)\)s", text)) for key, text in texts.items()}
        assert found == shape, language


@pytest.mark.parametrize(
    ("asked", "title"), [("da-DK", "Morgenark"), ("fi", "Morning sheet"), ("", "Morning sheet")]
)
def test_an_unknown_language_is_english(asked: str, title: str) -> None:
    assert words(asked)["title"] == title
