"""pytest fixtures. Switch them on in your ``conftest.py``:

.. code-block:: python

    pytest_plugins = ["recovery.testing.fixtures"]

The only module of ours that imports pytest. Needs pytest-django.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ..hotel import MemoryHotel, Property
from .clock import HotelClock, hotel_clock
from .factories import House, make_house
from .hotels import use_hotel


@pytest.fixture
def recovery_clock(db: None) -> Iterator[HotelClock]:
    """The hotel's time stands still at the moment when the test began."""
    with hotel_clock() as clock:
        yield clock


@pytest.fixture
def recovery_house(db: None) -> House:
    """The first property of your adapter, prepared and staffed."""
    return make_house()


@pytest.fixture
def recovery_memory_hotel() -> Iterator[MemoryHotel]:
    """A hotel in memory in place of your adapter, with one house; ``put`` stays into it."""
    house = Property(
        code="HOME",
        name="The Hotel",
        time_zone="Europe/Copenhagen",
        currency="EUR",
        email="desk@hotel.example",
        phone="+45 00 12 34 56",
    )
    with use_hotel(MemoryHotel(properties=(house,))) as hotel:
        yield hotel
