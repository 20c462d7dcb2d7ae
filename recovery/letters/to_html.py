"""The HTML part, laid out by ``templates/recovery/letters/layout.html``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.template import Context

from . import sources
from .colour import INK, PAPER, palette
from .compose import Block
from .dates import long_date
from .facts import LetterFacts
from .to_text import ENGLISH_BELOW

_LAYOUT = "recovery/letters/layout.html"
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_FOOTER = frozenset({"small", "address"})


def direction(language: str) -> str:
    """``rtl`` or ``ltr``."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def html(
    facts: LetterFacts,
    blocks: Iterable[Block],
    english: Sequence[Block] = (),
    *,
    language: str,
    subject: str,
    preheader: str,
) -> str:
    """The letter as one HTML document, with slots. Nothing depends on the active language."""
    context: dict[str, Any] = {
        "lang": language,
        "dir": direction(language),
        "start": "right" if direction(language) == "rtl" else "left",
        "subject": subject,
        "preheader": preheader,
        "house": facts.house,
        "written_on": long_date(facts.written_on, language),
        "sections": [*_sections(blocks), *_sections(english, in_english=True)],
        "english_below": ENGLISH_BELOW if english else "",
        "colours": palette(facts.house.colour),
        "paper": PAPER,
        "ink": INK,
    }
    rendered = sources.html_template(_LAYOUT).render(Context(context, use_l10n=False, use_tz=False))
    return "\n".join(line.rstrip() for line in rendered.splitlines() if line.strip()) + "\n"


def _sections(blocks: Iterable[Block], *, in_english: bool = False) -> list[dict[str, Any]]:
    shown = [block for block in blocks if block.medium != "paper"]
    return [
        {"kind": kind, "blocks": list(members), "in_english": in_english}
        for kind, members in groupby(shown, key=_section)
    ]


def _section(block: Block) -> str:
    if block.panel:
        return "panel"
    return "footer" if block.layout in _FOOTER else "letter"
