"""One word out of a closed list."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from .. import errors
from . import text

E = TypeVar("E", bound=Enum)


def one_of(kind: type[E], value: object, *, field: str) -> E:
    """The member that the value names; a member stays as it is.

    :raises UnknownChoice: if there is none; names those that there are.
    """
    try:
        return kind(value)
    except ValueError:
        allowed = ", ".join(str(member.value) for member in kind if member.value != "")
        shown = text.soft_line(str(value), limit=40)
        raise errors.UnknownChoice(field=field, value=shown, allowed=allowed) from None
