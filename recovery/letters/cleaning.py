"""Text from people as a letter takes it: one line, whatever line breaks it came with."""

from __future__ import annotations

from ..rules.text import clean_line


def clean_field(value: str, *, name: str, limit: int) -> str:
    """The text as one line, without control, private-use and direction characters.

    A line break becomes a space: it is no reason to hold a letter, as a missing name would be.

    :raises TextTooLong: if more than ``limit`` characters are left.
    """
    # Cut to what could still be judged too long, so that a megabyte is not split into lines.
    return clean_line(" ".join(value[: limit * 8].splitlines()), field=name, limit=limit)
