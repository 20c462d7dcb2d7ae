from __future__ import annotations

import copy
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recovery.choices import Category, RemedyKey, Role
from recovery.errors import BadPlaybook, OwnershipFixed
from recovery.rules import playbook
from recovery.rules.playbook import Situation

GOOD: dict[str, Any] = {
    "key": "P90",
    "version": 1,
    "title": "A test",
    "category": "noise",
    "pre_approved": ["dinner"],
    "can_do": ["Listen at the door"],
    "steps": [
        {
            "key": "look",
            "title": "Go and look",
            "role": "SEC",
            "due": "10m",
            "evidence": [{"key": "seen", "label": "what was seen"}],
        }
    ],
}


def changed(**values: Any) -> dict[str, Any]:
    return copy.deepcopy(GOOD) | values


def with_step(**values: Any) -> dict[str, Any]:
    return changed(steps=[copy.deepcopy(GOOD["steps"][0]) | values])


def test_a_good_playbook_is_read() -> None:
    book = playbook.read(GOOD, key="p90.toml")

    assert (book.key, book.category, book.pre_approved) == (
        "P90",
        Category.NOISE,
        frozenset({RemedyKey.DINNER}),
    )
    assert book.steps[0].role is Role.SECURITY
    assert book.steps[0].before_deadline is True


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (changed(steps=[]), "no steps"),
        (changed(steps=None), "no steps"),
        (changed(steps="look"), "unknown step"),
        (changed(steps=[7]), "unknown step"),
        (changed(category="weather"), "weather"),
        (changed(pre_approved=["a car"]), "a car"),
        (changed(surprise=1), "surprise"),
        (changed(version="one"), "one"),
        (changed(key="P" * 13), "12"),
        ({k: v for k, v in GOOD.items() if k != "title"}, "title is missing"),
        (with_step(role="BOSS"), "BOSS"),
        (with_step(due="soon"), "soon"),
        (with_step(surprise=1), "surprise"),
        (with_step(title="t" * 201), "200"),
        (with_step(key="k" * 41), "40"),
        (with_step(fulfils="f" * 25), "24"),
        (with_step(evidence=[{"key": "x", "label": "x", "kind": "colour"}]), "bad evidence"),
        (with_step(evidence=[{"label": "x"}]), "bad evidence"),
        (with_step(evidence=["x"]), "bad evidence"),
        (with_step(when=["full_moon"]), "room_free"),
        (with_step(when="room_free"), "list"),
        (with_step(when=[["room_free"]]), "list"),
        (with_step(evidence=[{"key": "x", "label": "x"}, {"key": "x", "label": "y"}]), "same key"),
        (with_step(fulfils="magic"), "magic"),
        (with_step(before_deadline="no"), "before_deadline"),
        (with_step(visits_guest=True), "has no brief"),
        (with_step(visits_guest=True, brief="Knock.", fulfils="spoken_apology"), "never asked"),
        (with_step(after="elsewhere"), "no step elsewhere"),
        (with_step(after="look"), "comes after itself"),
        (with_step(repair=True), "nothing is left"),
        (with_step(repair=True, alternative=True), "at once"),
        (with_step(puts_back={"remedy": "gold"}), "gold"),
        (with_step(puts_back={"remedy": "refund", "percent": 0}), "percent"),
        (with_step(miracle=101), "101"),
        (with_step(miracle=10, puts_back={"remedy": "refund"}), "no miracle"),
        (with_step(title="two\nlines"), "nobody can see"),
        (with_step(title="a\u202eb"), "nobody can see"),
        (with_step(title=" "), "title is empty"),
        (with_step(can_do=["a", "b"], can_do_da=["a"]), "2 lines and can_do_da 1"),
        (changed(pre_approved=["refund"]), "without any limit"),
        (changed(overlay=True), "and not both"),
        (changed(category=None, overlay=False), "and not both"),
        (changed(version=0), "version"),
        (changed(version=True), "version"),
        (changed(can_do=[]), "nothing can be done now"),
        (changed(questions=[{"key": "when"}]), "text is missing"),
        (changed(questions=[{"key": "when", "text": "When?", "kind": "colour"}]), "colour"),
        (changed(questions=[{"key": "a", "text": "?"}, {"key": "a", "text": "?"}]), "two questions"),
        (changed(guest_types={"giant": {}}), "giant"),
        (changed(guest_types={"family": {"first": ["nobody"]}}), "no step nobody"),
        (changed(guest_types={"family": {"change": {"nobody": {}}}}), "no step nobody"),
        (changed(guest_types={"family": {"change": {"look": {"due": "20m"}}}}), "not sooner"),
        (changed(guest_types={"family": {"change": {"look": {"puts_back": {}}}}}), "unknown key: puts_back"),
        (changed(steps=[GOOD["steps"][0], GOOD["steps"][0]]), "same key"),
    ],
)
def test_a_playbook_with_a_slip_is_refused_and_the_slip_named(data: dict[str, Any], word: str) -> None:
    with pytest.raises(BadPlaybook) as refusal:
        playbook.read(data, key="p90.toml")

    assert word in refusal.value.sentence
    assert "p90.toml" in refusal.value.sentence


