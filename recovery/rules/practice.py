"""Sentences to practise with: would you send this, why, and what would be better (S3-04).

The sentences are labelled by hand. Nobody's answers are kept: it is practice, and no examination.
"""

from __future__ import annotations

import functools
import json
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

LANGUAGES = ("en", "da")
PLAIN = "PLAIN"
#: Steps through the sentences so that neighbours, which are alike, do not follow each other.
_STRIDE = 97


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One labelled sentence."""

    language: str
    text: str
    #: What it has: ``C_`` and ``M_`` are good; everything else is a reason not to send it.
    codes: tuple[str, ...]

    @property
    def is_fit_to_send(self) -> bool:
        return all(is_good(code) for code in self.codes)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The codes that decide: what is wrong with it, else what is good about it."""
        wrong = tuple(code for code in self.codes if not is_good(code))
        return wrong or self.codes or (PLAIN,)


def is_good(code: str) -> bool:
    return code.startswith(("C_", "M_"))


@functools.cache
def sentences(language: str) -> tuple[Sentence, ...]:
    """The sentences of a language, mixed, always in the same order."""
    found = [
        Sentence(language=row["language"], text=row["text"], codes=tuple(row["codes"]))
        for row in map(json.loads, _file("sentences.jsonl").splitlines())
        if row["language"] == language
    ]
    count = len(found)
    stride = next((step for step in range(_STRIDE, _STRIDE + count) if _coprime(step, count)), 1)
    return tuple(found[number * stride % count] for number in range(count))


def why(code: str, language: str) -> str:
    """Why a sentence with this code is sent, or is not."""
    return _said(code, "why", language)


def better(code: str, language: str) -> str:
    """Words that would be sent instead; empty for what is good already."""
    return _said(code, "better", language)


@functools.cache
def reasons() -> dict[str, dict[str, str]]:
    """Code → words."""
    return tomllib.loads(_file("reasons.toml"))


def _said(code: str, name: str, language: str) -> str:
    words: dict[str, Any] = reasons().get(code, {})
    return str(words.get(f"{name}_{language}") or words.get(name, ""))


def _file(name: str) -> str:
    return (resources.files("recovery") / "practice" / name).read_text("utf-8")


def _coprime(first: int, second: int) -> bool:
    while second:
        first, second = second, first % second
    return first == 1
