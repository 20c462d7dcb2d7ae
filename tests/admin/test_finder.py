"""Looking for a guest's stay: never "not found" alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from recovery.hotel import Capability
from recovery.models import Complaint, HouseProfile
from tests import factories
from tests.admin.pages import LIST, hidden, text_of
from tests.hotel_double import LOST

pytestmark = pytest.mark.django_db

FIND = f"{LIST}find/"


def test_a_cancelled_stay_of_another_month_is_found_with_the_reasons_in_words(
    quay: factories.House, helen: Client
) -> None:
    page = text_of(helen, f"{FIND}?words=Whitfield&arrival=2027-07-17")

    assert "same name · entered for June · cancelled" in page
    assert "Cancelled by staff: no-show list clean-up" in page
    assert f"{LIST}open/?stay={factories.LOST}" in page


def test_when_nothing_fits_there_is_a_sentence_and_a_way_on(quay: factories.House, helen: Client) -> None:
    HouseProfile.objects.update(next_search="the paper diary under the desk")

    page = text_of(helen, f"{FIND}?words=Zachariasen")

    assert "I am going to find this for you." in page
    assert "the paper diary under the desk" in page
    assert "names, also misspelt ones" in page
    assert "Treat as lost reservation" in page
    assert "category=lost_reservation&amp;property=QUAY&amp;name=Zachariasen" in page
    assert "not found" not in page.lower().replace("not found in the hotel system", "")


def test_a_stay_with_an_open_complaint_leads_there(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    page = text_of(helen, f"{FIND}?words=Whitfield")

    assert f"Go on with {complaint.reference}" in page


def test_a_hotel_system_that_cannot_search_is_asked_for_the_number(
    quay: factories.House, hotel: Any, helen: Client
) -> None:
    hotel.cannot = frozenset({Capability.FIND_STAYS})

    nothing, found = (
        text_of(helen, f"{FIND}?words=Whitfield"),
        text_of(helen, f"{FIND}?words={factories.LOST}"),
    )

    assert "can be asked for a booking number only" in nothing
    assert "Treat as lost reservation" in nothing
    assert "Open a complaint for this stay" in found


def test_a_complaint_is_opened_for_the_stay_once(quay: factories.House, helen: Client) -> None:
    url = f"{LIST}open/?stay={factories.LOST}"
    typed = {
        **hidden(helen, url),
        "category": "lost_reservation",
        "summary": "No room, wedding at five",
        "channel": "in_person",
        "guest_deadline": "2027-07-17T17:00",
        "purpose": "Wedding",
    }

    first, second = helen.post(url, typed), helen.post(url, typed)

    complaint = Complaint.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"{LIST}{complaint.pk}/change/"
    assert complaint.guest_deadline.isoformat() == "2027-07-17T16:00:00+00:00"
    assert complaint.stay_ref == factories.LOST
    assert complaint.tasks.filter(playbook_key="P01").count() == 16


def test_looking_at_the_form_opens_nothing(quay: factories.House, helen: Client) -> None:
    page = text_of(helen, f"{LIST}open/?stay={factories.LOST}")

    assert "Is there something you must be on time for?" in page
    assert "Its playbook starts at once" in page
    assert not Complaint.objects.exists()


def test_a_lost_reservation_needs_no_stay_but_a_name(quay: factories.House, helen: Client) -> None:
    url = f"{LIST}open/?property=QUAY&category=lost_reservation&name=Nora+Lindqvist"
    assert 'value="Nora Lindqvist"' in text_of(helen, url)
    typed = {
        **hidden(helen, url),
        "name": "Nora Lindqvist",
        "category": "lost_reservation",
        "summary": "Stands here",
        "channel": "in_person",
    }

    assert helen.post(url, {**typed, "name": ""}).status_code == 200
    helen.post(url, typed)

    complaint = Complaint.objects.get()
    assert (complaint.stay_ref, complaint.property_code, complaint.severity) == ("", "QUAY", 5)
    assert complaint.parties.get().name == "Nora Lindqvist"


@pytest.mark.parametrize("query", ["stay=NOPE", "property=NOPE", "stay=S40118", "property=STRAND"])
def test_a_place_that_is_not_mine_is_not_found(
    query: str, quay: factories.House, strand: factories.House, helen: Client
) -> None:
    assert helen.get(f"{LIST}open/?{query}").status_code == 404


def test_without_the_permission_nothing_is_opened(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.desk, verbs=("add_contact",))

    assert client.get(FIND).status_code == 403
    assert client.get(f"{LIST}open/?stay={factories.LOST}").status_code == 403


def test_an_unprepared_house_says_what_to_run(db: None, sign_in: Callable[..., Client]) -> None:
    client = sign_in(houses=None)
    url = f"{LIST}open/?stay={factories.LOST}"
    typed = {"category": "wifi", "summary": "Slow", "channel": "phone"}

    page = client.post(url, {**hidden(client, url), **typed}).content.decode()

    assert "recovery_init" in page
    assert not Complaint.objects.exists()


def test_a_guest_without_a_name_in_the_system_is_asked_for_it(
    quay: factories.House, hotel: Any, helen: Client
) -> None:
    hotel.put(dataclasses.replace(LOST, guest=None))

    page = text_of(helen, f"{FIND}?words={factories.LOST}")

    assert "no guest named" in page
