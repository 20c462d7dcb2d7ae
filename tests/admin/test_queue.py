"""The list of complaints is the work queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recovery import clock
from recovery.actions import raise_urgency
from recovery.choices import Category, Urgency
from recovery.models import Complaint, Task
from tests import factories
from tests.admin.pages import LIST, text_of

pytestmark = pytest.mark.django_db


def quiet(house: factories.House, summary: str, **given: Any) -> Complaint:
    """A complaint without a playbook, of a stay of its own: a second one of one stay is an Emergency."""
    unknown = {"stay_ref": "", "property_code": house.code}
    return factories.make_complaint(
        house=house, category=Category.OTHER, summary=summary, **(unknown | given)
    )


def planned(house: factories.House, summary: str, *, minutes: int) -> Complaint:
    complaint = quiet(house, summary)
    task = factories.make_task(complaint=complaint, by=house.by_desk, title=f"Do {summary}")
    Task.objects.filter(pk=task.pk).update(due_at=clock.now() + dt.timedelta(minutes=minutes))
    return complaint


def order(page: str, *words: str) -> list[str]:
    return sorted((word for word in words if word in page), key=page.index)


def test_the_open_ones_come_first_and_the_next_due_on_top(quay: factories.House, helen: Client) -> None:
    planned(quay, "tomorrow", minutes=1440)
    planned(quay, "overdue", minutes=-60)
    planned(quay, "soonish", minutes=10)
    quiet(quay, "unplanned")
    factories.close(house=quay, complaint=quiet(quay, "finished"))

    page = text_of(helen, LIST)

    assert order(page, ">unplanned", ">overdue", ">soonish", ">tomorrow", ">finished") == [
        ">overdue",
        ">soonish",
        ">unplanned",
        ">tomorrow",
    ]
    assert "Nothing is planned" in page


def test_what_nobody_planned_comes_up_after_an_hour(quay: factories.House, helen: Client) -> None:
    planned(quay, "soonish", minutes=10)
    resting = quiet(quay, "resting")
    Complaint.objects.filter(pk=resting.pk).update(opened_at=clock.now() - dt.timedelta(hours=2))

    page = text_of(helen, LIST)

    assert page.index(">resting") < page.index(">soonish")


def test_a_due_time_is_said_in_words_and_in_the_time_of_the_house(
    strand: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(strand.general_manager, houses=("STRAND",))
    complaint = planned(strand, "late", minutes=0)
    late = dt.datetime(2026, 7, 1, 1, 14, tzinfo=dt.UTC)
    Task.objects.filter(complaint=complaint).update(due_at=late)

    page = text_of(client, LIST)

    assert '<time datetime="2026-07-01T03:14+02:00">1 Jul' in page
    assert 'rcv-badge--alert">Late: <time' in page


@pytest.mark.parametrize(
    ("queue", "expected"),
    [
        ("", {"overdue", "later", "resting", "untold"}),
        ("open", {"overdue", "later", "resting", "untold"}),
        ("late", {"overdue"}),
        ("abandoned", {"resting"}),
        ("untold", {"untold"}),
        ("closed", {"finished"}),
        ("all", {"overdue", "later", "resting", "untold", "finished"}),
        ("nonsense", {"overdue", "later", "resting", "untold"}),
    ],
)
def test_each_queue_shows_its_complaints(
    queue: str, expected: set[str], quay: factories.House, helen: Client
) -> None:
    planned(quay, "overdue", minutes=-5)
    planned(quay, "later", minutes=90)
    resting = quiet(quay, "resting")
    Complaint.objects.filter(pk=resting.pk).update(opened_at=clock.now() - dt.timedelta(hours=2))
    factories.solve(house=quay, complaint=quiet(quay, "untold"))
    factories.close(house=quay, complaint=quiet(quay, "finished"))

    page = text_of(helen, f"{LIST}?queue={queue}")

    everything = {"overdue", "later", "resting", "untold", "finished"}
    assert {word for word in everything if f">{word}<" in page} == expected


def test_mine_is_what_i_own_and_where_i_have_something_to_do(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.manager, username="tom")
    quiet(quay, "owned", by=quay.by_manager)
    quiet(quay, "foreign", by=quay.by_desk)
    helping = quiet(quay, "helping", by=quay.by_desk)
    factories.make_task(complaint=helping, by=quay.by_desk, assignee=quay.manager)

    page = text_of(client, f"{LIST}?queue=mine")

    assert (">owned<" in page, ">helping<" in page, ">foreign<" in page) == (True, True, False)


def test_whoever_wrote_it_down_sees_what_became_of_it(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.desk, username="asha")
    reported = quiet(quay, "reported by me", by=quay.by_desk)
    factories.close(house=quay, complaint=reported)
    quiet(quay, "by somebody else", by=quay.by_manager)

    page = text_of(client, f"{LIST}?queue=written")

    assert (">reported by me<" in page, ">by somebody else<" in page) == (True, False)


@pytest.mark.parametrize("words", ["Whitfield", "daniel.whitfield@example", factories.LOST])
def test_it_is_searched_by_what_a_guest_says(words: str, quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    quiet(quay, "somebody else", stay_ref=factories.BY_AGENCY)

    page = text_of(helen, f"{LIST}?q={words}")

    assert complaint.reference in page
    assert "somebody else" not in page


def test_it_costs_the_same_queries_for_five_and_for_fifty(quay: factories.House, helen: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(helen, LIST)
        return len(captured)

    for number in range(5):
        planned(quay, f"c{number}", minutes=number)
    queries()  # permissions and content types are remembered
    few = queries()
    for number in range(5, 50):
        planned(quay, f"c{number}", minutes=number)

    assert queries() == few
    assert few <= 14


def test_nothing_can_be_typed_into_a_complaint(quay: factories.House, sign_in: Callable[..., Client]) -> None:
    from django.contrib.auth.models import User

    client = sign_in(quay.general_manager)
    User.objects.update(is_superuser=True)
    complaint = factories.make_complaint(house=quay)

    assert client.get(f"{LIST}{complaint.pk}/delete/").status_code == 403
    assert client.get(f"{LIST}add/").headers["Location"] == "/admin/recovery/complaint/find/"
    response = client.post(LIST, {"action": "delete_selected", "_selected_action": [complaint.pk]})
    assert Complaint.objects.filter(pk=complaint.pk).exists()
    assert response.status_code == 302


def test_who_may_not_look_sees_no_list(quay: factories.House, sign_in: Callable[..., Client]) -> None:
    client = sign_in(quay.desk, looks=())
    complaint = factories.make_complaint(house=quay)

    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{complaint.pk}/change/").status_code == 403


def test_at_most_eight_of_our_tables_stand_on_the_index(quay: factories.House, helen: Client) -> None:
    page = text_of(helen, "/admin/")

    assert page.count('class="model-') <= 8
    assert 'class="model-complaint' in page


def test_an_emergency_stands_first_with_its_own_first_step(quay: factories.House, helen: Client) -> None:
    calm = factories.make_complaint(house=quay, category=Category.NOISE, stay_ref=factories.BY_AGENCY)
    red = factories.make_complaint(house=quay, category=Category.DIRTY_ROOM, stay_ref=factories.RETURN)
    raise_urgency(complaint=red, by=quay.by_desk, urgency=Urgency.EMERGENCY, reason="In tears")

    page = text_of(helen, LIST)

    assert page.index(red.reference) < page.index(calm.reference)
    assert "Before you speak: who has it, where are they" in page
