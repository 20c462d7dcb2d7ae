"""Which findings stop a letter, and which of these a named person may set aside with a reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, TypeVar

from ..choices import LetterFault, Severity, ToneCode, ToneSeverity

#: No reason makes these right: a bribe for a review, and a letter that was not finished.
NEVER = frozenset({ToneCode.REVIEW_PRESSURE.value, LetterFault.PLACEHOLDER_LEFT.value})
#: Kept by the release itself, with a refusal of their own.
ELSEWHERE = frozenset(
    {
        LetterFault.SAME_TEXT_AGAIN.value,
        LetterFault.NEEDS_SECOND_READER.value,
        LetterFault.NEEDS_GM.value,
    }
)
#: "Somebody is on the way" is a nuisance in a small matter. Where something was lost it is the next failure.
VAGUE_STOPS_FROM = Severity.TOUCHED


class Found(Protocol):
    """Anything that was found in a letter."""

    @property
    def code(self) -> str:
        """The rule."""

    @property
    def severity(self) -> ToneSeverity:
        """How grave the rule is by itself."""


F = TypeVar("F", bound=Found)


def graveness(code: str, by_itself: ToneSeverity, severity: Severity) -> ToneSeverity:
    """How grave a finding is in this case."""
    if code == ToneCode.VAGUE_PROMISE and severity >= VAGUE_STOPS_FROM:
        return ToneSeverity.BLOCK
    return by_itself


def stopping(found: Iterable[F]) -> list[F]:
    """The findings that keep a letter from going."""
    return [each for each in found if each.severity == ToneSeverity.BLOCK and each.code not in ELSEWHERE]


def is_final(codes: Collection[str]) -> bool:
    """Whether one of these cannot be set aside by anybody."""
    return not NEVER.isdisjoint(codes)
