from __future__ import annotations

import pytest

from recovery.choices import Category, Severity, Stance
from recovery.rules import severity

CHOICES = [None, *Severity]
CORE = [category for category in Category if severity.rule_for(category).core]


@pytest.mark.parametrize("category", list(Category))
def test_every_category_starts_somewhere(category: Category) -> None:
    assert severity.starting_severity(category, chosen=None) in Severity


@pytest.mark.parametrize("chosen", CHOICES)
def test_no_room_is_five_without_a_choice_and_whatever_is_chosen(chosen: Severity | None) -> None:
    found = severity.starting_severity(Category.LOST_RESERVATION, chosen=chosen)

    assert found is Severity.GRAVE


@pytest.mark.parametrize("chosen", CHOICES)
@pytest.mark.parametrize("room_was_free", [False, True])
def test_safety_is_never_lowered(chosen: Severity | None, room_was_free: bool) -> None:
    found = severity.starting_severity(Category.SAFETY, chosen=chosen, room_was_free=room_was_free)

    assert found is Severity.GRAVE


@pytest.mark.parametrize(
    ("chosen", "expected"), [(None, 2), (1, 2), (2, 2), (3, 3), (4, 3), (5, 3)], ids=lambda value: str(value)
)
def test_a_lost_reservation_that_was_found_with_a_room_free_is_two_or_three(
    chosen: int | None, expected: int
) -> None:
    found = severity.starting_severity(
        Category.LOST_RESERVATION,
        chosen=Severity(chosen) if chosen is not None else None,
        room_was_free=True,
    )

    assert found == expected


@pytest.mark.parametrize("category", [category for category in Category if category not in CORE])
@pytest.mark.parametrize("chosen", list(Severity))
def test_elsewhere_a_person_judges(category: Category, chosen: Severity) -> None:
    assert severity.starting_severity(category, chosen=chosen) is chosen


@pytest.mark.parametrize("category", list(Category))
def test_a_free_room_matters_for_a_lost_reservation_only(category: Category) -> None:
    no_walk = severity.is_no_walk(category, room_was_free=True)

    assert no_walk is (category is Category.LOST_RESERVATION)


@pytest.mark.parametrize("category", list(Category))
def test_harm_starts_with_regret(category: Category) -> None:
    rule = severity.rule_for(category)

    assert not (rule.harm and rule.stance is Stance.RESPONSIBILITY)


def test_a_walk_starts_with_responsibility() -> None:
    assert severity.rule_for(Category.LOST_RESERVATION).stance is Stance.RESPONSIBILITY
