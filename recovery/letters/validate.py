"""Read every words file and name what is wrong in it, for the system check and the tests."""

from __future__ import annotations

from collections.abc import Iterator

from .. import conf, errors
from ..choices import ApologyPart, LetterKind, Stance
from .compose import ARROW
from .dates import CALENDARS
from .formatting import placeholders
from .placeholders import ALLOWED, LINKS, LISTS
from .spoken import NAME as SPOKEN
from .starter_words import starter_problems
from .titles import SIGNING_ROLES
from .words import LINE_LAYOUTS, Paragraph, Words, load, load_part, load_phrases

_HEADER = frozenset({"subject", "preheader"})
#: In a subject they would lie open on a locked telephone, or break the thread.
_IN_SUBJECT = frozenset({"hotel", "signatory_first_name", "signatory_name"})
_PHRASES = {
    "included_room": frozenset[str](),
    "included_tax": frozenset[str](),
    "included_breakfast": frozenset[str](),
    "transfer_free": frozenset({"named_for"}),
    "transfer_personal": frozenset({"named_for"}),
    "book_by_phone_or_mail": frozenset({"phone", "email"}),
    "book_by_phone": frozenset({"phone"}),
    "book_by_mail": frozenset({"email"}),
    "book_in_person": frozenset[str](),
    "paid_refund": frozenset[str](),
    "paid_folio_credit": frozenset[str](),
    "paid_points": frozenset[str](),
    "points": frozenset({"number"}),
    "certificate_title": frozenset[str](),
    "certificate_qr": frozenset[str](),
    "walk_card_title": frozenset[str](),
    **{f"title_{role.value.lower()}": frozenset[str]() for role in SIGNING_ROLES},
}
NEEDED_PARTS = {
    Stance.RESPONSIBILITY: {ApologyPart.REGRET, ApologyPart.RESPONSIBILITY, ApologyPart.REPAIR},
    Stance.REGRET: {ApologyPart.REGRET, ApologyPart.REPAIR},
}


def check_words() -> list[str]:
    """What is wrong with the words files of every language; an empty list when nothing is.

    Covers the languages of the setting ``LANGUAGES`` for which dates can be written.
    """
    problems: list[str] = []
    for language in conf.current().LANGUAGES:
        if language not in CALENDARS:
            problems.append(f"{language}: dates cannot be written in this language")
            continue
        problems += _phrase_problems(language)
        problems += starter_problems(language)
        problems += _spoken_problems(language)
        for kind in LetterKind:
            problems += _kind_problems(kind, language)
    return problems


def _phrase_problems(language: str) -> Iterator[str]:
    try:
        phrases = load_phrases(language)
        for key, allowed in _PHRASES.items():
            if not phrases.get(key):
                yield f"{language}/phrases.txt: {key} is missing"
            for name, _optional in placeholders(phrases.get(key, "")):
                if name not in allowed:
                    yield f"{language}/phrases.txt: {key} cannot use {{{name}}}"
    except errors.LetterFailed as failure:
        yield str(failure.params["problem"])


def _kind_problems(kind: LetterKind, language: str) -> Iterator[str]:
    try:
        words = load(kind, language)
        yield from _header_problems(words, kind)
        for paragraph in words.paragraphs:
            for problem in paragraph_problems(paragraph, kind):
                yield f"{words.name}: {problem}"
        if kind is LetterKind.APOLOGY:
            yield from stance_problems(words)
    except errors.LetterFailed as failure:
        yield str(failure.params["problem"])


def _header_problems(words: Words, kind: LetterKind) -> Iterator[str]:
    for key in sorted(_HEADER - words.header.keys()):
        yield f"{words.name}: {key} is missing"
    for key, template in words.header.items():
        if key not in _HEADER:
            yield f"{words.name}: unknown header {key}"
        for name, _optional in placeholders(template):
            if name in LISTS or name not in (_IN_SUBJECT if key == "subject" else ALLOWED[kind]):
                yield f"{words.name}: {key} cannot use {{{name}}}"


def paragraph_problems(paragraph: Paragraph, kind: LetterKind) -> Iterator[str]:
    """What is wrong with one paragraph by itself."""
    for name in (*paragraph.needs, *paragraph.lacks):
        if name not in ALLOWED[kind]:
            yield f"unknown placeholder {{{name}}} in a mark"
    for line in paragraph.lines:
        text, arrow, link = line.partition(ARROW) if paragraph.layout in LINE_LAYOUTS else (line, "", "")
        targets = {name for name, _optional in placeholders(link)}
        if arrow and (not targets <= LINKS or link.strip("{?}") not in LINKS):
            yield f"“{link}” is not one of the links {', '.join(sorted(LINKS))}"
        if paragraph.layout == "button" and not arrow:
            yield f"the button “{line}” goes nowhere"
        found = dict(placeholders(text))
        for name in sorted({*found, *targets} - ALLOWED[kind]):
            yield f"unknown placeholder {{{name}}}"
        is_list_line = paragraph.layout == "list" and line.removeprefix("- ").strip("{?}") in LISTS
        if set(found) & LISTS and not is_list_line:
            yield f"a list stands alone on a line of [list], unlike in “{line}”"


def stance_problems(words: Words) -> Iterator[str]:
    """Which parts an apology lacks, or has too early."""
    for stance, needed in NEEDED_PARTS.items():
        present = {item.part for item in words.paragraphs if item.stance in ("", stance)}
        for part in sorted(needed - present):
            yield f"{words.name}: nothing is marked [{part}] for the stance {stance}"
        if stance is Stance.REGRET and ApologyPart.RESPONSIBILITY in present:
            yield f"{words.name}: the stance regret must not contain [responsibility]"


def _spoken_problems(language: str) -> Iterator[str]:
    """What is said has the parts of what is written."""
    try:
        words = Words(name=f"{language}/{SPOKEN}.txt", header={}, paragraphs=load_part(SPOKEN, language))
        for paragraph in words.paragraphs:
            for problem in paragraph_problems(paragraph, LetterKind.APOLOGY):
                yield f"{words.name}: {problem}"
        yield from stance_problems(words)
    except errors.LetterFailed as failure:
        yield str(failure.params["problem"])
