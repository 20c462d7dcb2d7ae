"""The same letter in English, for below one in a language that is only a guess."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from .compose import Block, compose
from .facts import LetterFacts
from .placeholders import values
from .words import Words, load

LANGUAGE = "en"


def english_blocks(facts: LetterFacts, language: str, own: Mapping[str, Words]) -> tuple[Block, ...]:
    """The paragraphs of the English text; none where the letter is English, or its language is known.

    What staff wrote stands there as they wrote it, unless they wrote what went wrong in English, too.
    The address is not said twice.

    :raises LetterFailed: if the words need something that the facts do not have.
    """
    told = facts.english_below
    if told is None or language == LANGUAGE:
        return ()
    signatory = dataclasses.replace(facts.signatory, title=told.signatory_title)
    english = dataclasses.replace(
        facts,
        language=LANGUAGE,
        signatory=signatory,
        answer_by=told.answer_by,
        promise_by=told.promise_by,
        english_below=None,
    )
    if facts.wrong_in_english:
        english = dataclasses.replace(
            english,
            wrong=facts.wrong_in_english,
            impact="",
            explanation="",
            repairs=(),
            changes="",
            own_sentence="",
        )
    words = own.get(LANGUAGE) or load(facts.kind, LANGUAGE)
    blocks = compose(words.paragraphs, values(english, LANGUAGE), stance=facts.stance)
    return tuple(block for block in blocks if block.medium != "paper" and block.layout != "address")
