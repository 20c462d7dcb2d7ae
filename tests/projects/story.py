"""What every host project says about its own rows, so that one journey fits all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings

#: The guest stands at the desk on this day: booked for July.
TODAY = dt.date(2026, 7, 11)
#: What somebody entered instead.
ENTERED = dt.date(2026, 6, 11)


@dataclass(frozen=True, kw_only=True)
class LostReservation:
    """Booked for July, entered for June, cancelled by a colleague."""

    stay_ref: str
    guest_ref: str
    property_code: str
    guest_name: str
    guest_email: str
    room: str
    nights: int
    #: The name as the colleague understands it over the noise of the lobby.
    misheard: str


def rows() -> Any:
    """The module of the running host project that makes its rows."""
    return import_module(f"{settings.ROOT_PACKAGE}.rows")
