"""What is wrong with a text to a guest, and which parts of an apology it has.

No finding means that no known problem was found. It never means that the tone is right: most ways to
hurt somebody are in no list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...choices import ToneCode, ToneSeverity
from .. import practice
from .book import Book, Rule, book
from .matching import Reading
from .sentences import Sentence, split
from .words import with_names, words_of


@dataclass(frozen=True, kw_only=True)
class Additions:
    """What a hotel adds of its own: the names of those it hired, from its list of internal causes."""

    suppliers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Words that should not go to a guest as they are. ``start`` and ``end`` in the text."""

    code: ToneCode
    severity: ToneSeverity
    start: int
    end: int
    words: str
    #: Why it hurts, and words that do not, in the language of whoever writes.
    why: str
    better: str


def is_checked(language: str) -> bool:
    """Whether there are rules for the language. Say so where there are none: nothing was looked for."""
    return book(_base(language)) is not None


def check_text(
    text: str,
    *,
    language: str,
    fault_open: bool = False,
    extra: Additions = Additions(),
    told_in: str = "en",
) -> tuple[Finding, ...]:
    """Everything known to be wrong, in the order of the text; empty for a language without rules.

    ``fault_open``: nobody knows yet whose fault it was, or somebody was hurt. ``told_in``: the language
    of ``why`` and ``better``, ``en`` or ``da``.
    """
    found = {
        (hit.rule.code, *hit.place): hit.rule.severity
        for hit in _hits(text, language, extra, fault_open=fault_open)
        if hit.rule.code.is_issue
    }
    return tuple(
        Finding(
            code=code,
            severity=severity,
            start=start,
            end=end,
            words=text[start:end],
            why=practice.why(code, told_in),
            better=practice.better(code, told_in),
        )
        for (code, start, end), severity in sorted(
            found.items(), key=lambda item: (item[0][1], item[0][2], item[0][0])
        )
    )


def components(text: str, language: str) -> frozenset[ToneCode]:
    """The parts of an apology (``C_…``) and the moves of a talk (``M_…``) that the text has.

    An apology that the same sentence makes conditional or takes back is none.
    """
    hits = _hits(text, language, Additions(), fault_open=False)
    return frozenset(hit.rule.code for hit in hits if not hit.rule.code.is_issue)


@dataclass(frozen=True)
class _Hit:
    rule: Rule
    place: tuple[int, int]


def _hits(text: str, language: str, extra: Additions, *, fault_open: bool) -> Iterator[_Hit]:
    rules = book(_base(language))
    if rules is None:
        return
    names = [[word.norm for word in words_of(name, rules.language)[0]] for name in extra.suppliers]
    read = [(sentence, _read(rules, sentence, names)) for sentence in split(text)]
    for number, (sentence, reading) in enumerate(read):
        following = read[number + 1][1] if number + 1 < len(read) else None
        yield from _hits_in(sentence, reading, following, fault_open=fault_open)


def _read(rules: Book, sentence: Sentence, names: list[list[str]]) -> Reading:
    words, marks = words_of(sentence.text, rules.language)
    return Reading(rules, with_names(words, names) if names else words, marks)


def _hits_in(
    sentence: Sentence, reading: Reading, following: Reading | None, *, fault_open: bool
) -> Iterator[_Hit]:
    found: list[tuple[Rule, range]] = []
    for rule in reading.candidates():
        if rule.only_fault_open and not fault_open:
            continue
        for start, end in reading.hits(rule):
            if not _holds(rule, reading, following):
                break
            found.append((rule, range(start, max(start + 1, end))))
    codes = {rule.code for rule, _ in found}
    taken: dict[ToneCode, set[int]] = {}
    for rule, covered in found:
        # Where two readings overlap, the first that stands is enough to show.
        if not rule.voided_by & codes and taken.setdefault(rule.code, set()).isdisjoint(covered):
            taken[rule.code].update(covered)
            place = sentence.place(reading.words[covered[0]].start, reading.words[covered[-1]].end)
            yield _Hit(rule, place)


def _holds(rule: Rule, reading: Reading, following: Reading | None) -> bool:
    if rule.unless is not None and reading.has(rule.unless):
        return False
    if rule.needs is not None and not reading.has(rule.needs):
        return False
    if any(map(reading.has, rule.spared)):
        return False
    return rule.then is None or (following is not None and following.has(rule.then))


def _base(language: str) -> str:
    return language.strip().lower().replace("_", "-").partition("-")[0]
