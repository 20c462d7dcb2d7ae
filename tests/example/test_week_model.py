"""The week's own model, against promises reckoned by hand; and that it copies from nobody."""

from __future__ import annotations

import ast
import datetime as dt
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "example_project"
sys.path.append(str(EXAMPLE))

from week import model  # noqa: E402 because the example is no installed package

EIGHT = dt.datetime(2027, 10, 31, 8, tzinfo=dt.UTC)
MARIA, OLGA, JOSEPH = 1, 2, 3


def after(minutes: float) -> dt.datetime:
    return EIGHT + dt.timedelta(minutes=minutes)


def found(
    *acts: model.Act, minutes: float = 20, on_call: frozenset[int] = frozenset()
) -> list[tuple[int, str, float, int]]:
    promise = model.Promise(task=9, said=EIGHT, due=after(minutes), first=MARIA, acts=list(acts))
    rows = model.course(
        promise,
        chain=lambda at: [MARIA, OLGA, JOSEPH],
        on_call=lambda who, at: who in on_call,
        until=after(24 * 60),
    ).alarms
    return [(row.level, row.reason, (row.due - EIGHT).total_seconds() / 60, row.asked) for row in rows]


def test_it_imports_neither_the_app_nor_django() -> None:
    tree = ast.parse((EXAMPLE / "week" / "model.py").read_text(encoding="utf-8"))
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert names == {"__future__", "collections.abc", "dataclasses", "datetime"}


def test_without_an_answer_everybody_is_asked_then_the_owner_is_warned_and_the_manager_rung() -> None:
    assert found() == [
        (1, "not accepted", 3, OLGA),
        (2, "not accepted", 6, JOSEPH),
        (3, "not accepted", 9, 0),
        (4, "delay", 15, 0),
        (5, "missed", 20, 0),
    ]


def test_who_is_at_home_has_ten_minutes() -> None:
    assert found(on_call=frozenset({MARIA}))[0] == (1, "not accepted", 10, OLGA)


def test_a_yes_without_a_beginning_asks_the_next_after_ten_minutes() -> None:
    assert found(model.Act(after(2), "yes", MARIA), model.Act(after(14), "ended")) == [
        (1, "not begun", 12, OLGA)
    ]


def test_what_is_done_in_time_rings_nobody() -> None:
    acts = [model.Act(after(1), "yes", MARIA), model.Act(after(2), "begun"), model.Act(after(14), "ended")]

    assert found(*acts) == []


def test_a_moved_promise_counts_from_the_move() -> None:
    acts = [
        model.Act(after(1), "yes", MARIA),
        model.Act(after(2), "begun"),
        model.Act(after(10), "moved", until=after(50)),
    ]

    assert found(*acts) == [(1, "delay", 40, 0), (2, "missed", 50, 0)]


@pytest.mark.parametrize("minutes", [241, 600])
def test_for_a_plan_the_chain_waits_an_hour(minutes: int) -> None:
    assert found(minutes=minutes)[0] == (1, "not accepted", 60, OLGA)


def test_an_alarm_that_was_asked_for_at_a_sweep_counts_from_that_sweep() -> None:
    promise = model.Promise(task=9, said=EIGHT + dt.timedelta(seconds=1), due=after(20), first=MARIA)

    rows = model.course(
        promise, chain=lambda at: [MARIA, OLGA, JOSEPH], on_call=lambda who, at: False, until=after(8)
    ).alarms

    assert [(row.due - EIGHT).total_seconds() for row in rows] == [181, 195 + 180]


def left(minutes: float, heir: int = JOSEPH) -> model.Act:
    return model.Act(after(minutes), "left", who=MARIA, heir=heir)


def yes(minutes: float) -> model.Act:
    return model.Act(after(minutes), "yes", who=MARIA)


def test_who_leaves_is_followed_by_somebody_who_has_yet_to_say_yes() -> None:
    assert found(yes(1), left(5), minutes=60)[:2] == [
        (1, "not accepted", 8, OLGA),
        (2, "not accepted", 11, 0),
    ]


def test_what_has_begun_goes_on_with_the_heir() -> None:
    begun = model.Act(after(2), "begun")

    assert found(yes(1), begun, left(5), minutes=60)[0] == (1, "delay", 45, 0)


def test_who_leaves_and_has_nothing_leaves_nothing() -> None:
    other = model.Act(after(5), "left", who=OLGA, heir=JOSEPH)

    assert found(yes(1), other, minutes=60)[0] == (1, "not begun", 11, OLGA)
