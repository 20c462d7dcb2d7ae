"""Everything that is wrong with own words, each with its line: what refuses them, and what is only said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ... import errors
from ...choices import LetterKind
from . import facts_said, form, tone_of


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that somebody must know. ``line``: from 1, in the text; 0 where it is about the whole."""

    line: int
    refusal: errors.RecoveryError
    #: Shown beside the text; it can be saved all the same.
    is_warning: bool = False


def check(text: str, *, kind: LetterKind, language: str, told_in: str = "en") -> list[Problem]:
    """What is wrong with these words for this text, in the order of the text; empty when nothing is known.

    ``told_in``: the language of the remarks on tone, ``en`` or ``da``.

    :raises LetterFailed: if we have no words of our own in that language.
    """
    found = list(broken(text, kind=kind, language=language))
    if not found:
        # Read for their tone only once they are whole: half a sentence says nothing.
        found = [
            Problem(line=_line(text, refusal.fragment), refusal=refusal.error, is_warning=refusal.is_warning)
            for refusal in tone_of.findings(text, kind=kind, language=language, told_in=told_in)
        ]
    return sorted(found, key=lambda problem: (problem.is_warning, problem.line))


def broken(text: str, *, kind: LetterKind, language: str) -> Iterator[Problem]:
    """What keeps a letter from being made of these words, or lets it lose a fact."""
    found = list(form.faults(text, kind=kind, language=language))
    if not found:
        # Facts are looked for only in words that can be read at all.
        found = list(facts_said.faults(text, kind=kind, language=language))
    for fragment, refusal in found:
        yield Problem(line=_line(text, fragment), refusal=refusal)


def _line(text: str, fragment: str) -> int:
    """The first line with that in it; notes are passed over."""
    if not fragment:
        return 0
    for number, line in enumerate(text.splitlines(), start=1):
        if fragment in line and not line.lstrip().startswith("#"):
            return number
    return 0
