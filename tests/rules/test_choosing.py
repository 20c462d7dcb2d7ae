from __future__ import annotations

import pytest

from recovery.choices import Category, GuestType, Severity
from recovery.errors import UnknownChoice
from recovery.rules.choosing import one_of


def test_a_word_of_the_list_is_its_member() -> None:
    assert one_of(Category, "noise", field="what kind") is Category.NOISE
    assert one_of(Category, Category.NOISE, field="what kind") is Category.NOISE
    assert one_of(Severity, 3, field="severity") is Severity.TOUCHED
    assert one_of(GuestType, "", field="guest type") is GuestType.UNKNOWN


@pytest.mark.parametrize("value", ["", "NOISE", "noise ", None, 7, [], {}, "\ud800", "a" * 1_000_000])
def test_another_word_is_refused_and_the_list_named(value: object) -> None:
    with pytest.raises(UnknownChoice) as refusal:
        one_of(Category, value, field="what kind")

    assert "lost_reservation" in refusal.value.sentence
    assert len(refusal.value.sentence.encode()) < 1_000
