"""Pages of a shift: the sheet, the log, the end of a shift, readiness."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from recovery import actions
from recovery.choices import Urgency
from recovery.models import Complaint, DutyLogEntry, StaffMember, Task
from tests import factories as make
from tests.admin.pages import LIST, hidden, page_of, text_of
from tests.factories import House

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha(quay: House, sign_in: Callable[..., Client]) -> Client:
    return sign_in(quay.desk, username="asha")


def test_the_queue_leads_to_the_pages_of_the_shift(asha: Client) -> None:
    page = text_of(asha, LIST)

    for name in ("morning-sheet", "duty-log", "shift-end"):
        assert f"{LIST}{name}/" in page


def test_only_managers_are_asked_whether_the_house_is_ready(helen: Client, asha: Client) -> None:
    assert f"{LIST}readiness/" in text_of(helen, LIST)
    assert f"{LIST}readiness/" not in text_of(asha, LIST)


def test_the_sheet_shows_what_was_promised(quay: House, asha: Client) -> None:
    complaint = make.make_complaint(house=quay, category="noise")
    make.make_task(complaint=complaint, by=quay.by_desk, told_guest=True, title="Another room", in_minutes=1)

    page = text_of(asha, f"{LIST}morning-sheet/")

    assert "Another room" in page
    assert "Promised for today" in page
    assert page_of(complaint) in page


def test_a_sheet_without_lines_says_so(asha: Client) -> None:
    page = text_of(asha, f"{LIST}morning-sheet/?day=2027-01-01")

    assert "Nothing is waiting" in page
    assert "<h2" not in page.split('class="rcv-sheet"')[1]


def test_a_hotel_system_that_is_down_leaves_the_rest(quay: House, hotel: Any, asha: Client) -> None:
    make.make_complaint(house=quay, category="noise")
    hotel._stays = None  # because a host's adapter may break in any way

    page = text_of(asha, f"{LIST}morning-sheet/")

    assert "did not answer" in page


@pytest.mark.parametrize("query", ["house=STRAND", "house=NOPE", "day=tomorrow", "day=1827-01-01"])
def test_another_house_and_a_day_that_is_none_are_not_there(asha: Client, query: str) -> None:
    for page in ("morning-sheet", "duty-log"):
        assert asha.get(f"{LIST}{page}/?{query}").status_code == 404


def test_two_hundred_rows_cost_as_many_queries_as_one(
    quay: House, asha: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        make.make_complaint(
            house=quay,
            category="wifi",
            stay_ref="",
            property_code="QUAY",
            guest=actions.GuestInput(name=f"Guest {number}", phone=f"+44 117 496 01{number:02}"),
        )

    with django_assert_max_num_queries(16):
        text_of(asha, f"{LIST}morning-sheet/")


# --- the log -------------------------------------------------------------------------------------


def test_a_line_is_written_once_however_often_the_button_is_pressed(quay: House, asha: Client) -> None:
    url = f"{LIST}duty-log/"
    typed = {**hidden(asha, url), "words": "The lift man comes at six"}

    for _ in range(2):
        assert asha.post(url, typed).status_code == 302

    assert DutyLogEntry.objects.get().written_by == "Asha Patel"
    assert "The lift man comes at six" in text_of(asha, url)


def test_an_empty_line_is_refused_in_its_field(asha: Client) -> None:
    response = asha.post(f"{LIST}duty-log/", {"request_key": str(uuid.uuid4()), "words": " "})

    assert response.status_code == 200
    assert not DutyLogEntry.objects.exists()


def test_what_happened_stands_beside_what_was_written(quay: House, asha: Client) -> None:
    complaint = make.make_complaint(house=quay, category="noise")
    actions.raise_urgency(complaint=complaint, by=quay.by_desk, urgency=Urgency.EMERGENCY, reason="In tears")
    task = actions.hand_over(complaint=complaint, by=quay.by_manager)
    actions.accept_hand_over(task=task, by=quay.by_general_manager)

    page = text_of(asha, f"{LIST}duty-log/")

    for words in ("more urgent", "offered to a colleague", "a colleague took over"):
        assert words in page


def test_a_complaint_about_the_reader_is_in_no_log(quay: House, asha: Client) -> None:
    complaint = make.make_complaint(house=quay, by=quay.by_manager, category="noise", summary="Hidden one")
    actions.raise_urgency(
        complaint=complaint, by=quay.by_manager, urgency=Urgency.EMERGENCY, reason="In tears"
    )
    complaint.named_staff.add(quay.desk)

    for page in ("duty-log", "morning-sheet"):
        assert "Hidden one" not in text_of(asha, f"{LIST}{page}/")


def test_without_the_permission_nobody_writes(quay: House, sign_in: Callable[..., Client]) -> None:
    reader = sign_in(quay.desk, username="asha", verbs=())

    assert "<textarea" not in text_of(reader, f"{LIST}duty-log/")
    response = reader.post(f"{LIST}duty-log/", {"request_key": str(uuid.uuid4()), "words": "x"})
    assert response.status_code == 403
    assert not DutyLogEntry.objects.exists()


# --- the end of a shift --------------------------------------------------------------------------


def test_one_button_offers_everything(quay: House, asha: Client) -> None:
    for ref in (make.LOST, make.BY_AGENCY):
        make.make_complaint(house=quay, category="noise", stay_ref=ref)

    response = asha.post(f"{LIST}shift-end/", {"receiver": quay.manager.pk})

    assert response.status_code == 302
    offers = Task.objects.filter(kind="hand_over")
    assert {task.assignee for task in offers} == {quay.manager}
    assert {complaint.owner for complaint in Complaint.objects.all()} == {quay.desk}
    assert len(offers) == 2


def test_who_has_nothing_open_is_sent_home(asha: Client) -> None:
    assert "Go home" in text_of(asha, f"{LIST}shift-end/")


def test_who_is_no_colleague_has_no_shift(quay: House, sign_in: Callable[..., Client]) -> None:
    assert sign_in(None, username="auditor").get(f"{LIST}shift-end/").status_code == 404


def test_a_complaint_is_passed_on_with_one_press(quay: House, asha: Client) -> None:
    complaint = make.make_complaint(house=quay, category="noise")
    page = text_of(asha, page_of(complaint))
    assert "Hand over, no questions" in page

    address = f"{LIST}{complaint.pk}/do/hand_over/"
    version = Complaint.objects.get(pk=complaint.pk).version
    response = asha.post(address, {"request_key": str(uuid.uuid4()), "version": version})

    assert response.status_code == 302
    assert Task.objects.get(kind="hand_over").assignee == quay.manager


# --- readiness -----------------------------------------------------------------------------------


def test_a_house_says_what_is_missing_and_how_to_put_it_right(quay: House, helen: Client) -> None:
    assert "not ready" not in text_of(helen, f"{LIST}readiness/")

    StaffMember.objects.filter(pk__in=(quay.manager.pk, quay.general_manager.pk)).update(on_duty=False)

    page = text_of(helen, f"{LIST}readiness/")
    assert "not ready" in page
    assert "no manager is on duty or on call" in page
