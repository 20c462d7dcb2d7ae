"""Every rule for a letter as a whole. Each looks at one thing and names it; none is a matter of taste."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...choices import ApologyPart, LetterFault, Severity, Stance, ToneCode, ToneSeverity
from .. import claims, tone
from . import language, reasons
from .case import Case, Draft

#: A text is from the house alone until somebody has written one sentence for this guest.
OWN_SENTENCE_FROM = Severity.TOUCHED
SECOND_READER_FROM = Severity.LOST
GENERAL_MANAGER_FROM = Severity.GRAVE
#: Of what has happened people write the quarter of an hour.
ROUNDED = dt.timedelta(minutes=5)

#: Which part of an apology a sentence with this mark has.
PART_OF = {
    ToneCode.C_REGRET: ApologyPart.REGRET,
    ToneCode.C_EXPLAIN: ApologyPart.EXPLANATION,
    ToneCode.C_RESP: ApologyPart.RESPONSIBILITY,
    ToneCode.C_REPENT: ApologyPart.REPENTANCE,
    ToneCode.C_REPAIR: ApologyPart.REPAIR,
    ToneCode.C_FORGIVE: ApologyPart.FORGIVENESS,
}
_WARNS = frozenset(
    {
        LetterFault.MISSING_REASON,
        LetterFault.WRONG_NOT_NAMED,
        LetterFault.NO_NAME,
        LetterFault.DA_ONLY_BEKLAGER,
        LetterFault.LANGUAGE_MIX,
        LetterFault.IMPACT_MISSING,
        LetterFault.EXPLAINS_FIRST,
        LetterFault.EXPLAINS_TOO_MUCH,
    }
)


@dataclass(frozen=True, kw_only=True)
class LetterFinding:
    """One thing that is wrong with the letter. ``words``: what shows it; empty where something is missing."""

    code: LetterFault
    severity: ToneSeverity
    words: str
    why: str
    better: str


def check_letter(draft: Draft, case: Case, *, told_in: str = "en") -> tuple[LetterFinding, ...]:
    """What is wrong with this letter for this record. Nothing found never means that it is a good letter.

    Sentences are looked at by ``tone.check_text``; here it is the letter as a whole. ``told_in``: the
    language of ``why`` and ``better``, ``en`` or ``da``.
    """
    found: list[LetterFinding] = []
    for rule in _RULES:
        for code, words in rule(draft, case):
            why, better = reasons.of(code, told_in)
            grave = ToneSeverity.WARN if code in _WARNS else ToneSeverity.BLOCK
            found.append(LetterFinding(code=code, severity=grave, words=words, why=why, better=better))
    return tuple(found)


Hits = Iterator[tuple[LetterFault, str]]


def parts_of(draft: Draft, case: Case) -> frozenset[ApologyPart]:
    """The parts that the letter has: what the template marks, and what the sentences say."""
    said = tone.components(draft.text, case.language)
    return draft.parts | {part for code, part in PART_OF.items() if code in said}


def _parts(draft: Draft, case: Case) -> Hits:
    if not draft.is_apology:
        return
    parts = parts_of(draft, case)
    if ApologyPart.REGRET not in parts:
        yield LetterFault.MISSING_REGRET, ""
    elif not parts & {ApologyPart.REPAIR, ApologyPart.RESPONSIBILITY, ApologyPart.EXPLANATION}:
        yield LetterFault.BARE_APOLOGY, ""
        return
    if ApologyPart.REPAIR not in parts:
        yield LetterFault.MISSING_REPAIR, ""
    if case.stance == Stance.RESPONSIBILITY:
        if ApologyPart.RESPONSIBILITY not in parts:
            yield LetterFault.MISSING_RESP, ""
        if not parts & {ApologyPart.EXPLANATION, ApologyPart.REPENTANCE}:
            yield LetterFault.MISSING_REASON, ""


def _admission(draft: Draft, case: Case) -> Hits:
    if case.stance == Stance.RESPONSIBILITY and not case.fault_open:
        return
    for sentence in language.sentences_of(draft.text):
        said = tone.components(sentence, case.language)
        findings = tone.check_text(sentence, language=case.language, fault_open=True)
        if ToneCode.C_RESP in said or any(each.code is ToneCode.ADMIT_LEGAL for each in findings):
            yield LetterFault.STANCE_ADMITS, sentence.strip()


def _figures(draft: Draft, case: Case) -> Hits:
    for figure in claims.figures_in(draft.text):
        if figure.kind is claims.ClaimKind.MONEY:
            true = any(figure.value == value and figure.is_in(unit) for value, unit in case.amounts)
        elif figure.kind is claims.ClaimKind.POINTS:
            true = figure.value in case.points
        else:
            true = figure.value in case.shares
        if not true:
            yield LetterFault.AMOUNT_NOT_ON_CASE, figure.words


def _times(draft: Draft, case: Case) -> Hits:
    for sentence in language.sentences_of(draft.text):
        ahead = language.looks_ahead(sentence, case.language)
        for time in claims.times_in(sentence):
            if time.at in case.promised:
                continue
            if ahead or not any(_near(time.at, known) for known in case.known):
                yield LetterFault.TIME_NOT_ON_CASE, time.words


def _near(one: dt.time, other: dt.time) -> bool:
    minutes = abs((one.hour - other.hour) * 60 + one.minute - other.minute)
    return min(minutes, 24 * 60 - minutes) <= ROUNDED.total_seconds() / 60


def _wrong(draft: Draft, case: Case) -> Hits:
    wanted = language.wrongs(case.category, case.language)
    if draft.is_apology and wanted and not language.has_any(draft.text, wanted):
        yield LetterFault.WRONG_NOT_NAMED, ""


def _name(draft: Draft, case: Case) -> Hits:
    names = [word for word in case.guest_name.split() if len(word) > 1] or [case.guest_name]
    # By any of them: a Danish letter greets by the first name.
    if not any(name.casefold() in draft.text.casefold() for name in names):
        yield LetterFault.NO_NAME, ""


def _danish(draft: Draft, case: Case) -> Hits:
    if not case.language.startswith("da") or case.stance != Stance.RESPONSIBILITY or not draft.is_apology:
        return
    text = draft.text.casefold()
    if "beklag" in text and "undskyld" not in text:
        yield LetterFault.DA_ONLY_BEKLAGER, "beklager"


def _gaps(draft: Draft, case: Case) -> Hits:
    yield from ((LetterFault.PLACEHOLDER_LEFT, words) for words in language.gaps_in(draft.text))


def _again(draft: Draft, case: Case) -> Hits:
    if case.had_this_text:
        yield LetterFault.SAME_TEXT_AGAIN, ""


def _own(draft: Draft, case: Case) -> Hits:
    """From severity 3 on one sentence speaks of what this guest said or lost."""
    if not draft.is_apology or case.severity < OWN_SENTENCE_FROM:
        return
    told = language.content_words(f"{case.restatement} {case.impact}", case.language)
    if not told:
        yield LetterFault.IMPACT_MISSING, ""
        return
    if not any(language.content_words(line, case.language) & told for line in draft.own):
        yield LetterFault.TEMPLATE_ONLY, ""


def _one_language(draft: Draft, case: Case) -> Hits:
    for line in draft.own:
        for sentence in language.sentences_of(line):
            if language.is_foreign(sentence, case.language):
                yield LetterFault.LANGUAGE_MIX, sentence.strip()


def _others(draft: Draft, case: Case) -> Hits:
    for name in case.other_guests:
        if len(name) > 2 and language.has_word(draft.text, name):
            yield LetterFault.OTHER_GUEST, name
    for words, room in language.rooms_in(draft.text):
        if case.rooms and room not in case.rooms:
            yield LetterFault.OTHER_GUEST, words


def _order(draft: Draft, case: Case) -> Hits:
    """Sorry before why; and no more of why than one sentence before what is put right."""
    if not draft.is_apology:
        return
    said = [tone.components(sentence, case.language) for sentence in language.sentences_of(draft.text)]
    kinds = [
        next(
            (
                code
                for code in (ToneCode.C_REGRET, ToneCode.C_RESP, ToneCode.C_REPAIR, ToneCode.C_EXPLAIN)
                if code in one
            ),
            None,
        )
        for one in said
    ]
    kinds = [kind for kind in kinds if kind is not None]
    if kinds and kinds[0] is ToneCode.C_EXPLAIN:
        yield LetterFault.EXPLAINS_FIRST, ""
    before = kinds[: kinds.index(ToneCode.C_REPAIR)] if ToneCode.C_REPAIR in kinds else kinds
    if before.count(ToneCode.C_EXPLAIN) > 1:
        yield LetterFault.EXPLAINS_TOO_MUCH, ""


def _readers(draft: Draft, case: Case) -> Hits:
    if not draft.is_apology:
        return
    if case.severity >= SECOND_READER_FROM and not case.second_reader:
        yield LetterFault.NEEDS_SECOND_READER, ""
    if case.severity >= GENERAL_MANAGER_FROM and not case.signed_by_general_manager:
        yield LetterFault.NEEDS_GM, ""


_RULES: tuple[Callable[[Draft, Case], Hits], ...] = (
    _parts,
    _admission,
    _figures,
    _times,
    _wrong,
    _name,
    _danish,
    _gaps,
    _again,
    _own,
    _one_language,
    _others,
    _order,
    _readers,
)
