"""The plain-text part: complete by itself, at most 78 characters a line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from .compose import Block, Line
from .formatting import unbroken

_WIDTH = 76
#: Said first, so that who cannot read on knows where to look.
ENGLISH_BELOW = "English below"
_COLONS = {"fr": " :"}


def plain_text(blocks: Iterable[Block], language: str, english: Iterable[Block] = ()) -> str:
    """The letter as text, with slots, ending in a line break; the same in English below a line."""
    colon = _COLONS.get(language, ":")
    paragraphs = [_paragraph(block, colon) for block in blocks if block.medium != "paper"]
    below = [_paragraph(block, ":") for block in english]
    if below:
        paragraphs = [f"({ENGLISH_BELOW})", *paragraphs, "-" * _WIDTH, *below]
    return "\n\n".join(paragraphs) + "\n"


def _paragraph(block: Block, colon: str) -> str:
    if block.layout == "heading":
        return "\n".join(f"{line.text}\n{'-' * min(len(line.text), _WIDTH)}" for line in block.lines)
    return "\n".join(_line(line, block.layout, colon) for line in block.lines)


def _line(line: Line, layout: str, colon: str) -> str:
    text = f"{line.label}{colon} {line.text}" if line.label else line.text
    if line.link:
        # An address stands alone on its line, so that nothing sticks to it.
        return f"{_wrapped(text + colon)}\n{line.link}"
    if layout == "list":
        return _wrapped(text, first="- ", rest="  ")
    return _wrapped(text, rest="  " if layout == "facts" else "")


def _wrapped(text: str, *, first: str = "", rest: str = "") -> str:
    filled = textwrap.fill(
        unbroken(text),
        width=_WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled.replace("\u00a0", " ")
