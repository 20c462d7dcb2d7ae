"""The last reader of every letter: what is known to be wrong stops it, unless somebody answers for it.

Every door releases through ``letter_steps.release``, and that comes by here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from ..choices import EventKind, LetterKind
from ..errors import LetterBlocked, LetterForbidden
from ..letters import LetterFacts, Rendered
from ..models import Letter, Override
from ..rules import letter_gate, text
from . import letter_reading
from .engine import Turn
from .letter_reading import Remark

#: Characters of the words that are kept.
WORDS = 300
#: Findings that a refusal names; the rest is seen when these are mended.
_MOST = 12


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """“It goes all the same”: the codes that somebody has seen, and why the words stay."""

    codes: tuple[str, ...]
    reason: str


def check(
    turn: Turn, letter: Letter, facts: LetterFacts, rendered: Rendered, set_aside: SetAside | None
) -> None:
    """Stop the letter, or write down who wanted it to go and why.

    Covered is what is set aside now, and what was set aside when this letter was written.

    :raises LetterForbidden: if it holds what no reason makes right.
    :raises LetterBlocked: if something else stops it, and nobody answers for it.
    :raises ReasonMissing: if somebody answers for it without saying why.
    """
    if not letter_reading.own_words(facts) and letter.kind != LetterKind.APOLOGY:
        return  # because the app's own words were read when they were written
    found = letter_gate.stopping(
        letter_reading.read_through(
            complaint=turn.complaint,
            party=letter.party,
            signatory=letter.signatory,
            facts=facts,
            rendered=rendered,
            told_in=get_language() or "en",
        )
    )
    if not found:
        return
    if letter_gate.is_final({each.code for each in found}):
        raise LetterForbidden(**_told(each for each in found if each.code in letter_gate.NEVER))
    known = set(letter.overrides.values_list("rule", "words"))
    wanted = set(set_aside.codes) if set_aside is not None and turn.by.is_person else set()
    new = [each for each in found if (each.code, each.words[:WORDS]) not in known]
    open_ones = [each for each in new if each.code not in wanted]
    if open_ones:
        raise LetterBlocked(**_told(open_ones))
    for each in new:
        if set_aside is not None:
            _write_down(turn, letter, each, reason=text.require_reason(set_aside.reason))


def _write_down(turn: Turn, letter: Letter, remark: Remark, *, reason: str) -> None:
    row = Override.objects.create(
        complaint=turn.complaint,
        letter=letter,
        rule=remark.code,
        words=remark.words[:WORDS],
        reason=reason,
        by=turn.by.name[:120],
        at=turn.now,
    )
    turn.record(EventKind.OVERRIDDEN, override=row.pk, rule=row.rule, letter=letter.pk)


def _told(found: Iterable[Remark]) -> dict[str, Any]:
    """The findings as one sentence for people, and one by one for programs."""
    rows = list(found)[:_MOST]
    return {
        "what": "; ".join(f"“{each.words}” – {each.label}" if each.words else each.label for each in rows),
        "findings": [
            {
                "code": each.code,
                "label": each.label,
                "words": each.words,
                "why": each.why,
                "better": each.better,
                "severity": each.severity.value,
            }
            for each in rows
        ],
    }
