from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from recovery.choices import AlarmReason
from recovery.rules import watching

SAID = dt.datetime(2027, 7, 17, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def task(*, due_in: int = 30, **facts: Any) -> watching.Watched:
    values: dict[str, Any] = {"promised": True, "needs_yes": True, "asked_at": SAID}
    return watching.Watched(said_at=SAID, due_at=SAID + due_in * MINUTE, **(values | facts))


def look(**facts: Any) -> tuple[float, AlarmReason] | None:
    found = watching.next_look(task(**facts))
    return None if found is None else ((found.at - SAID) / MINUTE, found.reason)


def test_who_is_in_the_house_has_three_minutes_to_say_yes() -> None:
    assert look() == (3, AlarmReason.NOT_ACCEPTED)


def test_who_is_on_call_has_ten() -> None:
    assert look(on_call=True) == (10, AlarmReason.NOT_ACCEPTED)


def test_the_next_one_has_three_minutes_of_their_own() -> None:
    asked = SAID + 3 * MINUTE

    assert look(asked_at=asked, not_happening_at=asked) == (6, AlarmReason.NOT_ACCEPTED)


def test_who_said_yes_must_have_begun_within_ten_minutes() -> None:
    assert look(accepted_at=SAID + MINUTE) == (11, AlarmReason.NOT_STARTED)


def test_who_said_yes_and_did_not_begin_is_replaced_after_three_minutes() -> None:
    stalled = SAID + 11 * MINUTE

    found = look(accepted_at=SAID + MINUTE, not_happening_at=stalled, asked_at=stalled)

    assert found == (14, AlarmReason.NOT_ACCEPTED)


def test_with_everybody_asked_nobody_is_asked_again() -> None:
    at = SAID + 9 * MINUTE

    assert look(asked_at=at, not_happening_at=at, all_asked=True) == (22.5, AlarmReason.UNSENT_DELAY)


def test_three_quarters_through_the_guest_must_hear_of_a_delay() -> None:
    assert look(due_in=20, accepted_at=SAID, started_at=SAID) == (15, AlarmReason.UNSENT_DELAY)


def test_a_promise_whose_delay_was_told_is_looked_at_again_when_it_is_due() -> None:
    assert look(accepted_at=SAID, started_at=SAID, delay_warned=True) == (30, AlarmReason.MISSED)


def test_a_missed_promise_is_missed_once() -> None:
    assert look(accepted_at=SAID, started_at=SAID, delay_warned=True, missed=True) is None


def test_a_plan_for_tomorrow_asks_nobody_within_minutes() -> None:
    assert look(due_in=24 * 60) == (60, AlarmReason.NOT_ACCEPTED)


def test_a_plan_for_tomorrow_need_not_begin_at_once() -> None:
    assert look(due_in=24 * 60, accepted_at=SAID) == (18 * 60, AlarmReason.NOT_STARTED)


def test_a_step_that_nobody_was_told_about_rings_nobody() -> None:
    assert look(promised=False, needs_yes=False, asked_at=None) is None


moments = st.none() | st.integers(0, 600).map(lambda minutes: SAID + minutes * MINUTE)


@given(
    due_in=st.integers(1, 3000),
    asked_at=moments,
    on_call=st.booleans(),
    accepted_at=moments,
    started_at=moments,
    not_happening_at=moments,
    all_asked=st.booleans(),
    delay_warned=st.booleans(),
    missed=st.booleans(),
    promised=st.booleans(),
    needs_yes=st.booleans(),
)
def test_a_look_never_lies_before_the_promise_was_said(due_in: int, **facts: Any) -> None:
    found = watching.next_look(task(due_in=due_in, **facts))

    assert found is None or found.at > SAID


@given(due_in=st.integers(1, 3000), on_call=st.booleans())
def test_whoever_does_nothing_is_found_out_and_it_ends(due_in: int, on_call: bool) -> None:
    """Followed to its end with a chain of three, a neglected promise sets off a known number of looks."""
    facts: dict[str, Any] = {"asked_at": SAID, "on_call": on_call}
    reasons, left = [], 2
    while (found := watching.next_look(task(due_in=due_in, all_asked=left < 0, **facts))) is not None:
        reasons.append(found.reason)
        match found.reason:
            case AlarmReason.NOT_ACCEPTED:
                left -= 1
                facts |= {"asked_at": found.at, "not_happening_at": found.at}
            case AlarmReason.UNSENT_DELAY:
                facts["delay_warned"] = True
            case AlarmReason.MISSED:
                facts["missed"] = True

    assert sorted(reasons, key=str).count(AlarmReason.MISSED) == 1
    assert reasons.count(AlarmReason.UNSENT_DELAY) <= 1
    assert reasons.count(AlarmReason.NOT_ACCEPTED) == 3, "two more were asked, then the owner knows"
