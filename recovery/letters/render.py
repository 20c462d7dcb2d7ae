"""Facts to a letter: subject, text and HTML with slots, and their hash. Writes and sends nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self

from .. import errors
from ..choices import ApologyPart
from ..rules.text import soft_line
from . import slots
from .compose import Block, compose, parts_of
from .dates import known_language
from .english import english_blocks
from .facts import LetterFacts
from .formatting import formatted
from .placeholders import values
from .to_html import html
from .to_text import plain_text
from .words import Words, load

#: Characters; mail programs show fewer, and the column of the letter holds no more.
_SUBJECT_LIMIT = 180
_BESIDE = frozenset({"small", "address"})


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """One letter with slots where its secrets will stand. This is what is stored."""

    subject: str
    text: str
    html: str
    slots: tuple[str, ...]
    parts: tuple[ApologyPart, ...]
    body_hash: str
    language: str
    blocks: tuple[Block, ...]
    #: The same in English, below; paper and what is counted know only ``blocks``.
    english: tuple[Block, ...] = ()

    @property
    def word_count(self) -> int:
        """Words of the letter itself: without certificate, address and reference. A mark alone is no word."""
        own = (block for block in self.blocks if not block.panel and block.layout not in _BESIDE)
        words = (
            word for block in own for line in block.lines for word in f"{line.label} {line.text}".split()
        )
        return sum(any(letter.isalnum() for letter in word) for word in words)

    def freeze(self, facts: LetterFacts) -> dict[str, Any]:
        """The facts as JSON, with the blocks from which this letter can be printed later."""
        return facts.to_json() | {
            "rendered_language": self.language,
            "blocks": [block.to_json() for block in self.blocks],
            "english": [block.to_json() for block in self.english],
        }

    @classmethod
    def thaw(cls, *, subject: str, text: str, html: str, frozen: Mapping[str, Any]) -> Self:
        """The letter again, from what was stored. Later changes of the words do not reach it.

        :raises LetterFailed: if it was frozen without its blocks and the words have changed since.
        """
        if "blocks" not in frozen:
            again = render(LetterFacts.from_json(frozen))
            if again.body_hash != body_hash(subject, text, html):
                raise errors.LetterFailed(problem="its words have changed since it was released")
            blocks, language, english = again.blocks, again.language, again.english
        else:
            blocks = tuple(Block.from_json(block) for block in frozen["blocks"])
            english = tuple(Block.from_json(block) for block in frozen.get("english", ()))
            language = frozen["rendered_language"]
        return cls(
            subject=subject,
            text=text,
            html=html,
            slots=slots.slots_in(text + html),
            parts=parts_of(blocks),
            body_hash=body_hash(subject, text, html),
            language=language,
            blocks=blocks,
            english=english,
        )


@dataclass(frozen=True, kw_only=True)
class Filled:
    """One letter as the guest gets it. Holds live secrets: never store or log it."""

    subject: str
    text: str
    html: str


def render(facts: LetterFacts, own: Mapping[str, Words] = MappingProxyType({})) -> Rendered:
    """The letter for these facts. The same facts and words give the same bytes.

    ``own``: a house's own words by language, used instead of the file of that language.

    :raises LetterFailed: if the words need something that the facts do not have.
    """
    language = known_language(facts.language)
    words = own.get(language) or load(facts.kind, language)
    found = values(facts, language)
    try:
        subject = soft_line(formatted(words.header.get("subject", ""), found) or "", _SUBJECT_LIMIT)
        preheader = formatted(words.header.get("preheader", ""), found) or ""
        blocks = compose(words.paragraphs, found, stance=facts.stance)
        english = english_blocks(facts, language, own)
    except errors.LetterFailed as failure:
        raise errors.LetterFailed(problem=f"{words.name}: {failure.params['problem']}") from None
    if not subject or not blocks:
        raise errors.LetterFailed(problem=f"{words.name}: it has no subject or no text for this stance")
    text = plain_text(blocks, language, english)
    as_html = html(facts, blocks, english, language=language, subject=subject, preheader=preheader)
    return Rendered(
        subject=subject,
        text=text,
        html=as_html,
        slots=slots.slots_in(text + as_html),
        parts=parts_of(blocks),
        body_hash=body_hash(subject, text, as_html),
        language=language,
        blocks=blocks,
        english=english,
    )


def fill(rendered: Rendered, secrets: Mapping[str, str]) -> Filled:
    """The letter with its secrets, at the moment of sending.

    :raises LetterFailed: if a slot has no usable value, or an unknown marker is left.
    """
    return Filled(
        subject=slots.fill_text(rendered.subject, {}),
        text=slots.fill_text(rendered.text, secrets),
        html=slots.fill_html(rendered.html, secrets),
    )


def preview(facts: LetterFacts) -> Filled:
    """The letter as it would be sent, by the same way, with secrets that are plainly not real."""
    rendered = render(facts)
    return fill(rendered, slots.sample_secrets(rendered.language))


def body_hash(subject: str, text: str, html: str) -> str:
    """SHA-256 of what the guest gets, slots unfilled."""
    return hashlib.sha256("\x1f".join((subject, text, html)).encode()).hexdigest()
