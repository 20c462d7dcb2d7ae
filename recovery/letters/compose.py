"""From words and facts to blocks: what the text, the HTML and the PDF of one letter share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from .. import errors
from ..choices import ApologyPart
from .formatting import Value, formatted, placeholders, typeset
from .placeholders import LISTS
from .words import LINE_LAYOUTS, Paragraph

ARROW = " -> "


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: its text, and what stands before it or behind it."""

    text: str
    label: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One paragraph, filled in. Secrets are still slots."""

    layout: str
    lines: tuple[Line, ...]
    part: str = ""
    panel: bool = False
    medium: str = ""

    @property
    def typeset(self) -> tuple[Line, ...]:
        """The lines as HTML and paper show them."""
        return tuple(Line(text=typeset(x.text), label=typeset(x.label), link=x.link) for x in self.lines)

    @property
    def template(self) -> str:
        """The include that lays it out."""
        return f"recovery/letters/blocks/{self.layout}.html"

    def to_json(self) -> dict[str, Any]:
        """Plain data, frozen beside the facts."""
        return {
            "layout": self.layout,
            "lines": [[line.text, line.label, line.link] for line in self.lines],
            "part": self.part,
            "panel": self.panel,
            "medium": self.medium,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The block again."""
        lines = tuple(Line(text=text, label=label, link=link) for text, label, link in data["lines"])
        return cls(
            layout=data["layout"],
            lines=lines,
            part=data["part"],
            panel=data["panel"],
            medium=data["medium"],
        )


def compose(
    paragraphs: Iterable[Paragraph], values: Mapping[str, Value], *, stance: str
) -> tuple[Block, ...]:
    """The paragraphs that this letter needs, filled in.

    :raises LetterFailed: if a required value is missing.
    """
    return tuple(
        block
        for paragraph in paragraphs
        if _is_wanted(paragraph, values, stance) and (block := _block(paragraph, values)) is not None
    )


def parts_of(blocks: Iterable[Block]) -> tuple[ApologyPart, ...]:
    """The components of an apology that are there, in the order of the letter."""
    return tuple(dict.fromkeys(ApologyPart(block.part) for block in blocks if block.part))


def _is_wanted(paragraph: Paragraph, values: Mapping[str, Value], stance: str) -> bool:
    if paragraph.stance and paragraph.stance != stance:
        return False
    return all(values.get(name) for name in paragraph.needs) and not any(
        values.get(name) for name in paragraph.lacks
    )


def _block(paragraph: Paragraph, values: Mapping[str, Value]) -> Block | None:
    lines = [line for template in paragraph.lines for line in _lines(template, paragraph.layout, values)]
    if not lines:
        return None
    return Block(
        layout=paragraph.layout,
        lines=tuple(lines),
        part=paragraph.part or "",
        panel=paragraph.panel,
        medium=paragraph.medium,
    )


def _lines(template: str, layout: str, values: Mapping[str, Value]) -> Iterable[Line]:
    # Label and link are cut off before filling in: a value with a colon or an arrow stays whole.
    label = link = ""
    if layout == "list":
        template = template.removeprefix("- ")
        names = list(placeholders(template))
        if len(names) == 1 and names[0][0] in LISTS:
            return _items(*names[0], values)
    if layout == "facts":
        label, _colon, template = template.partition(": ")
    if layout in LINE_LAYOUTS and ARROW in template:
        template, _arrow, link = template.partition(ARROW)
    text = formatted(template, values)
    filled_label = formatted(label, values)
    filled_link = formatted(link, values)
    if text is None or filled_label is None or filled_link is None:
        return []
    # The colon that follows a label is set by whoever shows it; so is the space that French puts before it.
    return [Line(text=text, label=filled_label.rstrip(), link=filled_link)]


def _items(name: str, is_optional: bool, values: Mapping[str, Value]) -> Iterable[Line]:
    items = values.get(name)
    if not items and not is_optional:
        raise errors.LetterFailed(problem=f"{name} is missing")
    return [Line(text=item) for item in items or ()]
