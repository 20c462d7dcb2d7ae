"""What a host's test knows about a stay that it made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class KnownStay:
    """A stay that is in your system during the test. What you leave out is not looked for."""

    ref: str
    guest_ref: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    agency_ref: str = ""
    arrival_on: dt.date | None = None
    is_cancelled: bool = False
    #: Your record of the stay and of its guest, if your admin shows them.
    row: Any = None
    guest_row: Any = None
