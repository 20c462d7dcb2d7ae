"""What is wrong with an adapter, in a form that a system check can print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class ProblemKind(StrEnum):
    PATH = "path"  # a path does not lead where it should
    SETUP = "setup"  # something is missing or contradicts itself
    DOUBT = "doubt"  # works, but probably not as meant


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """``where``: the attribute; ``what``: one sentence; ``fix``: what to write instead."""

    kind: ProblemKind
    where: str
    what: str
    fix: str


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known names, or a few of them when none is near."""
    names = sorted(set(known))
    lowered = {name.lower(): name for name in names}
    near = [lowered[name] for name in get_close_matches(wrong.lower(), lowered, n=3, cutoff=0.6)]
    if near:
        return "Did you mean " + " or ".join(f'"{name}"' for name in near) + "?"
    if not names:
        return ""
    more = ", …" if len(names) > 15 else ""
    return f"There are: {', '.join(names[:15])}{more}."
