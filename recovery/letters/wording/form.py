"""The form of own words: characters, braces, placeholders, marks, and what stays ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from ... import errors
from ...choices import LetterKind
from ...rules import claims
from ...rules.text import unwanted_in
from ..formatting import placeholders
from ..placeholders import ALLOWED, LISTS
from ..validate import paragraph_problems
from ..words import load, shipped_text
from .reading import INCLUDE, NAME, own_words

#: Where in the text it stands, and the refusal.
Fault = tuple[str, errors.RecoveryError]

_IN_BRACES = re.compile(r"\{([a-z][a-z_]*)\??\}")
_GUARD = re.compile(r"\[(?:if|unless)=([a-z_]+)\]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
# Seven figures and more in a row, spaced as telephone numbers and accounts are.
_LONG_NUMBER = re.compile(r"\+?\d(?:[ /()-]?\d){6,}")
#: How much of what was typed is said back.
_SHOWN = 60


def faults(text: str, *, kind: LetterKind, language: str) -> Iterator[Fault]:
    """What is wrong with the form, in the order in which it is looked for."""
    if unwanted := unwanted_in(text):
        yield "", errors.BadCharacters(characters=", ".join(unwanted))
        return
    found = [*_in_lines(text, kind), *_includes(text, kind, language)]
    yield from found
    if any(isinstance(refusal, errors.PlaceholderBroken) for _place, refusal in found):
        return
    try:
        words = own_words(text, kind=kind, language=language)
        yield from _header(text, words.header, kind, language)
        ours = load(kind, language).paragraphs
        for paragraph in words.paragraphs:
            if paragraph in ours:
                continue
            for problem in paragraph_problems(paragraph, kind):
                # Unknown names are said once, above, with what was perhaps meant.
                if not problem.startswith("unknown placeholder"):
                    yield paragraph.lines[0], errors.BadLetterText(problem=problem)
    except errors.LetterFailed as failure:
        problem = str(failure.params["problem"]).removeprefix(f"{NAME}: ")
        yield _quoted(problem), errors.BadLetterText(problem=problem)


def _in_lines(text: str, kind: LetterKind) -> Iterator[Fault]:
    said: set[str] = set()
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith("#"):
            continue
        try:
            names = [name for name, _optional in placeholders(line)]
        except errors.LetterFailed:
            yield line, errors.PlaceholderBroken(found=_broken_part(line), allowed=_allowed(kind))
            continue
        for name in [*names, *_GUARD.findall(line)]:
            if name not in ALLOWED[kind] and name not in said:
                said.add(name)
                yield line, _unknown(name, kind)
        yield from _typed(line)


def _typed(line: str) -> Iterator[Fault]:
    """Figures and addresses that somebody typed: they are true for one guest, and go to all."""
    words = _IN_BRACES.sub(" ", line)
    found = [each.words for each in claims.figures_in(words)]
    found += [each.words for each in claims.times_in(words) if any(map(str.isdigit, each.words))]
    found += _ADDRESS.findall(words) + _LONG_NUMBER.findall(words)
    for each in dict.fromkeys(found):
        yield line, errors.FactTyped(words=each[:_SHOWN])


def _includes(text: str, kind: LetterKind, language: str) -> Iterator[Fault]:
    """Footer and certificate are ours: the way out of the mails, the code, the legal line."""
    ours, theirs = INCLUDE.findall(shipped_text(kind, language)), INCLUDE.findall(text)
    for name in ours:
        if theirs.count(name) != 1:
            problem = f"[include={name}] must stand in it, alone on its line, exactly once"
            yield f"[include={name}]", errors.BadLetterText(problem=problem)
    for name in dict.fromkeys(theirs):
        if name not in ours:
            problem = f"[include={name}] is not for this text; it may include: {', '.join(ours)}"
            yield f"[include={name}]", errors.BadLetterText(problem=problem)


def _header(text: str, header: dict[str, str], kind: LetterKind, language: str) -> Iterator[Fault]:
    given = re.search(r"^subject:\s*(.*)$", text, re.MULTILINE)
    if given and given[1].strip() != load(kind, language).header.get("subject", ""):
        problem = "the subject stays ours, because one complaint is one thread: take that line out"
        yield "subject:", errors.BadLetterText(problem=problem)
    for key, template in header.items():
        if key not in ("subject", "preheader"):
            problem = f"there is no “{key}”; the first lines can say: preheader"
            yield f"{key}:", errors.BadLetterText(problem=problem)
        if any(name in LISTS for name, _optional in placeholders(template)):
            yield f"{key}:", errors.BadLetterText(problem=f"{key} is one line, and cannot hold a list")


def _unknown(name: str, kind: LetterKind) -> errors.PlaceholderUnknown:
    near = get_close_matches(name, sorted(ALLOWED[kind]), n=1, cutoff=0.6)
    meant = f" Did you mean {{{near[0]}}}?" if near else ""
    return errors.PlaceholderUnknown(name=name[:_SHOWN], near=meant, allowed=_allowed(kind))


def _allowed(kind: LetterKind) -> str:
    return ", ".join(sorted(ALLOWED[kind]))


def _broken_part(line: str) -> str:
    """What stands in or around the brace that is wrong."""
    rest = _IN_BRACES.sub(" ", line)
    found = re.search(r"\{+[^{}]*\}*|\}+", rest)
    return (found[0] if found else rest)[:_SHOWN]


def _quoted(problem: str) -> str:
    found = re.search(r"“(.+?)”|(\[[a-z_=]+\])", problem)
    return (found[1] or found[2]) if found else ""
