"""An apology to be said: the same parts as the letter, in words for the mouth. Kept nowhere, sent nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .. import errors
from ..choices import ApologyPart
from .compose import Block, compose, parts_of
from .dates import known_language
from .facts import LetterFacts
from .placeholders import values
from .to_text import plain_text
from .words import load_part

NAME = "spoken_apology"


@dataclass(frozen=True, kw_only=True)
class Script:
    """What somebody says, in the language of the guest."""

    text: str
    parts: tuple[ApologyPart, ...]
    language: str
    blocks: tuple[Block, ...]


def script(facts: LetterFacts) -> Script:
    """The words to say for these facts.

    :raises LetterFailed: if the words need something that the facts do not have.
    """
    language = known_language(facts.language)
    try:
        blocks = compose(load_part(NAME, language), values(facts, language), stance=facts.stance)
    except errors.LetterFailed as failure:
        raise errors.LetterFailed(problem=f"{NAME} ({language}): {failure.params['problem']}") from None
    return Script(text=_text(blocks, language), parts=parts_of(blocks), language=language, blocks=blocks)


def _text(blocks: Iterable[Block], language: str) -> str:
    return plain_text(tuple(blocks), language, ())
