from __future__ import annotations

import pytest

from recovery.hotel.names import ALIKE, fold, likeness, words_of


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Léa  KOVÁCS", "lea kovacs"),
        ("Søren Ørsted-Møller", "soren orsted moller"),
        ("Straße", "strasse"),
        ("Łukasz Żółć", "lukasz zolc"),
        ("Nguyễn", "nguyen"),
        ("田中 太郎", "田中 太郎"),
        ("\U0001f389", ""),
    ],
)
def test_a_name_is_folded_to_its_letters(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_titles_are_not_part_of_a_name_unless_nothing_else_is() -> None:
    assert words_of("Mme Dr. Léa Kovács") == ("lea", "kovacs")
    assert words_of("Herr") == ("herr",)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Léa Kovács", "lea kovacs"),
        ("Kovács, Léa", "Léa Kovács"),
        ("kovacs", "Léa Kovács"),
        ("O'Neill", "ONeill"),
        ("Mrs Kovács", "Léa Kovács"),
    ],
)
def test_the_same_name_is_the_same(typed: str, known: str) -> None:
    assert likeness(words_of(typed), words_of(known)) == 1.0


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Lea Kovach", "Léa Kovács"),
        ("Lae Kovács", "Léa Kovács"),
        ("Mueller", "Müller"),
        ("Anna Mayer", "Anna Meier"),
        ("Chris Baker", "Christopher Baker"),
        ("Vander Berg", "van der Berg"),
        ("Joergensen", "Jørgensen"),
        ("Jane Smith wedding", "Jane Smith"),
        ("田中太郎", "田中 太郎"),
    ],
)
def test_a_slip_is_forgiven(typed: str, known: str) -> None:
    assert ALIKE <= likeness(words_of(typed), words_of(known)) < 1.0


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Ole Dam", "Léa Kovács"),
        ("Smith", "Jones"),
        ("Li", "Lo"),
        ("John Smith", "Mary Jones"),
        ("", "Léa"),
        ("Léa", ""),
        ("wedding Smith party", "Anna Jones"),
    ],
)
def test_another_name_is_another(typed: str, known: str) -> None:
    assert likeness(words_of(typed), words_of(known)) < ALIKE
