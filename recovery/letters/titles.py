"""What stands under a name when nobody has said: the role, in the language of the letter."""

from __future__ import annotations

from ..choices import Role
from .dates import known_language
from .words import load_phrases

#: Who can sign a letter; the first that a person has is the one that counts.
SIGNING_ROLES = (Role.GENERAL_MANAGER, Role.DUTY_MANAGER, Role.FRONT_DESK, Role.RESERVATIONS, Role.FINANCE)


def title_of(roles: list[str], language: str) -> str:
    """The title of somebody with these role keys; empty if none of them signs letters."""
    phrases = load_phrases(known_language(language))
    return next((phrases[f"title_{role.value.lower()}"] for role in SIGNING_ROLES if role in roles), "")
