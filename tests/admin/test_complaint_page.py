"""The page of one complaint tells a tired person what to do next."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recovery.actions import accept_task, add_contact, keep_task
from recovery.choices import Category, Channel, ContactKind, Role, TaskKind
from recovery.models import Complaint
from tests import factories
from tests.admin.pages import page_of, text_of, verb_url

pytestmark = pytest.mark.django_db


def panel(page: str) -> str:
    start = page.index('class="rcv-next-panel')
    return page[start : page.index("</section>", start)]


def test_the_first_task_stands_in_the_panel_with_its_button(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    task = complaint.tasks.order_by("due_at", "pk")[0]

    shown = panel(text_of(helen, page_of(complaint)))

    assert "Seat the guest" in shown
    assert verb_url(complaint, "keep_task", task=task.pk) in shown
    assert "I do it" in shown


def test_the_spoken_apology_is_recorded_as_an_apology(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    keep_task(task=complaint.tasks.get(step_key="seat"), by=quay.by_desk)
    keep_task(task=complaint.tasks.get(kind=TaskKind.ALARM), by=quay.by_desk)

    shown = panel(text_of(helen, page_of(complaint)))

    assert "Apologise and mean it" in shown
    assert verb_url(complaint, "record_spoken_apology") in shown


@pytest.mark.parametrize(
    ("step", "button"),
    [
        ("rest", "Add the next step"),
        ("solve", "I told the guest"),
        ("tell", "Close it"),
        ("close", "Nothing is left"),
    ],
)
def test_without_a_task_the_state_says_what_is_missing(
    step: str, button: str, quay: factories.House, helen: Client
) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.OTHER)
    if step == "close":
        factories.close(house=quay, complaint=complaint)
    elif step != "rest":
        if step == "solve":
            factories.apologise(house=quay, complaint=complaint)
        factories.solve(house=quay, complaint=complaint)
    if step == "tell":
        factories.apologise(house=quay, complaint=complaint)
        factories.tell(house=quay, complaint=complaint)

    assert button in panel(text_of(helen, page_of(complaint)))


def test_what_it_cost_the_guest_stands_on_top(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay, impact="Missed the church by ten minutes")

    page = text_of(helen, page_of(complaint))

    assert page.index("Missed the church") < page.index("rcv-next-panel")


def test_a_verb_that_must_wait_says_why_and_is_no_link(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    page = text_of(helen, page_of(complaint))

    assert "first record what was done" in page
    assert f'href="{verb_url(complaint, "tell_guest")}"' not in page


def test_a_verb_that_is_not_permitted_is_not_shown(quay: factories.House, asha: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    page = text_of(asha, page_of(complaint))

    assert verb_url(complaint, "add_contact") in page
    assert verb_url(complaint, "assign") not in page
    assert verb_url(complaint, "send_written_apology") not in page


def test_who_may_not_do_the_next_thing_reads_whom_to_ask(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.desk, verbs=())
    complaint = factories.make_complaint(house=quay)

    assert "talk to Asha Patel" in panel(text_of(client, page_of(complaint)))


def test_the_internal_cause_is_marked_as_ours_alone(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    Complaint.objects.filter(pk=complaint.pk).update(internal_cause="Import failed", supplier="BedBank Ltd")

    page = text_of(helen, page_of(complaint))

    assert page.index("never for the guest") < page.index("BedBank Ltd")


def test_history_is_newest_first_and_in_pages_of_fifty(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.OTHER)
    for number in range(60):
        add_contact(
            complaint=complaint,
            by=quay.by_desk,
            kind=ContactKind.CHASER,
            channel=Channel.PHONE,
            words=f"call {number}",
        )

    first, second = text_of(helen, page_of(complaint)), text_of(helen, f"{page_of(complaint)}?page=2")

    assert "page 1 of 2" in first
    assert "complaint opened" not in first
    assert "complaint opened" in second


def test_sixteen_tasks_written_at_once_are_one_line_of_history(quay: factories.House, helen: Client) -> None:
    page = text_of(helen, page_of(factories.make_complaint(house=quay)))

    # And one for ringing the duty manager, who has no e-mail address.
    assert page.count("<strong>task added</strong>") == 2
    assert "16 of them" in page


def test_letters_money_and_certificates_have_their_place(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    factories.make_compensation(house=quay, complaint=complaint)
    factories.make_apology(house=quay, complaint=complaint)
    certificate = complaint.certificates.get()

    page = text_of(helen, page_of(complaint))

    assert "Two nights at The Lantern House" in page
    assert "GBP\xa0412.00" in page
    assert f"Certificate …{certificate.last_four}" in page
    assert "written apology" in page


def test_more_tasks_cost_no_more_queries(quay: factories.House, helen: Client) -> None:
    def queries(complaint: Any) -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(helen, page_of(complaint))
        return len(captured)

    complaint = factories.make_complaint(house=quay)
    queries(complaint)
    few = queries(complaint)
    for number in range(20):
        factories.make_task(complaint=complaint, by=quay.by_desk, title=f"task {number}")

    assert queries(complaint) == few


def test_a_complaint_that_is_not_there_is_not_found(helen: Client) -> None:
    for number in ("999999", "abc", "1%20OR%201=1", "٣"):
        assert helen.get(f"/admin/recovery/complaint/{number}/change/").status_code == 404


def test_everybody_who_had_a_hand_in_it_is_named_once_it_is_solved(
    quay: factories.House, helen: Client
) -> None:
    complaint = factories.make_complaint(house=quay, by=quay.by_desk)
    maria = factories.make_staff(name="Maria Holt", roles=(Role.ENGINEERING,))
    task = factories.make_task(complaint=complaint, by=quay.by_desk, told_guest=True, assignee=maria)
    accept_task(task=task, by=quay.by_desk, person=maria, heard_by="Asha Patel")
    words = "Everybody who had a hand in it"
    assert words not in text_of(helen, page_of(complaint))

    factories.solve(house=quay, complaint=complaint)

    page = text_of(helen, page_of(complaint))
    named = page[page.index(words) :].partition("</p>")[0]
    assert re.findall(r"<bdi>(.*?)</bdi>", named)[:2] == ["Asha Patel", "Maria Holt"]


def test_the_timeline_says_asked_where_a_colleague_was_asked(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    maria = factories.make_staff(name="Maria Holt", roles=(Role.ENGINEERING,), email="maria@quay.example")

    factories.make_task(complaint=complaint, by=quay.by_desk, told_guest=True, assignee=maria)

    assert "a colleague was asked" in text_of(helen, page_of(complaint))
