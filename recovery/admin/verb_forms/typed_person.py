"""A person as somebody corrected them on a page: what stands there unchanged was not said anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...actions import GuestInput


def corrected(typed: Mapping[str, Any], shown: Mapping[str, Any]) -> GuestInput:
    """What was typed over what was shown. An unchanged address keeps what it was proven to be."""
    is_new = typed["email"] != shown.get("email", "") or typed["email_read_back"]
    return GuestInput(
        name=typed["name"] or shown.get("name", ""),
        email=typed["email"] if is_new else "",
        phone=typed["phone"],
        language=typed["language"] if typed["language"] != shown.get("language", "") else "",
        postal_address=typed["postal_address"],
        email_read_back=typed["email_read_back"],
    )
