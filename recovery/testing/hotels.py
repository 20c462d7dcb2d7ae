"""Another hotel for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.test import override_settings

from .. import conf
from ..hotel import Hotel

H = TypeVar("H", bound=Hotel)

#: The hotel that ``RECOVERY["HOTEL"]`` names inside ``use_hotel()``.
current: Hotel | None = None


@contextmanager
def use_hotel(hotel: H) -> Iterator[H]:
    """Make this adapter the one that ``get_hotel()`` returns."""
    global current
    before, current = current, hotel
    try:
        with override_settings(RECOVERY={**conf.raw(), "HOTEL": f"{__name__}.current"}):
            yield hotel
    finally:
        current = before