def test_with_a_room_free_only_the_steps_for_that_are_taken() -> None:
    look = GOOD["steps"][0]
    steps = [look, {**look, "key": "check_in", "when": ["room_free"]}]
    book = playbook.read(changed(steps=steps), key="p90.toml")

    assert [step.key for step in Situation(room_free=True).choose(book.steps)] == ["check_in"]
    assert [step.key for step in Situation().choose(book.steps)] == [look["key"]]


@pytest.mark.parametrize(
    ("name", "situation", "other"),
    [
        ("event_today", Situation(event_today=True), Situation()),
        ("no_event_today", Situation(), Situation(event_today=True)),
        ("before_travel", Situation(before_travel=True), Situation()),
        ("more_nights", Situation(), Situation(more_nights=False)),
    ],
)
def test_a_step_with_a_condition_is_taken_only_then(
    name: str, situation: Situation, other: Situation
) -> None:
    book = playbook.read(with_step(when=[name]), key="p90.toml")

    assert situation.choose(book.steps) and not other.choose(book.steps)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(GOOD)), plain)
def test_whatever_stands_in_a_playbook_is_read_or_refused(name: str, value: Any) -> None:
    try:
        playbook.read(changed(**{name: value}), key="p90.toml")
    except BadPlaybook as refusal:
        assert refusal.sentence


@given(st.sampled_from(sorted(GOOD["steps"][0])), plain)
def test_whatever_stands_in_a_step_is_read_or_refused(name: str, value: Any) -> None:
    try:
        playbook.read(with_step(**{name: value}), key="p90.toml")
    except BadPlaybook as refusal:
        assert refusal.sentence


def test_a_step_of_one_guest_alone_puts_nothing_back() -> None:
    extra = {"key": "more", "title": "More", "role": "FD", "due": "5m", "puts_back": {"remedy": "refund"}}

    with pytest.raises(BadPlaybook, match="for this guest alone"):
        playbook.read(changed(guest_types={"family": {"extra": [extra]}}), key="p90.toml")


def test_steps_that_wait_for_each_other_are_named_in_their_circle() -> None:
    first = copy.deepcopy(GOOD["steps"][0]) | {"after": "second"}
    second = copy.deepcopy(GOOD["steps"][0]) | {"key": "second", "after": "third"}
    third = copy.deepcopy(GOOD["steps"][0]) | {"key": "third", "after": "look"}

    with pytest.raises(BadPlaybook, match="look → second → third → look"):
        playbook.read(changed(steps=[first, second, third]), key="p90.toml")


@pytest.mark.parametrize("name", ["owner", "ownership", "owner_required", "Ownership"])
@pytest.mark.parametrize("place", ["playbook", "step"])
def test_ownership_cannot_be_switched_off(name: str, place: str) -> None:
    data = changed(**{name: False}) if place == "playbook" else with_step(**{name: "none"})

    with pytest.raises(OwnershipFixed) as refusal:
        playbook.read(data, key="p90.toml")

    assert refusal.value.code == "ownership_fixed"
    assert "take that line out" in refusal.value.sentence


def test_every_problem_is_named_and_not_only_the_first() -> None:
    data = with_step(role="BOSS", due="soon", title="") | {"surprise": 1}

    found = playbook.find_problems(data)

    assert {problem.path[-1] for problem in found} == {"role", "due", "title", "surprise"}
    assert all(problem.fix for problem in found)


@pytest.mark.parametrize("data", [None, [], "steps", 7, {}])
def test_what_is_no_playbook_at_all_is_refused(data: Any) -> None:
    with pytest.raises(BadPlaybook, match="empty"):
        playbook.read(data, key="p90.toml")


TEXT = """key = "P90"
version = 1
title = "A test"
category = "noise"
can_do = ["Listen"]

[[steps]]
key = "look"
title = "Go"
role = "SEC"
due = "10m"

[[steps]]
key = "speak"
title = "Speak"
role = "FD"
due = "soon"

[guest_types.family]
first = ["nobody"]

[guest_types.family.change.look]
due = "1h"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 3),
        (("steps", 0, "role"), 10),
        (("steps", 1, "due"), 17),
        (("steps", 1, "detail"), 13),
        (("guest_types", "family", "first"), 20),
        (("guest_types", "family", "change", "look", "due"), 23),
    ],
)
def test_a_problem_is_found_at_its_line(path: tuple[Any, ...], line: int) -> None:
    assert playbook.line_of(TEXT, path) == line


def test_the_lines_of_all_problems_of_a_text() -> None:
    found = playbook.find_problems(tomllib.loads(TEXT))

    assert [playbook.line_of(TEXT, problem.path) for problem in found] == [17, 23, 20]


def test_words_of_another_language_stand_beside_and_step_in_for_none() -> None:
    step = playbook.read(with_step(title_da="Gå hen"), key="p90.toml").steps[0]

    assert step.told("title", "da") == step.told("title", "da-dk") == "Gå hen"
    assert step.told("title", "en") == step.told("title", None) == step.told("title", "fr") == "Go and look"
