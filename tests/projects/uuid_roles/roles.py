from __future__ import annotations

from typing import Any

#: Verbs of a role; a manager may do everything.
MAY: dict[str, frozenset[str]] = {
    "desk": frozenset({"view_complaint", "open_complaint", "add_contact"}),
}


def may(user: Any, verb: str, property_code: str) -> bool:
    """``RECOVERY["AUTHORIZE"]``: the project's own words for who may do what."""
    return user.is_active and (user.role == "manager" or verb in MAY.get(user.role, frozenset()))
