"""Put values into words: one flat pass, no traversal, and what was put in is never read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .. import errors

#: A list is only ever a line of its own in the letter.
Value = str | tuple[str, ...]

_BRACES = re.compile(r"\{([^{}]*)\}")
# A telephone number, or a date in figures.
_NUMBER = re.compile(r"\+?\d[\d ]*\d")
# What French sets apart by a space would else begin a line by itself.
_SET_APART = re.compile(r" (?=»|[:;?!]+(?:\s|$))|(?<=«) ")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'")  # after a letter only: 6' 2" stays as it is
_NAME = re.compile(r"([a-z][a-z_]*)(\??)")


def placeholders(template: str) -> Iterator[tuple[str, bool]]:
    """The placeholders of a template, each with whether it is optional (``{name?}``).

    :raises LetterFailed: if a brace is not part of a plain placeholder; ``{a.b}`` is not one.
    """
    if set("{}") & set(_BRACES.sub("", template)):
        raise errors.LetterFailed(problem=f"a brace stands alone in “{template}”")
    for match in _BRACES.finditer(template):
        name = _NAME.fullmatch(match[1])
        if name is None:
            raise errors.LetterFailed(problem=f"{match[0]} is not a placeholder")
        yield name[1], bool(name[2])


def formatted(template: str, values: Mapping[str, Value]) -> str | None:
    """The words filled in, or None when an optional value is empty.

    :raises LetterFailed: if a required value is missing: a letter is held, never sent with a gap.
    """
    for name, is_optional in placeholders(template):
        if values.get(name):
            continue
        if is_optional:
            return None
        raise errors.LetterFailed(problem=f"{name} is missing")
    return _BRACES.sub(lambda match: _text(match[1].rstrip("?"), values), template)


def unbroken(text: str) -> str:
    """The text with no-break spaces inside telephone numbers, and before the marks that French sets apart."""
    return _SET_APART.sub("\u00a0", _NUMBER.sub(lambda match: match[0].replace(" ", "\u00a0"), text))


def typeset(text: str) -> str:
    """The text as a printer would set it: unbroken numbers and marks, curly apostrophes."""
    return _APOSTROPHE.sub("’", unbroken(text))


def _text(name: str, values: Mapping[str, Value]) -> str:
    value = values[name]
    if isinstance(value, str):
        return value
    raise errors.LetterFailed(problem=f"{name} is a list and must stand on a line of its own")
