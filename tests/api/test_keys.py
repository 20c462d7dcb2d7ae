"""Idempotency-Key and If-Match: one effect for one wish, however often it is sent."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection

from recovery.models import Complaint, Task
from tests import factories as make
from tests.actions import calls
from tests.factories import House

from .asking import Caller, at, make_caller, problem

NOTE = {"title": "Ring the church", "due_at": "2027-07-17T14:00:00+01:00"}


@pytest.mark.parametrize(
    "key",
    ["x" * 256, "æ", "a\tb", '"', "\x7f", " ", '""', "one,two", "one, one", '"one", "two"', '"one","one"'],
)
def test_a_key_that_is_none_is_refused(caller: Caller, complaint: Complaint, key: str) -> None:
    before = calls.contents()

    response = caller.post(at("complaint-tasks", reference=complaint.reference), NOTE, key=key)

    refused = ("idempotency_key_missing", "idempotency_key_invalid")
    is_a_key = key == '"'  # odd, and yet one printable character
    assert (response.status_code == 201) if is_a_key else (problem(response)["code"] in refused)
    assert is_a_key or calls.contents() == before


def test_the_quotes_of_the_draft_standard_do_not_matter(caller: Caller, complaint: Complaint) -> None:
    path = at("complaint-tasks", reference=complaint.reference)

    first = caller.post(path, NOTE, key="wish 1")
    second = caller.post(path, NOTE, key='"wish 1"')

    assert first.json()["id"] == second.json()["id"]


def test_a_comma_in_quotes_is_a_part_of_the_key(caller: Caller, complaint: Complaint) -> None:
    path = at("complaint-tasks", reference=complaint.reference)

    ids = [
        caller.post(path, NOTE, key=key).json()["id"] for key in ('"desk 3, 1"', '"desk 3, 2"', '"desk 3, 1"')
    ]

    assert ids[0] == ids[2] != ids[1]


def test_a_client_is_told_what_a_client_can_do(caller: Caller, complaint: Complaint) -> None:
    path = at("complaint-tasks", reference=complaint.reference)
    caller.post(path, NOTE, key="1")

    reused = problem(caller.post(path, NOTE | {"title": "Ring the mosque"}, key="1"))
    stale = problem(caller.post(path, NOTE, If_Match='"0"'))

    assert "Make a new one" in reused["detail"]
    assert "as If-Match" in stale["detail"]
    assert not {word for answer in (reused, stale) for word in answer["detail"].split() if "page" in word}


def test_two_wishes_have_two_keys(caller: Caller, complaint: Complaint) -> None:
    path = at("complaint-tasks", reference=complaint.reference)

    ids = {caller.post(path, NOTE, key=key).json()["id"] for key in ("wish 1", "wish 2", "wish 1")}

    assert len(ids) == 2


def test_a_key_belongs_to_whoever_sent_it(caller: Caller, complaint: Complaint) -> None:
    path = at("complaint-tasks", reference=complaint.reference)
    colleague = make_caller("add_task", username="colleague")

    mine = caller.post(path, NOTE, key="1").json()
    theirs = colleague.post(path, NOTE, key="1").json()

    assert mine["id"] != theirs["id"]


def test_amounts_and_moments_count_by_value_not_by_spelling(caller: Caller, complaint: Complaint) -> None:
    path = at("complaint-compensations", reference=complaint.reference)
    body = {"remedy": "transport", "layer": "make_whole", "what": "Taxi", "face": "34"}

    first = caller.post(path, body, key="1")
    second = caller.post(path, body | {"face": 34.00}, key="1")

    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()


def test_a_refused_wish_can_be_sent_again_with_its_key(
    caller: Caller, quay: House, complaint: Complaint
) -> None:
    path = at("complaint-told", reference=complaint.reference)
    too_early = caller.post(path, {"how": "by telephone"}, key="1")
    make.solve(house=quay, complaint=complaint)

    response = caller.post(path, {"how": "by telephone"}, key="1")

    assert (too_early.status_code, problem(too_early)["code"]) == (409, "wrong_order")
    assert (response.status_code, response.json()["state"]) == (200, "told")


def test_the_answer_to_a_repetition_is_the_record_as_it_is_now(
    caller: Caller, quay: House, complaint: Complaint
) -> None:
    path = at("complaint-tasks", reference=complaint.reference)
    first = caller.post(path, NOTE, key="1").json()
    caller.post(at("task-withdrawal", task=first["id"]), {"reason": "not needed"})

    second = caller.post(path, NOTE, key="1").json()

    assert (first["id"], first["state"], second["state"]) == (second["id"], "said", "withdrawn")


def test_whoever_lost_the_permission_gets_no_old_answer(caller: Caller, complaint: Complaint) -> None:
    path = at("complaint-tasks", reference=complaint.reference)
    caller.post(path, NOTE, key="1")
    caller.user.user_permissions.clear()

    response = caller.post(path, NOTE, key="1")

    assert (response.status_code, problem(response)["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("version", ["1", 'W/"1"', '"1", "2"', '"x"', '""', '"9999999999"', "x" * 5_000])
def test_an_if_match_that_is_no_version_is_refused(
    caller: Caller, complaint: Complaint, version: str
) -> None:
    response = caller.post(
        at("complaint-solution", reference=complaint.reference), {"solution": "Done"}, If_Match=version
    )

    assert (response.status_code, problem(response)["code"]) == (400, "if_match_invalid")


def test_the_etag_of_a_page_is_its_if_match_until_somebody_acts(caller: Caller, complaint: Complaint) -> None:
    page = at("complaint", reference=complaint.reference)
    seen = caller.get(page).headers["ETag"]
    path = at("complaint-solution", reference=complaint.reference)

    first = caller.post(path, {"solution": "A room next door"}, If_Match=seen)
    second = caller.post(path, {"solution": "Another one"}, If_Match=seen)
    third = caller.post(path, {"solution": "Another one"}, If_Match=first.headers["ETag"])

    assert [first.status_code, second.status_code, third.status_code] == [200, 412, 200]
    assert caller.get(page).headers["ETag"] == third.headers["ETag"]


def test_any_version_will_do_for_a_star(caller: Caller, complaint: Complaint) -> None:
    response = caller.post(
        at("complaint-solution", reference=complaint.reference), {"solution": "Done"}, If_Match="*"
    )

    assert response.status_code == 200


def test_a_record_of_a_complaint_tells_the_version_for_its_verbs(
    caller: Caller, complaint: Complaint
) -> None:
    task = caller.post(at("complaint-tasks", reference=complaint.reference), NOTE).json()

    response = caller.post(
        at("task-acceptance", task=task["id"]), {}, If_Match=f'"{task["complaint"]["version"]}"'
    )

    assert response.status_code == 200
    assert response.json()["complaint"]["version"] == task["complaint"]["version"] + 1


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_with_one_key_have_one_effect(transactional_db: None, hotel: Any) -> None:
    house = make.make_house()
    complaint = make.make_complaint(house=house)
    caller = make_caller("add_task")
    path = at("complaint-tasks", reference=complaint.reference)
    cookies = caller.client.cookies
    seen: list[tuple[int, bytes]] = []

    def ask() -> None:
        each = Caller.__new__(Caller)
        each.client = type(caller.client)()
        each.client.cookies = cookies
        try:
            response = each.post(path, NOTE, key="one wish")
            seen.append((response.status_code, response.content))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 20
    assert {status for status, _ in seen} == {201}
    assert len({content for _, content in seen}) == 1
    assert Task.objects.filter(title=NOTE["title"]).count() == 1
