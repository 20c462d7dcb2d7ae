"""What an apology may begin with: sentences from the record, in the guest's language, before anybody types.

Pure: plain facts in, words out. A part for which the record has nothing that may stand in a letter stays
empty and says why; nothing is ever guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ..choices import Category, GuestType, RemedyKey, Stance, ToneCode, ToneSeverity
from ..rules import money, tone
from ..rules.letter_check import Case, Draft, check_letter, language
from .dates import known_language, moment_text
from .facts import LIMITS, LIST_LIMIT
from .formatting import formatted
from .words import load_starters

_ENGLISH = "en"
#: Of the words that speak to a guest: an English "Your" is the same word as "your".
_MINDS_CASE = frozenset({"de"})
_POLITE = ("haben", "hatten", "waren", "sind", "mussten", "konnten", "wurden")
#: Remedies whose amount the guest must find again on an account.
_MONEY = frozenset({RemedyKey.REFUND, RemedyKey.FOLIO_CREDIT})


class Way(TextChoices):
    """How an apology reaches the guest."""

    MAIL = "mail", _("by e-mail")
    PAPER = "paper", _("on paper, handed over")
    SPOKEN = "spoken", _("spoken, at the desk or by telephone")


class Gap(TextChoices):
    """Why a part stays empty although the letter has a place for it."""

    NOTHING = "nothing", _("The record has nothing for it.")
    LANGUAGE = "language", _("It is written down in another language.")
    ABOUT = "about", _("It is written about the guest and not to the guest.")
    ADMITS = "admits", _("It says whose fault it was, and that is not decided.")
    REFUSED = "refused", _("It has words that no letter may have.")
    LENGTH = "length", _("It is longer than a letter has room for.")
    STANCE = "stance", _("While fault is open a letter neither explains nor says what changes.")
    PERSON = "person", _("Only a person knows it.")


@dataclass(frozen=True, kw_only=True)
class Given:
    """One thing that was granted. ``face``: worth to the guest, exact; ``units``: of points."""

    remedy: RemedyKey
    what: str
    face: Decimal
    currency: str
    units: int = 1


@dataclass(frozen=True, kw_only=True)
class Due:
    """A promise that the guest knows and somebody has said yes to. ``at``: on the property's clock."""

    who: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class StarterFacts:
    """What the record knows. ``case`` holds what the letter is checked against, and its language."""

    case: Case
    way: Way
    guest_type: GuestType = GuestType.UNKNOWN
    #: What was done, in the words of whoever did it.
    solution: str = ""
    given: tuple[Given, ...] = ()
    promises: tuple[Due, ...] = ()
    #: The guest came to us with it, so there is something to thank for.
    guest_told_us: bool = True
    #: Nobody said which language they read: a mail says what went wrong in English, too.
    language_is_guess: bool = False


@dataclass(frozen=True, kw_only=True)
class Empty:
    """A part that stays empty: why, and what the record has instead; ``noted`` is for staff alone."""

    part: str
    gap: Gap
    noted: str = ""


@dataclass(frozen=True, kw_only=True)
class Starter:
    """The proposed words, under the names that ``LetterWords`` has for them, and what is left open."""

    wrong: str = ""
    impact: str = ""
    explanation: str = ""
    repairs: tuple[str, ...] = ()
    changes: str = ""
    own_sentence: str = ""
    wrong_in_english: str = ""
    #: For the face of a certificate.
    why: str = ""
    empty: tuple[Empty, ...] = ()


def starter(facts: StarterFacts) -> Starter:
    """The proposal for these facts. The same facts and words give the same proposal."""
    code = known_language(facts.case.language)
    words = load_starters(code)
    empty: list[Empty] = []
    wrong = _wrong(facts, code, words, empty)
    impact = _told(facts, "impact", facts.case.impact, code, words, empty)
    if impact and impact in wrong:
        impact = ""  # because what we understood says it already
    repairs = _repairs(facts, code, words, empty)
    if facts.case.stance == Stance.RESPONSIBILITY:
        # The internal cause has no way into a letter, so what happened is asked and never copied.
        empty += [Empty(part=part, gap=Gap.PERSON) for part in ("explanation", "changes")]
    else:
        empty += [Empty(part=part, gap=Gap.STANCE) for part in ("explanation", "changes")]
    own = " ".join(_own(facts, words))
    if not own:
        empty.append(Empty(part="own_sentence", gap=Gap.PERSON))
    return Starter(
        wrong=wrong,
        impact=impact,
        repairs=repairs,
        own_sentence=own,
        wrong_in_english=_in_english(facts, code),
        why="" if facts.way is Way.SPOKEN else words["why"],
        empty=tuple(empty),
    )


