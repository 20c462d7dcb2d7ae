from __future__ import annotations

import dataclasses

import pytest

from recovery.choices import ApologyPart, Lamp, LampGap, Stance
from recovery.rules import lamps
from recovery.rules.lamps import Facts

ADMITS = (ApologyPart.REGRET, ApologyPart.RESPONSIBILITY)
REGRETS = (ApologyPart.REGRET, ApologyPart.REPAIR)
ALL_DONE = Facts(
    stance=Stance.RESPONSIBILITY,
    heard=True,
    answered=True,
    apologies=(ADMITS,),
    solved=True,
    told=True,
    asked=True,
)


def missing(lamp: Lamp, **changed: object) -> tuple[LampGap, ...]:
    facts = dataclasses.replace(ALL_DONE, **changed)  # type: ignore[arg-type]  # because each test names one
    return next(state.missing for state in lamps.lamps_of(facts) if state.lamp is lamp)


def test_all_three_are_on_when_everything_was_done() -> None:
    assert [(state.lamp, state.is_on) for state in lamps.lamps_of(ALL_DONE)] == [
        (Lamp.HEARD, True),
        (Lamp.RESPECTED, True),
        (Lamp.HANDLED, True),
    ]


def test_none_is_on_because_somebody_opened_a_complaint() -> None:
    assert not any(state.is_on for state in lamps.lamps_of(Facts(stance=Stance.REGRET)))


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"answered": False}, LampGap.NO_ANSWER),
        ({"apologies": ()}, LampGap.NO_APOLOGY),
        ({"apologies": (REGRETS,)}, LampGap.APOLOGY_UNFIT),
        ({"promise_failed": True}, LampGap.PROMISE_FAILED),
    ],
)
def test_respected_goes_out_for_each_thing_that_is_missing(changed: dict[str, object], gap: LampGap) -> None:
    assert missing(Lamp.RESPECTED, **changed) == (gap,)


def test_one_apology_that_fits_is_enough() -> None:
    assert missing(Lamp.RESPECTED, apologies=(REGRETS, ADMITS)) == ()


def test_where_no_apology_is_owed_the_reason_stands_for_it() -> None:
    assert missing(Lamp.RESPECTED, apologies=(), no_apology_reason=True) == ()


@pytest.mark.parametrize(
    ("stance", "parts", "expected"),
    [
        (Stance.RESPONSIBILITY, ADMITS, True),
        (Stance.RESPONSIBILITY, REGRETS, False),
        (Stance.REGRET, REGRETS, True),
        (Stance.REGRET, ADMITS, True),
        (Stance.REGRET, (ApologyPart.REPAIR,), False),
    ],
)
def test_an_apology_fits_the_stance_or_not(
    stance: Stance, parts: tuple[ApologyPart, ...], expected: bool
) -> None:
    assert lamps.fits(stance, [str(part) for part in parts]) is expected


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"solved": False}, LampGap.NOT_SOLVED),
        ({"told": False}, LampGap.NOT_TOLD),
        ({"asked": False}, LampGap.NOT_ASKED),
    ],
)
def test_delivered_alone_is_not_handled(changed: dict[str, object], gap: LampGap) -> None:
    assert missing(Lamp.HANDLED, **changed) == (gap,)
