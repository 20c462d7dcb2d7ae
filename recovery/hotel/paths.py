"""Follow a dotted path from a host's row: attributes, properties, methods, relations, mappings.

At run time a missing value and a misspelt hop look alike; ``path_check`` tells them apart before.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Manager, QuerySet

from .. import errors

#: A stay has a handful of rooms and guests; a path that finds more is a wrong path.
MANY = 20


def walk(start: object, path: str) -> list[object]:
    """Everything at the end of the path: nothing, one value, or several after a to-many hop.

    :raises BadHotel: if a hop is a method that changes data.
    """
    found: list[object] = [start]
    for hop in path.split("."):
        found = [value for owner in found for value in _step(owner, hop)]
    return found


def first(start: object, path: str) -> object | None:
    """The first value at the end of the path, or ``None``. An empty path has none."""
    found = walk(start, path) if path else []
    return found[0] if found else None


def _step(owner: object, hop: str) -> list[object]:
    try:
        value: Any = owner.get(hop) if isinstance(owner, Mapping) else getattr(owner, hop)
        if _is_method(value):
            if getattr(value, "alters_data", False):
                raise errors.BadHotel(problem=f"the path hop “{hop}” changes data and is never called.")
            value = value()
    except (ObjectDoesNotExist, AttributeError):
        return []  # because a missing one-to-one, a null link and an absent profile all mean "no value"
    if isinstance(value, Manager):
        value = value.all()
    if isinstance(value, QuerySet):
        # In Python, so that prefetched rows are used; by key, so that "the first" stays the first.
        return sorted(value, key=_row_order)[:MANY]
    return [] if value is None else [value]


def _is_method(value: object) -> bool:
    # get_FOO_display is a partial; a manager, a class or a model with __call__ is none of these.
    return inspect.isroutine(value) or isinstance(value, partial)


def _row_order(row: object) -> tuple[bool, object]:
    key = getattr(row, "pk", None)
    return (key is None, key)
