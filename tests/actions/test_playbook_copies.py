"""Edited copies: checked whole, for a house or the group, never for what runs already. And who read them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions
from recovery.actions import Actor
from recovery.actions.playbook_editing import problems_in
from recovery.choices import Category, Role
from recovery.errors import (
    BadPlaybook,
    NoStaffRecord,
    NotAllowed,
    NotEdited,
    OwnershipFixed,
    PlaybookChanged,
    PlaybookUnknown,
    PropertyUnknown,
    TextTooLong,
)
from recovery.models import Complaint, Playbook, StaffMember
from recovery.reports.unread_playbooks import unread_playbooks
from recovery.rules import playbook as rules
from recovery.rules.playbook.shipped import text_of
from tests import factories as make
from tests.factories import House

from . import calls, travel

#: Of P03: quiet_room's title is in it once.
OLD, NEW = "Go there, listen, stop it at the source", "Go there with the porter and stop it"


def words(**changes: str) -> str:
    found = text_of("P03")
    for old, new in (changes or {OLD: NEW}).items():
        assert old in found
        found = found.replace(old, new, 1)
    return found


def edit(house: House, by: Actor | None = None, *, code: str | None = None, **given: Any) -> Playbook:
    values: dict[str, Any] = {"playbook": "P03", "words": words()} | given
    values["property_code"] = house.code if code is None else code
    return actions.edit_playbook(by=by or house.by_general_manager, **values)


def noise(house: House) -> Complaint:
    return make.make_complaint(house=house, category=Category.NOISE)


def everywhere(house: House) -> Actor:
    """Somebody who works for every house."""
    return Actor.for_staff(make.make_staff(name="Ida Holm", roles=(Role.GENERAL_MANAGER,), houses=()))


def test_a_house_has_its_own_words_and_the_other_house_ours(quay: House, strand: House) -> None:
    row = edit(quay)

    assert noise(quay).tasks.get(step_key="stop").title == NEW
    assert noise(strand).tasks.get(step_key="stop").title == OLD
    assert (row.version, row.shipped_version, row.edited_by) == (2, 1, "Helen Marsh")
    assert row.edited_at == travel.now()


def test_the_house_beats_the_group_and_the_group_beats_the_shipped_one(quay: House, strand: House) -> None:
    edit(quay, everywhere(quay), code="", words=words(**{OLD: "As the group does it"}))
    edit(quay)

    assert noise(quay).tasks.get(step_key="stop").title == NEW
    assert noise(strand).tasks.get(step_key="stop").title == "As the group does it"


def test_what_runs_keeps_its_steps_its_version_and_its_words(quay: House) -> None:
    running = noise(quay)
    before = list(running.tasks.order_by("pk").values())

    edit(quay)

    again = Complaint.objects.get(pk=running.pk)
    assert list(again.tasks.order_by("pk").values()) == before
    assert (again.playbooks[0]["version"], again.playbooks[0]["source"]) == (1, "shipped")
    started = noise(quay)
    assert (started.playbooks[0]["version"], started.playbooks[0]["source"]) == (2, "QUAY")
    assert {task.playbook_version for task in started.tasks.filter(playbook_key="P03")} == {2}


def test_a_number_is_never_two_texts(quay: House) -> None:
    first = edit(quay)
    actions.restore_playbook(by=quay.by_general_manager, playbook="P03", property_code="QUAY")

    second = edit(quay, words=words(**{OLD: "Another way"}))

    assert (first.version, second.version) == (2, 3)
    assert Playbook.objects.filter(property_code="QUAY").count() == 2
    assert Playbook.objects.active().get() == second


def test_the_shipped_words_come_back_and_the_own_ones_are_kept(quay: House) -> None:
    edit(quay)

    row = actions.restore_playbook(by=quay.by_general_manager, playbook="P03", property_code="QUAY")

    assert not row.is_active
    assert row.retired_at == travel.now()
    assert noise(quay).tasks.get(step_key="stop").title == OLD
    with pytest.raises(NotEdited):
        actions.restore_playbook(by=quay.by_general_manager, playbook="P03", property_code="QUAY")


@pytest.mark.parametrize(
    ("broken", "refusal", "word"),
    [
        ("", BadPlaybook, "empty"),
        ("steps = [", BadPlaybook, "not TOML"),
        (words(**{'role = "SEC"': 'role = "BOSS"'}), BadPlaybook, "BOSS"),
        (words(**{'key = "P03"': 'key = "P04"'}), BadPlaybook, "key cannot be changed"),
        (words(**{'category = "noise"': 'category = "wifi"'}), BadPlaybook, "category cannot be changed"),
        (words(**{"version = 1": "ownership = false"}), OwnershipFixed, "always has an owner"),
        (words(**{"version = 1": "owner = 'nobody'"}), OwnershipFixed, "always has an owner"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_changes(
    quay: House, broken: str, refusal: type[BadPlaybook], word: str
) -> None:
    before = calls.contents()

    with pytest.raises(refusal, match=word):
        edit(quay, words=broken)

    assert calls.contents() == before


def test_a_circle_is_refused(quay: House) -> None:
    circle = words(
        **{'key = "thank"': 'key = "thank"\nafter = "stop"', 'key = "stop"': 'key = "stop"\nafter = "thank"'}
    )

    with pytest.raises(BadPlaybook, match="stop → thank → stop"):
        edit(quay, words=circle)


def test_the_editor_reads_every_problem_with_its_line() -> None:
    wrong = words(
        **{'role = "SEC"': 'role = "BOSS"', 'due = "15m"': 'due = "soon"', "version = 1": "colour = 1"}
    )

    found = problems_in(wrong, key="P03")

    lines = wrong.splitlines()
    assert ["colour" in lines[found[0][0] - 1], "BOSS" in lines[found[1][0] - 1]] == [True, True]
    assert "soon" in lines[found[2][0] - 1]
    assert len(found) == 3


def test_a_line_of_broken_toml_is_named() -> None:
    found = problems_in('key = "P03"\ntitle = "x\n', key="P03")

    assert found[0][0] == 2


@pytest.mark.parametrize("key", ["P99", "", "p03", "\x00", "P03\u202e"])
def test_a_playbook_that_is_not_ours_is_refused(quay: House, key: str) -> None:
    for call in (
        lambda: edit(quay, playbook=key),
        lambda: actions.restore_playbook(by=quay.by_manager, playbook=key, property_code="QUAY"),
        lambda: actions.acknowledge_playbook(
            by=quay.by_manager, playbook=key, property_code="QUAY", seen_version=1
        ),
    ):
        with pytest.raises(PlaybookUnknown):
            call()


def test_a_house_that_is_none_is_refused(quay: House) -> None:
    with pytest.raises(PropertyUnknown):
        edit(quay, everywhere(quay), code="NOWHERE")
    with pytest.raises(PropertyUnknown):
        actions.acknowledge_playbook(
            by=everywhere(quay), playbook="P03", property_code="QU\x00AY", seen_version=1
        )


def test_a_megabyte_is_refused(quay: House) -> None:
    with pytest.raises(TextTooLong):
        edit(quay, words="# " + "x" * 1_000_000)


def test_only_who_works_for_every_house_edits_for_every_house(quay: House) -> None:
    before = calls.contents()

    with pytest.raises(NotAllowed):
        edit(quay, code="")
    with pytest.raises(NotAllowed):
        actions.restore_playbook(by=quay.by_general_manager, playbook="P03", property_code="")

    assert calls.contents() == before


def test_a_house_is_edited_by_its_own_people_with_the_permission(
    quay: House, strand: House, hotel: Any
) -> None:
    hotel.access = {"ann": frozenset({"QUAY"}), "bob": frozenset({"QUAY"})}
    without = make.make_signed_in(username="bob", verbs=["run_playbook"])
    allowed = make.make_signed_in(username="ann", verbs=["edit_playbook", "restore_playbook"])

    for by, code in ((without, "QUAY"), (allowed, "STRAND"), (allowed, "")):
        with pytest.raises(NotAllowed):
            edit(quay, by, code=code)
    assert edit(quay, allowed).edited_by == "Ann"


def test_the_second_of_two_editors_reads_what_the_first_one_did(quay: House) -> None:
    edit(quay, seen_version=1)

    with pytest.raises(PlaybookChanged):
        edit(quay, seen_version=1, words=words(**{OLD: "Mine"}))

    assert Playbook.objects.active().get().read().steps[1].title == NEW


def test_pressing_twice_saves_once(quay: House) -> None:
    first = edit(quay, request_key="form-1")

    assert edit(quay, request_key="form-1") == first
    assert Playbook.objects.count() == 1


def test_a_copy_that_no_release_understands_steps_aside(quay: House) -> None:
    row = edit(quay)
    Playbook.objects.filter(pk=row.pk).update(data={**row.data, "steps": []})

    complaint = noise(quay)

    assert complaint.tasks.get(step_key="stop").title == OLD
    assert complaint.playbooks[0]["source"] == "shipped"
    assert Playbook.objects.in_force("QUAY", ["P03"])["P03"].broken == row


def test_a_newer_shipped_version_is_announced_beside_the_copy(quay: House) -> None:
    row = edit(quay)
    assert not row.is_behind

    # As it is once we ship the next version.
    Playbook.objects.filter(pk=row.pk).update(shipped_version=0)

    assert Playbook.objects.get(pk=row.pk).is_behind
    assert noise(quay).tasks.get(step_key="stop").title == NEW


def test_looking_up_all_of_them_takes_one_query(quay: House, django_assert_num_queries: Any) -> None:
    edit(quay)

    with django_assert_num_queries(1):
        found = Playbook.objects.in_force("QUAY")

    assert list(found) == list(rules.shipped())
    assert found["P03"].row is not None


# --- training (S1-11) -----------------------------------------------------------------------------


def read(by: Actor, house: House, key: str = "P03", version: int = 1) -> StaffMember:
    return actions.acknowledge_playbook(by=by, playbook=key, property_code=house.code, seen_version=version)


def names(house: House, key: str = "P03") -> set[str]:
    today = travel.now().date()
    return {row.person.name for row in unread_playbooks(house.code, today=today, key=key)}


def test_who_has_a_step_in_it_is_listed_until_it_is_read(quay: House) -> None:
    assert names(quay) == {"Asha Patel", "Tom Ridley", "Helen Marsh"}

    reader = read(quay.by_desk, quay)

    assert names(quay) == {"Tom Ridley", "Helen Marsh"}
    assert reader.playbooks_read == {"P03:shipped:1": travel.now().isoformat()}


def test_a_new_version_makes_everybody_unread_again(quay: House) -> None:
    for by in (quay.by_desk, quay.by_manager, quay.by_general_manager):
        read(by, quay)
    assert names(quay) == set()

    edit(quay)

    found = unread_playbooks("QUAY", today=travel.now().date(), key="P03")
    assert {row.person.name for row in found} == {"Asha Patel", "Tom Ridley", "Helen Marsh"}
    assert all(row.read_before for row in found)
    assert {row.playbook.book.version for row in found} == {2}


def test_the_other_house_is_not_asked_again(quay: House, strand: House) -> None:
    read(strand.by_desk, strand)

    edit(quay)

    assert "Asha Patel" not in names(strand)


def test_who_has_no_step_in_it_and_who_left_is_not_listed(quay: House) -> None:
    make.make_staff(name="Otto Berg", roles=(Role.FOOD_BEVERAGE,))
    make.make_staff(name="Gone Long", active_until=dt.date(2020, 1, 1))

    assert names(quay).isdisjoint({"Otto Berg", "Gone Long"})
    assert "Otto Berg" in names(quay, "P07")
    assert "Otto Berg" in names(quay, "P21")


def test_reading_is_kept_for_the_version_that_was_on_the_screen(quay: House) -> None:
    edit(quay)

    with pytest.raises(PlaybookChanged):
        read(quay.by_desk, quay, version=1)

    assert not StaffMember.objects.get(pk=quay.desk.pk).playbooks_read
    read(quay.by_desk, quay, version=2)
    assert list(StaffMember.objects.get(pk=quay.desk.pk).playbooks_read) == ["P03:QUAY:2"]


def test_reading_twice_keeps_the_first_date(quay: House) -> None:
    first = read(quay.by_desk, quay).playbooks_read
    travel.later(days=1)

    assert read(quay.by_desk, quay).playbooks_read == first


def test_an_account_without_a_colleague_cannot_have_read(quay: House) -> None:
    account = Actor.for_user(make.make_user(username="pms", verbs=["acknowledge_playbook"], is_staff=True))

    with pytest.raises(NoStaffRecord):
        read(account, quay)


def test_reading_needs_the_permission(quay: House) -> None:
    with pytest.raises(NotAllowed):
        read(make.make_signed_in(username="temp", verbs=["run_playbook"]), quay)


def test_the_report_takes_as_many_queries_for_fifty_people_as_for_three(
    quay: House, django_assert_num_queries: Any
) -> None:
    for number in range(50):
        make.make_staff(name=f"Colleague {number}")

    with django_assert_num_queries(2):
        found = unread_playbooks("QUAY", today=travel.now().date())

    assert len(found) > 50
