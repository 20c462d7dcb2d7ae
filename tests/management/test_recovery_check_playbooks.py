"""``manage.py recovery_check_playbooks``: every problem with its file or row, its step and the fix."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from recovery import actions
from recovery.models import Playbook
from recovery.rules.playbook.shipped import text_of
from tests import factories as make
from tests.factories import House


@pytest.fixture
def quay(db: None) -> House:
    return make.make_house()


def run(**options: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("recovery_check_playbooks", stdout=out, **options)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def copy_of(house: House) -> Playbook:
    return actions.edit_playbook(
        by=house.by_general_manager, playbook="P03", property_code=house.code, words=text_of("P03")
    )


def test_what_we_ship_has_no_problem(quay: House) -> None:
    assert run() == (0, "21 shipped, 0 edited, 0 problem(s).\n")


def test_a_copy_that_was_saved_has_no_problem(quay: House) -> None:
    copy_of(quay)

    assert run() == (0, "21 shipped, 1 edited, 0 problem(s).\n")


def test_a_broken_copy_is_named_with_row_line_step_and_fix(quay: House) -> None:
    row = copy_of(quay)
    words = row.text.replace('role = "SEC"', 'role = "BOSS"')
    data = {**row.data, "steps": [{**step, "role": "BOSS"} for step in row.data["steps"]]}
    Playbook.objects.update(text=words, data=data)
    line = 1 + next(i for i, each in enumerate(words.splitlines()) if "BOSS" in each)

    code, said = run()

    assert code == 1
    assert f"edited copy {row.pk} (QUAY, P03, version 2):{line}: step stop, role: unknown role: BOSS." in said
    assert "One of: EMP, FD" in said


def test_words_and_steps_that_have_parted_are_named(quay: House) -> None:
    row = copy_of(quay)
    Playbook.objects.update(data={**row.data, "title": "Something else"})

    code, said = run()

    assert code == 1
    assert "the stored steps are not those of its text" in said


def test_a_newer_shipped_version_is_a_note_and_no_problem(quay: House) -> None:
    copy_of(quay)
    Playbook.objects.update(shipped_version=0)

    code, said = run()

    assert code == 0
    assert "note: edited copy" in said
    assert "version 1 is shipped by now" in said


def test_one_house_is_checked_with_the_group_and_without_the_others(quay: House) -> None:
    copy_of(quay)
    Playbook.objects.update(data={})

    assert run(property="STRAND")[0] == 0
    assert run(property="QUAY")[0] == 1


def test_what_is_out_of_force_is_not_asked_about(quay: House) -> None:
    copy_of(quay)
    actions.restore_playbook(by=quay.by_general_manager, playbook="P03", property_code="QUAY")
    Playbook.objects.update(data={})

    assert run()[0] == 0
