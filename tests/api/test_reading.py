"""Lists and single records: what is shown, what a list can be narrowed by, how it goes on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery.actions.links import code_of, secrets_for
from recovery.choices import Category, Channel, Layer
from recovery.models import Certificate, Complaint, Letter, OutboxMessage
from tests import factories as make
from tests.actions import travel
from tests.factories import House

from .asking import Caller, at, make_caller, problem

LISTS = ("complaints", "staff", "tasks", "letters", "compensations", "certificates")
OF_COMPLAINT = (
    "parties",
    "timeline",
    "contacts",
    "tasks",
    "letters",
    "spoken-apologies",
    "compensations",
    "certificates",
)


@pytest.fixture
def story(quay: House, complaint: Complaint) -> Complaint:
    """A complaint with one of everything."""
    make.make_apology(house=quay, complaint=complaint)
    make.apologise(house=quay, complaint=complaint)
    make.make_compensation(house=quay, complaint=complaint)
    return complaint


def rows(caller: Caller, name: str, query: str = "", **where: Any) -> list[dict[str, Any]]:
    response = caller.get(f"{at(name, **where)}?{query}")
    assert response.status_code == 200, response.content
    found: list[dict[str, Any]] = response.json()["results"]
    return found


def test_a_complaint_is_shown_with_its_version_and_nothing_internal(
    caller: Caller, complaint: Complaint
) -> None:
    Complaint.objects.update(internal_cause="Priya was drunk", supplier="Cheap Rooms Ltd")

    response = caller.get(at("complaint", reference=complaint.reference))

    found = response.json()
    assert response.headers["ETag"] == f'"{found["version"]}"'
    assert (found["state"], found["category"], found["severity"]) == ("recovering", "lost_reservation", 5)
    assert found["owner"]["name"] == "Tom Ridley"
    assert found["opened_at"] == "2027-07-17T11:12:00Z"
    assert found["nightly_rate"] == "168.0000"
    assert not {"id", "internal_cause", "supplier"} & set(found)
    assert b"Priya" not in response.content and b"Cheap" not in response.content


def test_a_reference_in_small_letters_is_the_same_complaint(caller: Caller, complaint: Complaint) -> None:
    response = caller.get(at("complaint", reference=complaint.reference.lower()))

    assert response.json()["reference"] == complaint.reference


@pytest.mark.parametrize("name", LISTS)
def test_every_list_shows_what_there_is(caller: Caller, story: Complaint, name: str) -> None:
    assert rows(caller, name)


@pytest.mark.parametrize("part", OF_COMPLAINT)
def test_every_part_of_a_complaint_can_be_read(
    caller: Caller, quay: House, story: Complaint, part: str
) -> None:
    other = make.make_complaint(house=quay, summary="Another story")

    found = rows(caller, f"complaint-{part}", reference=story.reference)
    others = rows(caller, f"complaint-{part}", reference=other.reference)

    assert found
    assert not {_key(row) for row in found} & {_key(row) for row in others}


def _key(row: dict[str, Any]) -> Any:
    return row.get("id") or row["uuid"]


@pytest.mark.parametrize("name", ["task", "letter", "compensation", "certificate"])
def test_a_single_record_is_the_row_of_its_list(caller: Caller, story: Complaint, name: str) -> None:
    row = rows(caller, f"{name}s")[0]
    key = row["uuid"] if name == "certificate" else row["id"]

    found = caller.get(at(name, **{name: key})).json()

    assert row.items() <= found.items()


def test_a_letter_is_shown_with_its_secrets_masked(caller: Caller, story: Complaint) -> None:
    letter = Letter.objects.get(kind="apology_letter")

    response = caller.get(at("letter", letter=letter.pk))

    found = response.json()
    assert "[certificate_code]" in found["text"] and "[certificate_link]" in found["text"]
    assert (found["state"], found["delivery"], found["complaint"]["reference"]) == (
        "released",
        "due",
        story.reference,
    )
    assert not {"html", "facts", "body_hash"} & set(found)
    assert all(secret.encode() not in response.content for secret in secrets_for(letter).values())


def test_a_delivery_that_failed_is_seen(caller: Caller, story: Complaint) -> None:
    OutboxMessage.objects.update(state="dead")

    assert {row["delivery"] for row in rows(caller, "letters")} == {"dead"}


def test_a_certificate_is_shown_by_its_last_four_with_its_ledger(
    caller: Caller, quay: House, story: Complaint
) -> None:
    certificate = Certificate.objects.get()
    make.make_entry(house=quay, certificate=certificate)

    response = caller.get(at("certificate", certificate=certificate.uuid))

    found = response.json()
    assert (found["state"], found["last_four"], found["nights_left"]) == ("used", certificate.last_four, 0)
    assert [(e["kind"], e["nights"]) for e in found["entries"]] == [("issue", 1), ("redeem", -1)]
    assert code_of(certificate).encode() not in response.content
    assert not {"code_digest", "key_id", "issue_key"} & set(found)


def test_history_is_told_oldest_first(caller: Caller, complaint: Complaint) -> None:
    kinds = [row["kind"] for row in rows(caller, "complaint-timeline", reference=complaint.reference)]

    assert kinds[0] == "complaint.opened"


# --- narrowing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("category=noise", {"Noise"}),
        ("category=lost_reservation", {"Lost"}),
        ("severity=5", {"Lost"}),
        ("open=true", {"Lost", "Noise"}),
        ("open=false", {"Closed"}),
        ("overdue=true", {"Lost"}),
        ("overdue=false", {"Noise", "Closed"}),
        ("abandoned=true", set()),
        ("property=QUAY&category=noise", {"Noise"}),
        ("property=STRAND", set()),
        ("stay=Q10383", {"Noise"}),
        ("guest=4", {"Noise"}),
        ("opened_from=2027-07-18", {"Noise"}),
        ("opened_to=2027-07-17", {"Lost", "Closed"}),
        ("search=noise", {"Noise"}),
        ("search=whitfield%20lost", {"Lost"}),
        ("search=thornbury", {"Noise"}),
        ("search=100%25", set()),
        ("search=4183021997", {"Noise"}),
        ("owner=999999", set()),
    ],
)
def test_complaints_are_narrowed(caller: Caller, quay: House, query: str, expected: set[str]) -> None:
    closed = make.make_complaint(house=quay, summary="Closed", category=Category.SMELL)
    make.close(house=quay, complaint=closed)
    make.make_complaint(house=quay, summary="Lost")
    travel.later(days=1)
    make.make_complaint(
        house=quay, summary="Noise", category=Category.NOISE, stay_ref=make.BY_AGENCY, channel=Channel.EMAIL
    )

    assert {row["summary"] for row in rows(caller, "complaints", query)} == expected


@pytest.mark.parametrize(
    ("name", "query", "count"),
    [
        ("tasks", "promise=true", 1),
        ("tasks", "kind=promise", 1),
        ("tasks", "kind=other", 0),
        ("tasks", "due_before=2027-07-17T11:00:00Z", 0),
        ("tasks", "complaint=R-0000-0000", 0),
        ("letters", "draft=true", 1),
        ("letters", "draft=false", 1),
        ("letters", "by_hand=true", 0),
        ("letters", "kind=apology_letter", 1),
        ("compensations", "layer=make_whole", 1),
        ("compensations", "remedy=free_night", 1),
        ("compensations", "fulfilled=true", 1),
        ("certificates", "ended=true", 0),
        ("certificates", "ended=false", 1),
        ("certificates", "last_four=____", 0),
        ("certificates", "property=QUAY", 1),
    ],
)
def test_other_lists_are_narrowed(
    caller: Caller, quay: House, story: Complaint, name: str, query: str, count: int
) -> None:
    make.find_room(house=quay, complaint=story)
    make.make_task(complaint=story, by=quay.by_desk, told_guest=True)
    make.make_letter(house=quay, complaint=story, kind="walk_card", words=None)

    assert len(rows(caller, name, query)) == count


@pytest.mark.parametrize("name", ["tasks", "letters", "compensations", "certificates"])
def test_a_list_knows_a_reference_in_small_letters(caller: Caller, story: Complaint, name: str) -> None:
    assert rows(caller, name, f"complaint={story.reference.lower()}")


def test_tasks_are_open_or_not(caller: Caller, story: Complaint) -> None:
    both = [rows(caller, "tasks", f"open={word}") for word in ("true", "false")]

    assert all(both)
    assert {row["state"] for row in both[1]} == {"done"}
    assert sum(map(len, both)) == len(rows(caller, "tasks"))


# --- pages -------------------------------------------------------------------------------------


def test_pages_go_on_without_a_gap_while_complaints_are_added(caller: Caller, quay: House) -> None:
    for number in range(5):
        make.make_complaint(house=quay, summary=f"Story {number}")
    first = caller.get(f"{at('complaints')}?page_size=2").json()
    make.make_complaint(house=quay, summary="Opened meanwhile")

    second = caller.get(first["next"]).json()
    third = caller.get(second["next"]).json()

    seen = [row["summary"] for page in (first, second, third) for row in page["results"]]
    assert seen == ["Story 4", "Story 3", "Story 2", "Story 1", "Story 0"]
    assert third["next"] is None
    assert caller.get(third["previous"]).json()["results"] == second["results"]


def test_a_cursor_keeps_its_filters(caller: Caller, quay: House) -> None:
    for _ in range(3):
        make.make_complaint(house=quay, category=Category.NOISE)
        make.make_complaint(house=quay)

    first = caller.get(f"{at('complaints')}?page_size=2&category=noise").json()
    second = caller.get(first["next"]).json()

    assert [row["category"] for row in first["results"] + second["results"]] == ["noise"] * 3


# --- shut --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_nobody_signed_in_sees_nothing(client: Any, db: None, name: str) -> None:
    response = client.get(at(name))

    assert (response.status_code, problem(response)["code"]) == (403, "not_authenticated")


@pytest.mark.parametrize("name", LISTS)
def test_an_account_without_the_permission_sees_nothing(quay: House, name: str) -> None:
    response = make_caller("open_complaint", look=False).get(at(name))

    assert (response.status_code, problem(response)["code"]) == (403, "not_allowed")


def test_a_host_that_decides_by_house_is_obeyed(
    quay: House, strand: House, settings: Any, complaint: Complaint
) -> None:
    make.make_complaint(house=strand)
    settings.RECOVERY = {**settings.RECOVERY, "AUTHORIZE": "tests.api.test_reading.only_in_bristol"}
    caller = make_caller(username="host-decides", houses=())

    found = rows(caller, "complaints")
    parts = {row["complaint"]["property_code"] for row in rows(caller, "tasks")}

    assert [row["property_code"] for row in found] == ["QUAY"]
    assert parts == {"QUAY"}


def only_in_bristol(user: Any, verb: str, property_code: str) -> bool:
    """A host's own ``AUTHORIZE``: looking is allowed in one house, whatever the adapter says."""
    return property_code in ("", "QUAY")


def test_what_is_owed_is_written_with_its_decimals(caller: Caller, quay: House, complaint: Complaint) -> None:
    body = {"remedy": "refund", "layer": Layer.OWED.value, "what": "One night", "face": 168.5}

    response = caller.post(at("complaint-compensations", reference=complaint.reference), body)

    assert response.json()["face"] == "168.5000"


def test_a_moment_is_understood_with_any_offset(caller: Caller, quay: House, complaint: Complaint) -> None:
    due = (travel.now() + dt.timedelta(hours=2)).astimezone(travel.SKAGEN)

    response = caller.post(
        at("complaint-tasks", reference=complaint.reference),
        {"title": "Ring the church", "due_at": due.isoformat()},
    )

    assert due.isoformat().endswith("+02:00")
    assert response.json()["due_at"] == "2027-07-17T13:12:00Z"
