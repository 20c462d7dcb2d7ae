"""Heard, respected, handled: three lamps, reckoned from facts. Nobody can switch one on.

A closed complaint whose guest was never told is not handled. One broken promise is the end of respected,
and so is one sentence that was stopped and went all the same, whatever was said afterwards.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ..choices import ApologyPart, Lamp, LampGap, Stance


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of one complaint."""

    stance: Stance
    #: The guest confirmed what we understood, or a reason says why that was not possible.
    heard: bool = False
    #: A named person answered; an automatic receipt is no answer.
    answered: bool = False
    #: The components of each apology that was not stopped on its way.
    apologies: tuple[Collection[str], ...] = ()
    no_apology_reason: bool = False
    #: A promise was broken, missed or kept late.
    promise_failed: bool = False
    #: Words that the tone rules stop were sent all the same.
    blamed: bool = False
    solved: bool = False
    told: bool = False
    asked: bool = False


@dataclass(frozen=True, kw_only=True)
class LampState:
    """One lamp, and what it still lacks."""

    lamp: Lamp
    missing: tuple[LampGap, ...]

    @property
    def is_on(self) -> bool:
        return not self.missing


def lamps_of(facts: Facts) -> tuple[LampState, ...]:
    """The three lamps, in the order in which they go on."""
    return (
        LampState(lamp=Lamp.HEARD, missing=() if facts.heard else (LampGap.NOT_CONFIRMED,)),
        LampState(lamp=Lamp.RESPECTED, missing=_respected(facts)),
        LampState(lamp=Lamp.HANDLED, missing=_handled(facts)),
    )


def fits(stance: Stance, parts: Collection[str]) -> bool:
    """Whether these words are an apology in this stance.

    Regret alone is too little where the mistake is ours. Who admitted more than was decided has apologised.
    """
    needed = ApologyPart.RESPONSIBILITY if stance == Stance.RESPONSIBILITY else ApologyPart.REGRET
    return needed in parts


def _respected(facts: Facts) -> tuple[LampGap, ...]:
    missing = []
    if not facts.answered:
        missing.append(LampGap.NO_ANSWER)
    if not facts.no_apology_reason and not any(fits(facts.stance, parts) for parts in facts.apologies):
        missing.append(LampGap.APOLOGY_UNFIT if facts.apologies else LampGap.NO_APOLOGY)
    if facts.promise_failed:
        missing.append(LampGap.PROMISE_FAILED)
    if facts.blamed:
        missing.append(LampGap.BLAMED)
    return tuple(missing)


def _handled(facts: Facts) -> tuple[LampGap, ...]:
    wanted = (
        (facts.solved, LampGap.NOT_SOLVED),
        (facts.told, LampGap.NOT_TOLD),
        (facts.asked, LampGap.NOT_ASKED),
    )
    return tuple(gap for is_there, gap in wanted if not is_there)
