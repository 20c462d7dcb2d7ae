"""A letter beside itself in another language, for staff who do not read the guest's: our words translated,
theirs as they wrote them, and each marked as what it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from . import slots
from .compose import Block, compose
from .dates import known_language
from .facts import LIMITS, CertificateFacts, LetterFacts
from .own_words import retold, without_ours
from .placeholders import values
from .words import load, load_part

_HAND = ("wrong", "impact", "explanation", "changes", "own_sentence")
#: What stands at the end of every mail says nothing about this one.
_LEFT_OUT = frozenset({"small", "address"})


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph. ``by_hand``: a person wrote it for this guest."""

    text: str
    by_hand: bool = False


@dataclass(frozen=True)
class Passage:
    """One paragraph: its lines, each in pieces."""

    layout: str
    lines: tuple[tuple[Piece, ...], ...]


def in_language(facts: LetterFacts, language: str, *, title: str, spoken: str = "") -> tuple[Block, ...]:
    """The blocks of the same letter in that language. ``title``: of whoever signs, in that language.

    ``spoken``: the name of the words to say, where it is not the letter.

    :raises LetterFailed: if the words need something that the facts do not have.
    """
    code = known_language(language)
    theirs = _language(facts)

    def in_mine(text: str, name: str) -> str:
        said = retold(text, theirs, code)
        return said if len(said) <= LIMITS[name] else text

    told = dataclasses.replace(
        facts,
        wrong=in_mine(facts.wrong, "wrong"),
        impact=in_mine(facts.impact, "impact"),
        explanation=in_mine(facts.explanation, "explanation"),
        changes=in_mine(facts.changes, "changes"),
        own_sentence=in_mine(facts.own_sentence, "own_sentence"),
        repairs=tuple(in_mine(line, "repairs") for line in facts.repairs),
        certificate=_certificate(facts, in_mine),
        language=code,
        signatory=dataclasses.replace(facts.signatory, title=title),
        english_below=None,
    )
    paragraphs = load_part(spoken, code) if spoken else load(facts.kind, code).paragraphs
    return compose(paragraphs, values(told, code), stance=facts.stance)


def passages(blocks: Iterable[Block], facts: LetterFacts, language: str) -> tuple[Passage, ...]:
    """The paragraphs as staff read them: with made-up secrets, and in pieces."""
    written = (part for text in _hand(facts) for part in without_ours(text, _language(facts)))
    hand = sorted(written, key=len, reverse=True)
    secrets = slots.sample_secrets(language)
    return tuple(
        Passage(
            layout=block.layout,
            lines=tuple(
                tuple(_pieces(slots.fill_text(_line(line.label, line.text), secrets), hand))
                for line in block.lines
            ),
        )
        for block in blocks
        if block.layout not in _LEFT_OUT and block.medium != "paper"
    )


def _language(facts: LetterFacts) -> str:
    """The language in which the sentences of a letter were written."""
    return known_language(facts.language)


def _certificate(facts: LetterFacts, in_mine: Callable[[str, str], str]) -> CertificateFacts | None:
    given = facts.certificate
    return dataclasses.replace(given, why=in_mine(given.why, "why")) if given else None


def _hand(facts: LetterFacts) -> Iterable[str]:
    yield from filter(None, (getattr(facts, name) for name in _HAND))
    yield from facts.repairs
    if facts.certificate is not None and facts.certificate.why:
        yield facts.certificate.why


def _line(label: str, text: str) -> str:
    return f"{label}: {text}" if label else text


def _pieces(text: str, hand: list[str]) -> Iterable[Piece]:
    for words in hand:
        before, found, after = text.partition(words)
        if found:
            yield from _pieces(before, hand)
            yield Piece(words, by_hand=True)
            yield from _pieces(after, hand)
            return
    if text:
        yield Piece(text)
