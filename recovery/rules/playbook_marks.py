"""Which version of which playbook: one word by which reading it is remembered.

A house's second version and the second version that we ship are two texts, so the mark names both
the number and whose words they are.
"""

from __future__ import annotations

#: Whose words: the package's own, the group's, or else the code of the house.
SHIPPED, GROUP = "shipped", "group"


def source_of(property_code: str) -> str:
    """Whose an edited copy is."""
    return property_code or GROUP


def mark_of(*, key: str, source: str, version: int) -> str:
    """``P03:shipped:1``, ``P03:QUAY:2``."""
    return f"{key}:{source}:{version}"
