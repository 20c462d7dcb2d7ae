"""The parts that a careful reader looks for, each lit or not: what is there, never that it is good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ...choices import ApologyPart, Stance, ToneCode
from .. import claims, tone
from . import language
from .case import Case, Draft
from .checking import OWN_SENTENCE_FROM, PART_OF


class Part(Enum):
    """What is looked for, in the order of a letter."""

    NAMED = "named"
    REGRET = "regret"
    RESPONSIBILITY = "responsibility"
    EXPLANATION = "explanation"
    REPAIR = "repair"
    OFFER = "offer"
    REPENTANCE = "repentance"
    OWN = "own"
    THANKS = "thanks"
    FORGIVENESS = "forgiveness"


class Need(Enum):
    """Whether the letter of this record must have the part."""

    MUST = "must"
    #: One of those that are marked so is enough.
    ONE_OF = "one_of"
    MAY = "may"
    MUST_NOT = "must_not"


@dataclass(frozen=True, kw_only=True)
class Light:
    """One part. ``words``: the sentence that has it; empty where a mark of the template has."""

    part: Part
    need: Need
    is_lit: bool
    words: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something is left to do about it."""
        return self.is_lit if self.need is Need.MUST_NOT else self.need is Need.MUST and not self.is_lit


_OF_PART = {
    ApologyPart.REGRET: Part.REGRET,
    ApologyPart.RESPONSIBILITY: Part.RESPONSIBILITY,
    ApologyPart.EXPLANATION: Part.EXPLANATION,
    ApologyPart.REPAIR: Part.REPAIR,
    ApologyPart.REPENTANCE: Part.REPENTANCE,
    ApologyPart.FORGIVENESS: Part.FORGIVENESS,
}


def lights(
    draft: Draft,
    case: Case,
    *,
    marked: Sequence[tuple[ApologyPart, str]] = (),
    has_certificate: bool = False,
) -> tuple[Light, ...]:
    """Every part, in the order of a letter. All lit never means that it is a good letter.

    ``marked``: the paragraphs that the template marks, filled in. Its own words in them count as that part
    and as no other: "what happened to you has changed how we work" tells nobody what happened.
    """
    lit = _lit(draft, case, [(part, _one_line(text)) for part, text in marked])
    if has_certificate:
        lit.setdefault(Part.OFFER, "")
    needs = _needs(case)
    found = (
        Light(part=part, need=needs.get(part, Need.MAY), is_lit=part in lit, words=lit.get(part, ""))
        for part in Part
    )
    # What the guest was not given is not missed in the letter; a kind without words names anything.
    unasked = {Part.OFFER} if not (case.amounts or case.points or has_certificate) else set()
    if not language.wrongs(case.category, case.language):
        unasked.add(Part.NAMED)
    return tuple(light for light in found if light.part not in unasked or light.is_lit)


def _needs(case: Case) -> dict[Part, Need]:
    needs = {Part.NAMED: Need.MUST, Part.REGRET: Need.MUST, Part.REPAIR: Need.MUST}
    if case.severity >= OWN_SENTENCE_FROM:
        needs[Part.OWN] = Need.MUST
    if case.stance == Stance.RESPONSIBILITY:
        needs |= {
            Part.RESPONSIBILITY: Need.MUST,
            Part.EXPLANATION: Need.ONE_OF,
            Part.REPENTANCE: Need.ONE_OF,
        }
    else:
        needs[Part.RESPONSIBILITY] = Need.MUST_NOT
    return needs


def _lit(draft: Draft, case: Case, marked: list[tuple[ApologyPart, str]]) -> dict[Part, str]:
    """Each part that is there, with the first sentence that has it."""
    found: dict[Part, str] = {}
    own = [_one_line(line) for line in draft.own]
    wanted = language.wrongs(case.category, case.language)
    told = language.content_words(f"{case.restatement} {case.impact}", case.language)
    for sentence in filter(None, (_one_line(each) for each in language.sentences_of(draft.text))):
        said = tone.components(sentence, case.language)
        is_ours = not any(sentence in line for line in own)
        only = {part for part, text in marked if is_ours and sentence in text}
        for code, part in PART_OF.items():
            if code in said and (not only or part in only):
                found.setdefault(_OF_PART[part], sentence)
        if ToneCode.M_THANK in said:
            found.setdefault(Part.THANKS, sentence)
        if wanted and language.has_any(sentence, wanted):
            found.setdefault(Part.NAMED, sentence)
        if any(_is_granted(figure, case) for figure in claims.figures_in(sentence)):
            found.setdefault(Part.OFFER, sentence)
    for line in draft.own:
        if told and language.content_words(line, case.language) & told:
            found.setdefault(Part.OWN, line)
    for part in draft.parts:
        found.setdefault(_OF_PART[part], next((text for which, text in marked if which is part), ""))
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _is_granted(figure: claims.Figure, case: Case) -> bool:
    if figure.kind is claims.ClaimKind.POINTS:
        return figure.value in case.points
    if figure.kind is claims.ClaimKind.MONEY:
        return any(figure.value == value and figure.is_in(unit) for value, unit in case.amounts)
    return False
