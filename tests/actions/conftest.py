"""What the tests of verbs share: a still clock and a prepared house."""

from __future__ import annotations

import pytest

from tests.actions.travel import _hotel_clock  # noqa: F401 because it is a fixture
from tests.factories import House, make_complaint, make_house


@pytest.fixture
def quay(db: None) -> House:
    """The hotel in Bristol: pounds, a full staff."""
    return make_house()


@pytest.fixture
def strand(db: None) -> House:
    """The small house in Skagen: kroner, Danish guests."""
    return make_house(code="STRAND")


@pytest.fixture
def complaint(quay: House):  # type: ignore[no-untyped-def]
    """Daniel's lost reservation."""
    return make_complaint(house=quay)
