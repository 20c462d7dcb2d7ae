"""Why a letter is not sent like this, and what is done instead, in the language of whoever writes it."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from ...choices import LetterFault


def of(code: LetterFault, told_in: str) -> tuple[str, str]:
    """Why, and what instead. ``told_in``: ``en`` or ``da``; any other language is told in English."""
    said = _file()[code.value]
    why, better = said.get(told_in.partition("-")[0], said["en"])
    return why, better


@functools.cache
def _file() -> dict[str, dict[str, list[str]]]:
    folder = resources.files("recovery") / "rules" / "letter_check" / "words"
    return tomllib.loads((folder / "reasons.toml").read_text("utf-8"))
