"""Own words read for their tone. What ours say in that language as well is not held against a house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ... import errors
from ...choices import ApologyPart, LetterKind, Stance, ToneCode, ToneSeverity
from ...rules import tone
from ..words import Paragraph, load
from .reading import own_words

#: What stands under such a mark must really say it.
_SAYS = {
    ApologyPart.REGRET: (ToneCode.C_REGRET, "regret"),
    ApologyPart.RESPONSIBILITY: (ToneCode.C_RESP, "responsibility"),
}


@dataclass(frozen=True)
class ToneFault:
    """A remark, and where it stands."""

    fragment: str
    error: errors.RecoveryError
    is_warning: bool = False


def findings(text: str, *, kind: LetterKind, language: str, told_in: str) -> Iterator[ToneFault]:
    """Blocked phrases, phrases to think about, and parts of an apology that only their mark claims."""
    ours = load(kind, language).paragraphs
    known = {(each.code, each.words.casefold()) for item in ours for each in _found(item, kind, language)}
    for item in own_words(text, kind=kind, language=language).paragraphs:
        if item in ours:
            continue
        for each in _found(item, kind, language, told_in=told_in):
            if (each.code, each.words.casefold()) in known:
                continue
            is_blocked = each.severity == ToneSeverity.BLOCK
            refusal = errors.ToneRefused if is_blocked else errors.ToneNoted
            said = refusal(words=each.words, label=str(each.code.label), why=each.why, better=each.better)
            yield ToneFault(each.words.splitlines()[0], said, is_warning=not is_blocked)
    if kind is LetterKind.APOLOGY:
        yield from _parts(text, ours, language)


def _found(item: Paragraph, kind: LetterKind, language: str, told_in: str = "en") -> tuple[tone.Finding, ...]:
    # Open, until somebody has decided that it was ours; only then may a paragraph say so.
    is_open = kind is LetterKind.APOLOGY and item.stance != Stance.RESPONSIBILITY
    return tone.check_text(_plain(item), language=language, fault_open=is_open, told_in=told_in)


def _parts(text: str, ours: tuple[Paragraph, ...], language: str) -> Iterator[ToneFault]:
    words = own_words(text, kind=LetterKind.APOLOGY, language=language).paragraphs
    for part, (code, label) in _SAYS.items():
        for stance in Stance.values:
            # Where ours are not recognised either, the rules of that language say nothing about it.
            if _says(ours, part, stance, code, language) and not _says(words, part, stance, code, language):
                problem = f"what is marked [{part}] for the stance {stance} says no {label}"
                yield ToneFault(f"[{part}]", errors.PartMissing(problem=problem))
    for item in words:
        early = item.stance != Stance.RESPONSIBILITY and item not in ours
        if early and ToneCode.C_RESP in tone.components(_plain(item), language):
            yield ToneFault(item.lines[0], errors.AdmitsTooEarly(words=item.lines[0]))


def _says(
    items: tuple[Paragraph, ...], part: ApologyPart, stance: str, code: ToneCode, language: str
) -> bool:
    return any(
        code in tone.components(_plain(item), language)
        for item in items
        if item.part == part and item.stance in ("", stance)
    )


def _plain(item: Paragraph) -> str:
    return "\n".join(item.lines)
