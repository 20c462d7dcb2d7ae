"""What the tests of the API share: its addresses, a still clock, two houses, no throttle."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from recovery.models.permissions import VERB_PERMISSIONS
from tests.actions.travel import _hotel_clock  # noqa: F401 because it is a fixture
from tests.factories import House, make_complaint, make_house

from .asking import Caller, make_caller


@pytest.fixture(autouse=True)
def _api(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.api.urls"
    settings.REST_FRAMEWORK = {"DEFAULT_THROTTLE_RATES": {"recovery": None, "recovery_codes": None}}
    cache.clear()


@pytest.fixture
def quay(db: None) -> House:
    """The hotel in Bristol: pounds, a full staff."""
    return make_house()


@pytest.fixture
def strand(db: None) -> House:
    """The small house in Skagen: kroner, Danish guests."""
    return make_house(code="STRAND")


@pytest.fixture
def complaint(quay: House) -> Any:
    """Daniel's lost reservation."""
    return make_complaint(house=quay)


@pytest.fixture
def caller(quay: House, hotel: Any) -> Caller:
    """A client of the hotel in Bristol that may do everything there, and nothing elsewhere."""
    hotel.access = {"visitor": frozenset({"QUAY"})}
    return make_caller(*[name for name, _label in VERB_PERMISSIONS])
