"""Log and done at the desk: one tap away, three lines, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from recovery.choices import Category
from recovery.models import Complaint
from tests import factories
from tests.admin.pages import LIST, hidden, page_of, text_of

pytestmark = pytest.mark.django_db

PAGE = f"{LIST}log/"
OF_STAY = f"{PAGE}?stay={factories.LOST}"
TYPED = {"what": "No towels", "done": "Brought three", "content": "on", "channel": "in_person"}


def press(client: Client, page: str = OF_STAY, **typed: Any) -> Any:
    return client.post(page, {**hidden(client, page), **TYPED, **typed})


def test_it_is_one_tap_from_the_queue_and_from_a_stay_that_was_found(
    quay: factories.House, helen: Client
) -> None:
    assert f'href="{PAGE}"' in text_of(helen, LIST)
    assert f'href="{OF_STAY}"' in text_of(helen, f"{LIST}find/?words={factories.LOST}")


def test_three_lines_make_a_closed_complaint(quay: factories.House, helen: Client) -> None:
    response = press(helen)

    assert response.headers["Location"] == LIST
    complaint = Complaint.objects.get()
    assert complaint.closed_at and complaint.stay_ref == factories.LOST


def test_a_second_press_makes_no_second_one(quay: factories.House, helen: Client) -> None:
    same = hidden(helen, OF_STAY)

    for _ in range(2):
        assert helen.post(OF_STAY, {**same, **TYPED}).status_code == 302
    assert Complaint.objects.count() == 1


def test_without_a_stay_it_is_logged_for_the_house(quay: factories.House, helen: Client) -> None:
    press(helen, PAGE)

    assert Complaint.objects.get().property_code == "QUAY"


def test_with_several_houses_the_form_asks_which(
    quay: factories.House, strand: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(houses=None)

    press(client, PAGE, house="STRAND")

    assert Complaint.objects.get().property_code == "STRAND"


@pytest.mark.parametrize("why", ["second", "not content"])
def test_what_is_not_small_is_opened_with_the_same_words(
    why: str, quay: factories.House, helen: Client
) -> None:
    if why == "second":
        factories.make_complaint(house=quay, category=Category.WIFI)
    typed = {"content": ""} if why == "not content" else {}
    before = Complaint.objects.count()

    page = press(helen, **typed).content.decode()

    assert Complaint.objects.count() == before
    assert "Open it as a complaint" in page and "No towels" in page and "Brought three" in page
    response = press(helen, open="1", **typed)
    opened = Complaint.objects.order_by("-pk")[0]
    assert response.headers["Location"] == page_of(opened)
    assert opened.closed_at is None
    assert "No towels" in opened.description and "Brought three" in opened.description


def test_who_may_not_log_finds_no_page(quay: factories.House, sign_in: Callable[..., Client]) -> None:
    client = sign_in(quay.desk, verbs=())

    assert client.get(PAGE).status_code == 403
    assert f'href="{PAGE}"' not in text_of(client, LIST)


@pytest.mark.parametrize("where", ["stay=S40118", "property=STRAND", "stay=nothing"])
def test_another_house_is_not_there(where: str, quay: factories.House, helen: Client) -> None:
    assert helen.get(f"{PAGE}?{where}").status_code == 404
