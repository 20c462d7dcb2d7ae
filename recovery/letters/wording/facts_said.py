"""No fact gets lost: own words are composed with every fact, without each, and held against ours.

Each placeholder gets a value that stands for itself, so what a letter says can be read off it. Where ours
say a fact, theirs must; where ours leave something out because it is not known yet, theirs must, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ... import errors
from ...choices import ApologyPart, LetterKind, Stance
from ..compose import Block, compose, parts_of
from ..formatting import Value, formatted
from ..placeholders import ALLOWED, CERTIFICATE, COMMON, LISTS
from ..validate import NEEDED_PARTS, stance_problems
from ..words import Words, load
from .form import Fault
from .reading import own_words

#: Who writes, and that it is somebody else than before (L14).
_ALSO = frozenset({"signatory_name", "earlier_signatory"})
_NAMES = ("guest_name", "guest_first_name")
#: They could admit what is not known yet.
_ONLY_WITH_RESPONSIBILITY = ("explanation", "changes")
#: Set by every verb that writes a letter, whether ours use them or not.
_ALWAYS = frozenset(
    {"hotel", "guest_name", "guest_first_name", "signatory_name", "signatory_first_name", "reference",
     "written_on"}
)  # fmt: skip
#: Present and absent together.
_AUTOMATIC = frozenset({"automatic", "stop_link"})
_MAP = frozenset({"walk_map_url", "walk_map_site"})
#: What a letter is written in before anybody has decided.
_UNDECIDED = ""


@dataclass(frozen=True)
class _Said:
    """What one composed letter says."""

    names: frozenset[str]
    parts: frozenset[ApologyPart]
    buttons: int


def faults(text: str, *, kind: LetterKind, language: str) -> Iterator[Fault]:
    """What would be lost, said too early, or keep a letter from being made. Each once."""
    words, ours = own_words(text, kind=kind, language=language), load(kind, language)
    if kind is LetterKind.APOLOGY:
        # Named by stance and part; a letter by itself would only show that one is missing.
        found = [problem.partition(": ")[2] for problem in stance_problems(words)]
        if found:
            yield from (("", errors.PartMissing(problem=problem)) for problem in found)
            return
    told: set[tuple[str, str]] = set()
    for stance, blank in _situations(kind, language):
        values = _values(kind, blank)
        for fault in _lost(words, ours, values, stance=stance, blank=blank):
            key = (
                type(fault[1]).__name__,
                str(fault[1].params.get("name") or fault[1].params.get("problem")),
            )
            if key not in told:
                told.add(key)
                yield fault


def _lost(
    words: Words, ours: Words, values: Mapping[str, Value], *, stance: str, blank: frozenset[str]
) -> Iterator[Fault]:
    try:
        wanted = _said(ours, values, stance)
    except errors.LetterFailed:
        return  # because no letter is made without that
    try:
        given = _said(words, values, stance)
    except errors.LetterFailed as failure:
        name = str(failure.params["problem"]).partition(" is missing")[0]
        yield f"{{{name}}}", errors.PlaceholderUnguarded(name=name)
        return
    when = f" in a letter without {{{min(blank)}}}" if blank else ""
    required = wanted.names - (COMMON - _ALSO)
    for name in sorted(required - given.names):
        yield "", errors.FactMissing(name=name, when=when)
    if not given.names & set(_NAMES):
        yield "", errors.FactMissing(name="guest_name", when=when)
    for name in _ONLY_WITH_RESPONSIBILITY:
        if stance == Stance.REGRET and name in given.names - wanted.names:
            yield f"{{{name}", errors.AdmitsTooEarly(words=f"{{{name}}}")
    needed = NEEDED_PARTS[Stance(stance)] if stance else set()
    for part in sorted((needed & wanted.parts) - given.parts):
        problem = f"nothing is marked [{part}] for the stance {stance}{when}"
        yield "", errors.PartMissing(problem=problem)
    if given.buttons > max(1, wanted.buttons):
        yield "[button]", errors.BadLetterText(problem="a mail has one button at most, and this has more")


def _said(words: Words, values: Mapping[str, Value], stance: str) -> _Said:
    """:raises LetterFailed: if a value is missing."""
    formatted(words.header.get("subject", ""), values)
    formatted(words.header.get("preheader", ""), values)
    blocks = compose(words.paragraphs, values, stance=stance)
    found = {name for name in values if any(_mark(name) in each for each in _texts(blocks))}
    return _Said(
        names=frozenset(found),
        parts=frozenset(parts_of(blocks)),
        buttons=sum(len(block.lines) for block in blocks if block.layout == "button"),
    )


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        for line in block.lines:
            yield f"{line.label} {line.text} {line.link}"


def _mark(name: str) -> str:
    # Control characters, because a text with one in it never gets here.
    return f"\x02{name}\x03"


def _values(kind: LetterKind, blank: frozenset[str]) -> dict[str, Value]:
    return {
        name: "" if name in blank else (_mark(name),) if name in LISTS else _mark(name)
        for name in ALLOWED[kind]
    }


@lru_cache(maxsize=128)
def _situations(kind: LetterKind, language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Stances, and what may be empty: nothing, each by itself, everything but each, everything."""
    optional = _optional(kind, language)
    every = frozenset().union(*optional)
    blanks = [frozenset[str](), *optional, every, *(every - one for one in optional)]
    return tuple(
        (stance, blank) for stance in (_UNDECIDED, *Stance.values) for blank in dict.fromkeys(blanks)
    )


def _optional(kind: LetterKind, language: str) -> list[frozenset[str]]:
    """What a letter of this kind may lack: whatever ours can do without, alone or with what it comes with."""
    groups = [group for group in (_AUTOMATIC, _MAP) if group <= ALLOWED[kind]]
    grouped = frozenset().union(*groups)
    if kind is LetterKind.APOLOGY:
        # What is in a certificate may be missing by itself, too; who has one has its code.
        groups.append(CERTIFICATE)
    ours = load(kind, language)
    found = []
    for name in sorted(ALLOWED[kind] - _ALWAYS):
        fails = any(_fails(ours, kind, name, stance) for stance in (_UNDECIDED, *Stance.values))
        if not fails and name not in grouped:
            found.append(frozenset({name}))
    return [*groups, *found]


def _fails(ours: Words, kind: LetterKind, name: str, stance: str) -> bool:
    try:
        _said(ours, _values(kind, frozenset({name})), stance)
    except errors.LetterFailed:
        return True
    return False