def _wrong(facts: StarterFacts, code: str, words: dict[str, str], empty: list[Empty]) -> str:
    """What we understood, as it was said to the guest; else only what kind of thing it was."""
    told, gap = _fit(facts, facts.case.restatement, code, words, limit=LIMITS["wrong"])
    if told:
        return told
    known = words.get(f"wrong_{facts.case.category.value}", "")
    if not known or facts.case.restatement:
        empty.append(Empty(part="wrong", gap=gap, noted=facts.case.restatement))
    return known


def _told(
    facts: StarterFacts, part: str, noted: str, code: str, words: dict[str, str], empty: list[Empty]
) -> str:
    text, gap = _fit(facts, noted, code, words, limit=LIMITS[part])
    if not text:
        empty.append(Empty(part=part, gap=gap, noted=noted))
    return text


def _repairs(facts: StarterFacts, code: str, words: dict[str, str], empty: list[Empty]) -> tuple[str, ...]:
    lines: list[str] = []
    done, gap = _fit(facts, facts.solution, code, words, limit=LIMITS["repairs"])
    if done:
        lines.append(done)
    elif facts.solution:
        empty.append(Empty(part="repairs", gap=gap, noted=facts.solution))
    for row in facts.given:
        line = _given(facts, row, code, words)
        if line:
            lines.append(line)
        elif row.remedy != RemedyKey.FREE_NIGHT:
            empty.append(Empty(part="repairs", gap=Gap.LANGUAGE, noted=row.what))
    for each in facts.promises:
        said = {"who": each.who, "when": moment_text(each.at, code)}
        lines.append(formatted(words["promise"], said) or "")
    if not lines and not any(each.part == "repairs" for each in empty):
        empty.append(Empty(part="repairs", gap=Gap.NOTHING))
    return tuple(dict.fromkeys(lines))[:LIST_LIMIT]


def _given(facts: StarterFacts, row: Given, code: str, words: dict[str, str]) -> str:
    """As it was granted, where that is in the guest's language; else the kind of thing, and how much."""
    if row.remedy == RemedyKey.FREE_NIGHT:
        return ""  # because a certificate speaks for itself
    # Of money it was written down what was lost; the guest reads how much comes back, and where.
    is_counted = row.remedy in _MONEY or row.remedy == RemedyKey.POINTS
    if not is_counted and language.reads_as(row.what, code) and not _refusal(facts, row.what, code):
        return row.what
    phrase = words.get(f"given_{row.remedy.value}", "")
    amount = money.format_amount(row.face, row.currency, code) if row.remedy in _MONEY else ""
    return formatted(phrase, {"amount": amount, "number": str(row.units)}) or ""


def _own(facts: StarterFacts, words: dict[str, str]) -> Iterator[str]:
    if facts.guest_type and (line := words.get(f"own_{facts.guest_type.value}")):
        yield line
    if facts.guest_told_us:
        yield words["thanks"]


def _in_english(facts: StarterFacts, code: str) -> str:
    if facts.way is not Way.MAIL or code == _ENGLISH or not facts.language_is_guess:
        return ""
    words = load_starters(_ENGLISH)
    told, _gap = _fit(facts, facts.case.restatement, _ENGLISH, words, limit=LIMITS["wrong_in_english"])
    return told or words.get(f"wrong_{Category(facts.case.category).value}", "")


def _fit(facts: StarterFacts, noted: str, code: str, words: dict[str, str], *, limit: int) -> tuple[str, Gap]:
    """The note as a sentence to the guest, or why it cannot be one."""
    text = " ".join(noted.split())
    if not text:
        return "", Gap.NOTHING
    if text[-1] not in ".!?…":
        text += "."
    if len(text) > limit:
        return "", Gap.LENGTH
    if not language.reads_as(text, code):
        return "", Gap.LANGUAGE
    if not _speaks_to_guest(text, code, words["you"].split()):
        return "", Gap.ABOUT
    gap = _refusal(facts, text, code)
    return ("", gap) if gap else (text, Gap.NOTHING)


def _speaks_to_guest(text: str, code: str, you: list[str]) -> bool:
    if code in _MINDS_CASE:
        # "Sie" alone may be "she": the verb of politeness, or another of the words, tells them apart.
        spoken = text.replace(".", " ").replace(",", " ").split()
        return any(word in you for word in spoken) or any(f"Sie {verb}" in text for verb in _POLITE)
    return any(language.has_word(text, word) for word in you)


def _refusal(facts: StarterFacts, text: str, code: str) -> Gap | None:
    """Why this may not stand in a letter of this record."""
    case = facts.case
    if case.stance != Stance.RESPONSIBILITY or case.fault_open:
        said = tone.components(text, code)
        findings = tone.check_text(text, language=code, fault_open=True)
        if ToneCode.C_RESP in said or any(each.code is ToneCode.ADMIT_LEGAL for each in findings):
            return Gap.ADMITS
    found = [each.severity for each in tone.check_text(text, language=code, fault_open=case.fault_open)]
    found += [each.severity for each in check_letter(Draft(text=text, own=(text,), is_apology=False), case)]
    return Gap.REFUSED if ToneSeverity.BLOCK in found else None
