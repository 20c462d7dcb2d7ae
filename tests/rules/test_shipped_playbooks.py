"""The twenty-one playbooks that come with the package: complete, in both languages, equal in worth."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from recovery.choices import Category, GuestType, Role, Severity, Stance
from recovery.rules import playbook, severity
from recovery.rules.playbook.form import LANGUAGES
from recovery.rules.playbook.shipped import texts

BOOKS = list(playbook.shipped().values())
OVERLAYS = {"P15", "P21"}
MINUTE = dt.timedelta(minutes=1)
NOON = dt.datetime(2027, 7, 17, 12, tzinfo=dt.UTC)
WITH_VARIANT = [(book, kind) for book in BOOKS for kind in book.guest_types]

every_book = pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.key)
# Named by hand: the print of a book holds sets, whose order differs between workers.
every_variant = pytest.mark.parametrize(
    ("book", "kind"), [pytest.param(book, kind, id=f"{book.key}-{kind}") for book, kind in WITH_VARIANT]
)


def test_there_are_twenty_one_and_their_files_bear_their_keys() -> None:
    assert [book.key for book in BOOKS] == [f"P{number:02d}" for number in range(1, 22)]
    assert sorted(name[:3].upper() for name in texts()) == [book.key for book in BOOKS]


def test_every_kind_of_failure_has_one_and_overlays_have_none() -> None:
    kinds = [book.category for book in BOOKS if book.category is not None]

    assert sorted(kinds) == sorted(set(Category) - {Category.OTHER})
    assert {book.key for book in BOOKS if book.is_overlay} == OVERLAYS


@every_book
def test_every_step_has_something_that_can_be_done_now(book: playbook.Playbook) -> None:
    extra = [step for variant in book.guest_types.values() for step in variant.extra]

    for step in (*book.steps, *extra):
        assert playbook.guide_of(book, step)["can_do"], step.key


@every_book
def test_whoever_knocks_has_a_brief_and_answers_two_questions(book: playbook.Playbook) -> None:
    for step in book.steps:
        asked = {str(field["key"]) for field in playbook.evidence_of(step)}
        guide = playbook.guide_of(book, step)
        assert ({"apologised", "guest_is"} <= asked) == step.visits_guest
        assert bool(guide.get("brief")) == step.visits_guest


def test_engineers_always_knock_with_a_brief() -> None:
    visits = [
        step for book in BOOKS for step in book.steps if step.visits_guest and step.role is Role.ENGINEERING
    ]

    assert len(visits) >= 5


@every_book
def test_every_playbook_asks_has_cards_and_says_how_to_speak(book: playbook.Playbook) -> None:
    assert len(book.questions) >= 2
    assert len(book.cue_cards) >= 3
    assert book.stance
    assert book.make_whole
    assert book.goodwill


def test_the_walk_and_the_power_cut_have_a_miracle_with_a_budget() -> None:
    budgets = {book.key: [step.miracle for step in book.steps if step.miracle] for book in BOOKS}

    assert all(budgets[key] for key in ("P01", "P02"))
    assert all(0 < percent <= 30 for found in budgets.values() for percent in found)


# --- for which guest (S1-10) ----------------------------------------------------------------------


@every_variant
def test_the_worth_is_equal_for_every_guest(book: playbook.Playbook, kind: GuestType) -> None:
    plain, theirs = book.steps, playbook.steps_for(book, kind)

    assert playbook.worth_of(theirs) == playbook.worth_of(plain)
    assert sum(step.miracle for step in theirs) == sum(step.miracle for step in plain)


def test_there_is_worth_to_compare() -> None:
    assert sum(1 for book in BOOKS if playbook.worth_of(book.steps)) >= 15


@every_variant
def test_another_guest_is_met_differently(book: playbook.Playbook, kind: GuestType) -> None:
    plain, theirs = book.steps, playbook.steps_for(book, kind)

    assert book.guest_types[kind].suggest
    assert theirs != plain or [step.key for step in theirs][: len(book.guest_types[kind].first)] == list(
        book.guest_types[kind].first
    )


def test_the_same_failure_has_another_order_for_a_family_than_for_business() -> None:
    different = 0
    for book in BOOKS:
        family, business = (
            [step.key for step in playbook.steps_for(book, kind)]
            for kind in (GuestType.FAMILY, GuestType.BUSINESS)
        )
        suggested = [
            book.guest_types[k].suggest
            for k in (GuestType.FAMILY, GuestType.BUSINESS)
            if k in book.guest_types
        ]
        if len(suggested) == 2:
            assert suggested[0] != suggested[1], book.key
            different += family != business
    assert different >= 10


def test_accessible_needs_never_mean_stairs() -> None:
    said = [
        line
        for book in BOOKS
        if (variant := book.guest_types.get(GuestType.ACCESSIBLE)) is not None
        for line in variant.suggest
    ]

    assert len(said) >= 10
    assert any("never" in line.lower() and "stair" in line.lower() for line in said)


def test_a_guest_of_whom_nothing_is_known_gets_the_plain_playbook() -> None:
    for book in BOOKS:
        assert playbook.steps_for(book, GuestType.UNKNOWN) == book.steps


# --- the words ------------------------------------------------------------------------------------


TEXTS = {
    "title", "detail", "can_do", "brief", "text", "label", "suggest", "stance", "goodwill", "make_whole",
    "cue_cards",
}  # fmt: skip


def words_of(data: Any, path: str = "") -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """Every table of the file and the names of its texts."""
    if isinstance(data, Mapping):
        for name, value in data.items():
            if name in TEXTS:
                yield f"{path}.{name}", data, name
            else:
                yield from words_of(value, f"{path}.{name}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from words_of(value, f"{path}[{number}]")


@pytest.mark.parametrize("name", sorted(texts()))
def test_every_word_is_there_in_danish(name: str) -> None:
    for path, table, word in words_of(tomllib.loads(texts()[name])):
        for code in LANGUAGES:
            there = table.get(f"{word}_{code}")
            assert there, f"{name} {path}_{code}"
            if word not in ("label",):
                assert there != table[word], f"{name} {path} is not translated"


@pytest.mark.parametrize("name", sorted(texts()))
def test_no_staff_text_blames_or_sends_the_guest_away(name: str) -> None:
    # Words in quotes are what to say or never to say; a playbook may quote both.
    plain = re.sub(r"“[^”]*”", "", texts()[name].lower())
    unwanted = (
        "guest claims", "alleged", "supposedly", "calm down", "nothing we can do", "as soon as possible",
        "shortly", "our policy", "not our problem", "inconvenience", "ulejlighed", "snarest",
        "hurtigst muligt", "fald til ro", "ifølge vores",
    )  # fmt: skip

    assert [word for word in unwanted if word in plain] == []


@every_book
def test_a_step_fits_on_a_telephone(book: playbook.Playbook) -> None:
    for step in book.steps:
        assert len(step.title) <= 110, step.title
        assert len(step.told("title", "da")) <= 125, step.title


# --- severity and stance --------------------------------------------------------------------------

STARTS = {
    "P01": 5, "P02": 3, "P03": 3, "P04": 3, "P05": 3, "P06": 3, "P07": 1, "P08": 3, "P09": 5, "P10": 2,
    "P11": 2, "P12": 4, "P13": 1, "P14": 2, "P16": 2, "P17": 2, "P18": 4, "P19": 2, "P20": 2,
}  # fmt: skip


@pytest.mark.parametrize(("key", "grade"), STARTS.items())
def test_each_failure_starts_at_its_severity(key: str, grade: int) -> None:
    category = playbook.shipped()[key].category
    assert category is not None

    assert category in severity.RULES
    assert severity.starting_severity(category, chosen=None) == grade


@pytest.mark.parametrize("category", list(Category))
@pytest.mark.parametrize("kind", list(GuestType))
def test_circumstances_never_reach_five(category: Category, kind: GuestType) -> None:
    plain = severity.starting_severity(category, chosen=None)

    found = severity.starting_severity(category, chosen=None, guest_type=kind, has_deadline=True)

    assert found >= plain
    assert found < Severity.GRAVE or plain == Severity.GRAVE


@pytest.mark.parametrize(
    ("category", "kind", "has_deadline", "grade"),
    [
        (Category.SLOW_SERVICE, GuestType.UNKNOWN, True, 3),
        (Category.WIFI, GuestType.BUSINESS, True, 3),
        (Category.WIFI, GuestType.BUSINESS, False, 1),
        (Category.MISSED_PROMISE, GuestType.UNKNOWN, True, 4),
        (Category.NOT_AS_BOOKED, GuestType.ACCESSIBLE, False, 4),
        (Category.NOT_AS_BOOKED, GuestType.FAMILY, False, 2),
    ],
)
def test_what_hangs_on_it_makes_it_graver(
    category: Category, kind: GuestType, has_deadline: bool, grade: int
) -> None:
    found = severity.starting_severity(category, chosen=None, guest_type=kind, has_deadline=has_deadline)

    assert found == grade


def test_harm_starts_at_regret() -> None:
    for category in (Category.SAFETY, Category.PRIVACY):
        assert severity.rule_for(category).harm
        assert severity.rule_for(category).stance is Stance.REGRET


# --- the deadline ---------------------------------------------------------------------------------


def planned(
    key: str, *, minutes: int | None, kind: GuestType = GuestType.UNKNOWN
) -> dict[str, playbook.Planned]:
    book = playbook.shipped()[key]
    found = playbook.plan(
        playbook.steps_for(book, kind),
        playbook=key,
        now=NOON,
        start=NOON,
        zone="Europe/Copenhagen",
        deadline=None if minutes is None else NOON + minutes * MINUTE,
    )
    return {plan.step.key: plan for plan in found}


@pytest.mark.parametrize("key", [book.key for book in BOOKS if any(step.repair for step in book.steps)])
def test_when_the_guest_must_leave_first_the_repair_is_skipped_and_the_alternative_is_due_now(
    key: str,
) -> None:
    plan = planned(key, minutes=16)

    for step in playbook.shipped()[key].steps:
        assert plan[step.key].is_skipped or not step.repair, step.key
        if step.alternative:
            assert not plan[step.key].is_skipped
            assert plan[step.key].due.at == NOON


@every_book
def test_with_time_enough_nothing_is_skipped(book: playbook.Playbook) -> None:
    for minutes in (None, 60 * 24 * 30):
        assert not any(plan.is_skipped for plan in planned(book.key, minutes=minutes).values())


def test_the_edge_is_the_last_repair_and_the_buffer() -> None:
    # P02: the fix is due after 30 minutes, and the guest is ready 15 minutes before the deadline.
    assert not planned("P02", minutes=45)["fix"].is_skipped
    assert planned("P02", minutes=44)["fix"].is_skipped
    assert planned("P02", minutes=44)["engineer"].is_skipped


def test_what_waits_for_a_skipped_repair_is_skipped_with_it() -> None:
    assert planned("P02", minutes=20)["check_works"].is_skipped
    assert not planned("P02", minutes=20)["update"].is_skipped


def test_a_deadline_that_has_passed_skips_nothing() -> None:
    assert not any(plan.is_skipped for plan in planned("P02", minutes=-5).values())


def test_a_step_after_another_is_due_its_own_time_after_that_one() -> None:
    plan = planned("P02", minutes=None)

    assert plan["check_works"].due.at == plan["fix"].due.at + 5 * MINUTE
