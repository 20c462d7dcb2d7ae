"""Playbooks over HTTP: what holds at a house, who has read it, what was asked and answered."""

from __future__ import annotations

from typing import Any

import pytest

from recovery import actions
from recovery.choices import Category, GuestType
from recovery.models import Complaint, StaffMember
from recovery.models.permissions import VERB_PERMISSIONS
from recovery.rules.playbook.shipped import text_of
from tests import factories as make
from tests.actions import calls
from tests.factories import House

from .asking import Caller, at, make_caller, problem

HOUSE = "?property=QUAY"


def test_every_playbook_of_a_house_is_listed(caller: Caller) -> None:
    found = caller.get(at("playbooks") + HOUSE).json()

    assert [row["key"] for row in found] == [f"P{number:02d}" for number in range(1, 22)]
    assert found[1] == {
        "key": "P02",
        "version": 1,
        "source": "shipped",
        "category": "power",
        "title": "Power cut",
        "is_read": False,
    }
    assert [row["key"] for row in found if row["category"] == ""] == ["P15", "P21"]


def test_one_is_shown_with_steps_cards_and_questions_in_the_language_of_the_request(caller: Caller) -> None:
    path = at("playbook", playbook="P02") + HOUSE

    found = caller.get(path).json()
    danish = caller.get(path, **{"Accept-Language": "da"}).json()

    assert found["steps"][0]["title"].startswith("Lifts, alarms")
    assert all(step["can_do"] for step in found["steps"])
    assert [step["brief"] != "" for step in found["steps"]] == [
        step["visits_guest"] for step in found["steps"]
    ]
    assert found["questions"][0] == {"key": "when", "text": "When did it begin?", "kind": "text"}
    assert danish["title"] == "Strømsvigt"


def test_a_houses_own_words_are_shown_there(caller: Caller, quay: House) -> None:
    words = text_of("P03").replace('title = "Noise"', 'title = "Noise, as we do it"')
    actions.edit_playbook(by=quay.by_general_manager, playbook="P03", property_code="QUAY", words=words)

    found = caller.get(at("playbook", playbook="P03") + HOUSE).json()

    assert (found["title"], found["source"], found["version"]) == ("Noise, as we do it", "QUAY", 2)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("?property=", 400),
        ("?property=STRAND", 404),
        ("?property=%00", 400),
        ("?property=QUAY&colour=blue", 400),
    ],
)
def test_without_a_house_of_the_callers_nothing_is_shown(
    caller: Caller, strand: House, query: str, status: int
) -> None:
    for path in (at("playbooks"), at("playbook", playbook="P02")):
        assert problem(caller.get(path + query))["status"] == status


def test_a_playbook_that_we_do_not_ship_is_not_there(caller: Caller) -> None:
    assert problem(caller.get(at("playbook", playbook="P99") + HOUSE))["code"] == "not_found"
    body = {"property_code": "QUAY", "seen_version": 1}
    assert problem(caller.post(at("playbook-reading", playbook="P99"), body))["code"] == "playbook_unknown"


def test_reading_is_kept_once_with_the_callers_colleague(caller: Caller) -> None:
    path, body = at("playbook-reading", playbook="P02"), {"property_code": "QUAY", "seen_version": 1}

    first = caller.post(path, body, key="4711")
    second = caller.post(path, body, key="4711")

    assert (first.status_code, first.json()["is_read"]) == (200, True)
    assert (second.status_code, second.content) == (200, first.content)
    assert list(StaffMember.objects.get(name="Visitor").playbooks_read) == ["P02:shipped:1"]
    assert caller.get(at("playbooks") + HOUSE).json()[1]["is_read"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"property_code": "QUAY", "seen_version": 7}, 412, "playbook_changed"),
        ({"property_code": "STRAND", "seen_version": 1}, 404, "property_unknown"),
        ({"property_code": "QUAY"}, 400, "invalid"),
        ({"property_code": "QUAY", "seen_version": 1, "colour": "blue"}, 400, "invalid"),
    ],
)
def test_what_was_not_read_is_refused(
    caller: Caller, strand: House, body: dict[str, Any], status: int, code: str
) -> None:
    before = calls.contents()

    found = problem(caller.post(at("playbook-reading", playbook="P02"), body))

    assert (found["status"], found["code"]) == (status, code)
    assert calls.contents() == before


def test_reading_needs_its_own_permission(quay: House, hotel: Any) -> None:
    hotel.access = {"visitor": frozenset({"QUAY"})}
    caller = make_caller(*[name for name, _ in VERB_PERMISSIONS if name != "acknowledge_playbook"])

    found = problem(
        caller.post(at("playbook-reading", playbook="P02"), {"property_code": "QUAY", "seen_version": 1})
    )

    assert (found["status"], found["code"]) == (403, "not_allowed")


def test_a_complaint_says_what_to_ask_and_what_was_answered(caller: Caller, quay: House) -> None:
    complaint = make.make_complaint(house=quay, category=Category.POWER, guest_type=GuestType.BUSINESS)
    path = at("complaint", reference=complaint.reference)
    asked = caller.get(path).json()["questions"]
    assert asked[0] == {"key": "when", "text": "When did it begin?", "kind": "text"}

    response = caller.post(
        at("complaint-answers", reference=complaint.reference), {"answers": {"when": "at six"}}
    )

    assert response.status_code == 200
    (fact,) = response.json()["answers"]
    assert (fact["key"], fact["question"], fact["answer"], fact["by"]) == (
        "when",
        "When did it begin?",
        "at six",
        "Visitor",
    )
    assert Complaint.objects.get().answers[0]["answer"] == "at six"


def test_a_task_says_what_can_be_done_and_what_to_know_before_knocking(caller: Caller, quay: House) -> None:
    complaint = make.make_complaint(house=quay, category=Category.POWER)
    path = at("task", task=complaint.tasks.get(step_key="fix").pk)

    found = caller.get(path).json()
    danish = caller.get(path, **{"Accept-Language": "da"}).json()

    assert found["visits_guest"]
    assert "Say who you are" in found["brief"]
    assert found["can_do"] == ["Not within 30 minutes? Tell the desk now and move the guest"]
    assert {field["key"] for field in found["evidence_fields"]} == {"apologised", "guest_is"}
    assert danish["title"].startswith("Der er strøm igen")
    assert danish["brief"] != found["brief"]
