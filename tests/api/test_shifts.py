"""The morning sheet, readiness and the end of a shift over HTTP: what the admin shows, and to whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery import actions
from recovery.choices import TaskKind
from recovery.hotel import StayStatus
from recovery.models import Complaint, StaffMember, Task
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories as make
from tests.actions import calls
from tests.factories import House
from tests.hotel_double import LOST as LOST_STAY

from .asking import Caller, at, make_caller, problem

THAT_DAY = dt.date(2027, 7, 20)
EVERY_VERB = [name for name, _label in VERB_PERMISSIONS]


def sheet(caller: Caller, query: str = "?property=QUAY", **headers: str) -> dict[str, Any]:
    response = caller.get(at("morning-sheet") + query, **headers)
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


def promised(house: House, title: str = "Another room", **given: Any) -> Complaint:
    """A complaint with a promise for today, so that it stands on the sheet."""
    complaint = make.make_complaint(house=house, category="noise", by=house.by_manager, **given)
    make.make_task(complaint=complaint, by=house.by_manager, told_guest=True, title=title, in_minutes=1)
    return complaint


# --- the morning sheet ---------------------------------------------------------------------------


def test_the_sheet_shows_what_was_promised(caller: Caller, quay: House) -> None:
    complaint = promised(quay)

    found = sheet(caller)

    assert (found["property_code"], found["knows_arrivals"], found["arrivals_note"]) == ("QUAY", True, "")
    section = next(section for section in found["sections"] if section["key"] == "promises")
    assert section["title"] == "Promised for today"
    line = next(line for line in section["lines"] if line["what"] == "Another room")
    assert (line["guest"], line["complaint"]) == ("Daniel Whitfield", complaint.reference)
    assert set(line) == {"room", "guest", "what", "note", "complaint", "marks"}


def test_who_comes_back_stands_on_the_sheet_of_that_day(caller: Caller, quay: House, hotel: Any) -> None:
    complaint = make.make_complaint(house=quay, category="noise")
    hotel.put(replace(LOST_STAY, ref="Q20000", status=StayStatus.BOOKED, arrival_on=THAT_DAY))

    found = sheet(caller, f"?property=QUAY&day={THAT_DAY}")

    arriving = next(section for section in found["sections"] if section["key"] == "arriving")
    assert [(line["what"], line["complaint"]) for line in arriving["lines"]] == [
        ("Q20000", complaint.reference)
    ]
    assert found["day"] == str(THAT_DAY)


def test_another_language_says_it_in_that_language(caller: Caller, quay: House) -> None:
    promised(quay)

    found = sheet(caller, **{"Accept-Language": "da"})

    assert {section["title"] for section in found["sections"]} <= {
        "Lovet til i dag",
        "I huset",
        "Rejser i dag",
    }


def test_a_hotel_system_that_is_down_leaves_the_rest(caller: Caller, quay: House, hotel: Any) -> None:
    promised(quay)
    hotel._stays = None  # because a host's adapter may break in any way

    found = sheet(caller)

    assert not found["knows_arrivals"]
    assert "did not answer" in found["arrivals_note"]
    assert found["sections"]


def test_a_hotel_system_that_cannot_tell_who_arrives_says_so(caller: Caller, hotel: Any) -> None:
    hotel.cannot = frozenset({"arrivals"})

    assert "look there for earlier guests" in sheet(caller)["arrivals_note"]


@pytest.mark.parametrize("name", ["morning-sheet", "readiness"])
@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?property=STRAND", 404, "property_unknown"),
        ("?property=NOWHERE", 404, "property_unknown"),
        ("?property=%00", 400, "invalid"),
        ("?property=QUAY&property=QUAY", 400, "invalid"),
        ("?property=QUAY&house=QUAY", 400, "invalid"),
    ],
)
def test_another_house_is_not_there_and_a_slip_is_refused(
    caller: Caller, strand: House, name: str, query: str, status: int, code: str
) -> None:
    found = problem(caller.get(at(name) + query))

    assert (found["status"], found["code"]) == (status, code)


@pytest.mark.parametrize(
    "query",
    ["", "?property=", "?property=QUAY&day=tomorrow", "?property=QUAY&day=2027-02-30",
     "?property=QUAY&day=1827-01-01", "?property=QUAY&day=9999-12-31", "?property=QUAY&day=2027-7-1"],
)  # fmt: skip
def test_a_sheet_of_no_house_or_no_day_is_refused(caller: Caller, query: str) -> None:
    assert problem(caller.get(at("morning-sheet") + query))["code"] == "invalid"


def test_a_complaint_about_the_reader_is_on_no_sheet(caller: Caller, quay: House) -> None:
    complaint = promised(quay, "Hidden one")
    assert "Hidden one" in str(sheet(caller))

    complaint.named_staff.add(StaffMember.objects.get(user=caller.user))

    assert "Hidden one" not in str(sheet(caller))


def test_a_department_sees_its_own_lines_as_in_the_admin(caller: Caller, quay: House) -> None:
    promised(quay)
    assert sheet(caller)["sections"]

    StaffMember.objects.filter(user=caller.user).update(roles=["LO"])

    assert sheet(caller)["sections"] == []


def test_a_host_that_lets_somebody_look_at_one_house_only_shows_no_other(
    quay: House, strand: House, settings: Any
) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "AUTHORIZE": "tests.api.test_shifts.only_strand"}
    promised(quay, "Hidden one")
    caller = make_caller(houses=("QUAY", "STRAND"))

    assert sheet(caller)["sections"] == []
    assert [row["property_code"] for row in caller.get(at("readiness")).json()] == ["STRAND"]
    assert caller.get(at("readiness") + "?property=QUAY").json() == []


def only_strand(user: Any, verb: str, property_code: str) -> bool:
    return property_code in ("", "STRAND")


def test_a_long_sheet_needs_as_many_queries_as_a_short_one(caller: Caller, quay: House) -> None:
    counts = []

    for _ in range(2):
        for number in range(4):
            guest = actions.GuestInput(
                name="Guest", phone=f"+44 117 496 0{Complaint.objects.count()}{number}0"
            )
            make.make_complaint(house=quay, category="wifi", stay_ref="", property_code="QUAY", guest=guest)
        with CaptureQueriesContext(connection) as queries:
            sheet(caller)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 14


# --- readiness -----------------------------------------------------------------------------------


def test_a_house_says_what_is_missing_and_how_to_put_it_right(
    caller: Caller, quay: House, strand: House
) -> None:
    (ready,) = caller.get(at("readiness")).json()
    assert (ready["property_code"], ready["ready"]) == ("QUAY", True)

    StaffMember.objects.update(on_duty=False)

    (found,) = caller.get(at("readiness") + "?property=QUAY").json()
    assert not found["ready"]
    line = next(line for line in found["lines"] if not line["ok"])
    assert (line["key"], line["found"]) == ("night manager", "no manager is on duty or on call")
    assert "on duty" in line["fix"]


def test_whoever_may_see_both_houses_is_told_of_both(quay: House, strand: House) -> None:
    group = make_caller(username="group", houses=())

    assert [row["property_code"] for row in group.get(at("readiness")).json()] == ["QUAY", "STRAND"]


@pytest.mark.parametrize("name", ["morning-sheet", "readiness"])
def test_whoever_may_not_look_is_shown_nothing(quay: House, name: str) -> None:
    caller = make_caller(*EVERY_VERB, look=False)

    found = problem(caller.get(f"{at(name)}?property=QUAY"))

    assert (found["status"], found["code"]) == (403, "not_allowed")


@pytest.mark.parametrize("name", ["morning-sheet", "readiness"])
def test_they_are_read_and_nothing_else(caller: Caller, name: str) -> None:
    assert problem(caller.post(at(name), {}))["code"] == "method_not_allowed"


# --- the end of a shift --------------------------------------------------------------------------

BODY: dict[str, Any] = {"property_code": "QUAY"}


@pytest.fixture
def path(quay: House) -> str:
    """The address of the desk, who has two complaints open."""
    for ref in (make.LOST, make.BY_AGENCY):
        make.make_complaint(house=quay, category="noise", stay_ref=ref)
    return at("staff-hand-over", staff=quay.desk.pk)


def test_everything_that_a_colleague_has_open_is_offered(caller: Caller, quay: House, path: str) -> None:
    response = caller.post(path, BODY | {"receiver": quay.manager.pk})

    assert response.status_code == 200, response.content
    found = response.json()
    assert found["giver"] == {"id": quay.desk.pk, "name": quay.desk.name}
    assert [offer["kind"] for offer in found["offers"]] == ["hand_over", "hand_over"]
    assert {offer["assignee"]["name"] for offer in found["offers"]} == {quay.manager.name}
    assert found["not_offered"] == []
    assert {complaint.owner for complaint in Complaint.objects.all()} == {quay.desk}


def test_what_nobody_can_take_is_named(caller: Caller, quay: House, path: str) -> None:
    StaffMember.objects.exclude(pk=quay.desk.pk).update(active_until="2020-01-01")

    found = caller.post(path, BODY).json()

    assert found["offers"] == []
    assert found["not_offered"] == list(Complaint.objects.order_by("pk").values_list("reference", flat=True))


def test_the_same_key_again_offers_nothing_more(caller: Caller, quay: House, path: str) -> None:
    first = caller.post(path, BODY, key="4711")
    again = caller.post(path, BODY, key="4711")
    assert (again.status_code, again.content) == (first.status_code, first.content)

    # What came in between is not what was asked for then.
    later = make.make_complaint(house=quay, category="wifi", stay_ref=make.RETURN)
    before = calls.contents()

    repeated = caller.post(path, BODY, key="4711").json()

    assert calls.contents() == before
    assert repeated["not_offered"] == [later.reference]


def test_the_same_key_for_somebody_else_is_refused(caller: Caller, quay: House, path: str) -> None:
    assert caller.post(path, BODY, key="4711").status_code == 200
    before = calls.contents()

    found = problem(caller.post(path, BODY | {"receiver": quay.general_manager.pk}, key="4711"))

    assert (found["status"], found["code"]) == (422, "request_key_reused")
    assert calls.contents() == before


@pytest.mark.parametrize(
    ("body", "headers", "status", "code"),
    [
        (BODY, {"Idempotency_Key": ""}, 400, "idempotency_key_missing"),
        (BODY, {"If_Match": '"1"'}, 400, "if_match_invalid"),
        ({}, {}, 400, "invalid"),
        ({"property_code": "STRAND"}, {}, 404, "property_unknown"),
        ({"property_code": ""}, {}, 404, "property_unknown"),
        (BODY | {"reciever": 1}, {}, 400, "invalid"),
        (BODY | {"receiver": 10**12}, {}, 400, "invalid"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    caller: Caller, strand: House, path: str, body: Any, headers: dict[str, str], status: int, code: str
) -> None:
    before = calls.contents()

    found = problem(caller.post(path, body, **headers))

    assert (found["status"], found["code"]) == (status, code)
    assert calls.contents() == before


def test_a_receiver_who_is_the_giver_or_works_elsewhere_is_a_slip(
    caller: Caller, quay: House, strand: House, path: str, hotel: Any
) -> None:
    hotel.access = {}
    before = calls.contents()

    own = problem(caller.post(path, BODY | {"receiver": quay.desk.pk}))
    elsewhere = problem(caller.post(path, BODY | {"receiver": strand.desk.pk}))

    assert (own["code"], elsewhere["code"]) == ("already_theirs", "owner_not_here")
    assert calls.contents() == before


def test_a_colleague_of_another_house_is_not_there(caller: Caller, quay: House, strand: House) -> None:
    make.make_complaint(house=strand, stay_ref=make.IN_HOUSE)
    before = calls.contents()

    for pk in (strand.desk.pk, 10**12):
        found = problem(caller.post(at("staff-hand-over", staff=pk), BODY))
        assert (found["status"], found["code"]) == (404, "not_found")

    assert calls.contents() == before


def test_without_the_permission_nothing_is_offered(quay: House, hotel: Any, path: str) -> None:
    hotel.access = {"visitor": frozenset({"QUAY"})}
    caller = make_caller(*[name for name in EVERY_VERB if name != "hand_over"])
    before = calls.contents()

    found = problem(caller.post(path, BODY))

    assert (found["status"], found["code"]) == (403, "not_allowed")
    assert calls.contents() == before


def test_a_complaint_about_the_caller_is_neither_offered_nor_named(
    caller: Caller, quay: House, path: str
) -> None:
    hidden = Complaint.objects.order_by("pk")[0]
    hidden.named_staff.add(StaffMember.objects.get(user=caller.user))

    response = caller.post(path, BODY)

    assert len(response.json()["offers"]) == 1
    assert hidden.reference not in response.content.decode()
    assert not Task.objects.filter(complaint=hidden, kind=TaskKind.HAND_OVER).exists()
