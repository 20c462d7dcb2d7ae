"""Asking twice changes nothing: the same key gets the same answer, other input is refused."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import Any

import pytest
from django.db import models

from recovery import actions
from recovery.actions import Actor
from recovery.errors import AlreadyClosed, RecoveryError, RequestKeyReused, StalePage
from recovery.hotel import Stay, StayStatus
from recovery.models import Complaint, RequestKey
from tests import factories as make
from tests.factories import House

from . import calls, travel

KEYED = sorted(name for name in calls.CALLS if "request_key" in calls.parameters(name))
VERSIONED = sorted(name for name in calls.CALLS if "version" in calls.parameters(name))

#: Another value of one argument; verbs that only name a row have none.
OTHER: dict[str, dict[str, Any]] = {
    "accept_task": {"heard_by": "Tom"},
    "acknowledge": {"channel": "email"},
    "add_contact": {"words": "Something else"},
    "add_task": {"title": "Something else"},
    "break_task": {"reason": "another"},
    "close": {"outcome": "lost"},
    "confirm_restatement": {"restatement": "another"},
    "draft_letter": {"kind": "certificate"},
    "fulfil_compensation": {"proof": "another"},
    "grant_compensation": {"what": "another"},
    "issue_certificate": {"nights": 2},
    "keep_task": {"evidence": {"hotel": "another"}},
    "mark_solved": {"solution": "another"},
    "move_task": {"reason": "another"},
    "open_complaint": {"summary": "another"},
    "record_answers": {"answers": {"help": "a chair"}},
    "record_hand_delivery": {"at": travel.WEDDING},
    "record_spoken_apology": {"parts": ["repair"]},
    "redeem_certificate": {"nights": 2},
    "redeem_without_code": {"nights": 2},
    "release_letter": {"by_hand": True},
    "relink_guest": {"reason": "another"},
    "reopen": {"reason": "another"},
    "reverse_redemption": {"reason": "another"},
    "run_overlay": {"overlay": "P15"},
    "run_playbook": {"category": "noise"},
    "send_written_apology": {"nights": 0},
    "set_stance": {"stance": "responsibility"},
    "stop_letter": {"reason": "another"},
    "stop_writing": {"stop": False},
    "tell_guest": {"how": "another"},
    "void_certificate": {"reason": "another"},
    "withdraw_task": {"reason": "another"},
}


def actor_for(name: str, house: House, arguments: dict[str, Any]) -> Actor:
    if name == "stop_writing":
        return Actor.for_link(arguments["link"])
    return house.by_general_manager


def complaint_of(arguments: dict[str, Any]) -> Complaint:
    if "complaint" in arguments:
        return Complaint.objects.get(pk=arguments["complaint"].pk)
    row: Any = next(value for value in arguments.values() if isinstance(value, models.Model))
    owner = row if hasattr(row, "complaint") else row.certificate
    return Complaint.objects.get(pk=owner.complaint_id)


def test_every_verb_that_a_button_can_send_twice_takes_a_key() -> None:
    assert set(calls.CALLS) == set(KEYED)


@pytest.mark.parametrize("name", KEYED)
def test_the_same_key_gets_the_same_answer_and_changes_nothing(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    by = actor_for(name, quay, arguments)
    first = calls.verb(name)(by=by, request_key="form-1", **arguments)
    before = calls.contents()
    travel.later(seconds=30)

    again = calls.verb(name)(by=by, request_key="form-1", **arguments)

    assert again == first
    assert calls.contents() == before


@pytest.mark.parametrize("name", sorted(OTHER))
def test_the_same_key_with_other_input_is_refused(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    by = actor_for(name, quay, arguments)
    calls.verb(name)(by=by, request_key="form-1", **arguments)
    before = calls.contents()

    with pytest.raises(RequestKeyReused):
        calls.verb(name)(by=by, request_key="form-1", **(arguments | OTHER[name]))

    assert calls.contents() == before


def test_the_key_of_a_colleague_is_another_key(quay: House, complaint: Complaint) -> None:
    mine = make.make_task(complaint=complaint, by=quay.by_desk, request_key="form-1")

    theirs = make.make_task(complaint=complaint, by=quay.by_manager, title="another", request_key="form-1")

    assert mine != theirs


@pytest.mark.parametrize("name", VERSIONED)
def test_a_page_that_is_out_of_date_is_refused(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    seen = complaint_of(arguments).version
    actions.add_contact(
        complaint=complaint_of(arguments), by=quay.by_desk, kind="thanks", channel="phone", words="Thank you"
    )
    before = calls.contents()

    with pytest.raises(StalePage):
        calls.verb(name)(by=actor_for(name, quay, arguments), version=seen, **arguments)

    assert calls.contents() == before


@pytest.mark.parametrize("name", VERSIONED)
def test_the_version_that_was_seen_is_accepted_and_moves_on(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    complaint = complaint_of(arguments)

    calls.verb(name)(by=actor_for(name, quay, arguments), version=complaint.version, **arguments)

    assert Complaint.objects.get(pk=complaint.pk).version == complaint.version + 1


@pytest.mark.parametrize("name", VERSIONED)
def test_a_double_click_with_the_version_of_the_page_gets_the_first_answer(quay: House, name: str) -> None:
    arguments = calls.CALLS[name](quay)
    by = actor_for(name, quay, arguments)
    asked = {"version": complaint_of(arguments).version, "request_key": "form-1"}
    first = calls.verb(name)(by=by, **asked, **arguments)
    before = calls.contents()

    again = calls.verb(name)(by=by, **asked, **arguments)

    assert again == first
    assert calls.contents() == before


def test_a_refused_request_can_be_sent_again_with_its_key(quay: House, complaint: Complaint) -> None:
    def tell() -> Complaint:
        return actions.tell_guest(
            complaint=complaint, by=quay.by_manager, how="by phone", request_key="form-1"
        )

    with pytest.raises(RecoveryError):
        tell()
    make.solve(house=quay, complaint=complaint)

    assert tell().told_at is not None


def test_without_a_key_asking_twice_is_two_requests(quay: House, complaint: Complaint) -> None:
    for _ in range(2):
        make.make_task(complaint=complaint, by=quay.by_desk, title="the same")

    assert complaint.tasks.filter(title="the same").count() == 2


def test_an_empty_key_is_no_key(quay: House, complaint: Complaint) -> None:
    for _ in range(2):
        make.make_task(complaint=complaint, by=quay.by_desk, title="the same", request_key="")

    assert complaint.tasks.filter(title="the same").count() == 2


@pytest.mark.parametrize("key", ["k" * 1_000_000, "\ud800", "\0", "æ\u202e"])
def test_any_text_can_be_a_key(quay: House, complaint: Complaint, key: str) -> None:
    answers = {
        make.make_task(complaint=complaint, by=quay.by_desk, request_key=key, title="once").pk
        for _ in range(2)
    }

    assert len(answers) == 1


def test_a_key_that_a_verb_has_used_is_free_for_another_verb(quay: House, complaint: Complaint) -> None:
    make.solve(house=quay, complaint=complaint)
    actions.tell_guest(complaint=complaint, by=quay.by_manager, how="by phone", request_key="form-1")

    reopened = actions.reopen(
        complaint=complaint, by=quay.by_manager, reason="not right", request_key="form-1"
    )

    assert reopened.solved_at is None


def test_what_the_hotel_changed_between_two_clicks_is_no_other_input(quay: House, hotel: Any) -> None:
    arguments = calls.CALLS["open_complaint"](quay)
    first = actions.open_complaint(by=quay.by_desk, request_key="form-1", **arguments)
    hotel.put(
        Stay(
            ref=make.LOST,
            property_code="QUAY",
            guest=None,
            arrival_on=dt.date(2027, 7, 17),
            departure_on=None,
            status=StayStatus.IN_HOUSE,
        )
    )

    assert actions.open_complaint(by=quay.by_desk, request_key="form-1", **arguments) == first


def test_proof_may_come_as_any_mapping(quay: House, complaint: Complaint) -> None:
    task = complaint.tasks.get(step_key="substitute_room")

    done = actions.keep_task(
        task=task, by=quay.by_manager, evidence=MappingProxyType(make.ROOM), request_key="form-1"
    )

    assert done.evidence["confirmation"] == "LH-40718"


def test_the_answer_of_a_closed_door_stays_a_refusal(quay: House, complaint: Complaint) -> None:
    make.close(house=quay, complaint=complaint)

    for _ in range(2):
        with pytest.raises(AlreadyClosed):
            actions.mark_solved(complaint=complaint, by=quay.by_manager, solution="x", request_key="form-1")
    assert not RequestKey.objects.filter(verb="mark_solved", answer_pk="").exists()
