"""The status page: received, who answers, by when. Nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from recovery.actions import acknowledge, add_contact
from recovery.choices import Channel, ContactKind, LinkPurpose
from recovery.models import Complaint, HouseProfile, Party
from tests.actions.travel import later
from tests.factories import House
from tests.guest.doors import text_of, visit

STATUS = LinkPurpose.STATUS


def test_the_page_says_when_it_came_who_answers_and_by_when(client: Client, complaint: Complaint) -> None:
    page = text_of(visit(client, complaint, STATUS))

    assert "Received Saturday 17 July 2027" in page
    assert "Answer from Tom Ridley" in page
    assert "No later than Saturday 17 July 2027 at 16:12" in page
    assert "Ring +44 117 496 0140" in page


def test_times_are_the_hotels_and_words_the_guests(client: Client, danish: Complaint) -> None:
    page = text_of(visit(client, danish, STATUS))

    assert "Modtaget lørdag den 17. juli 2027" in page
    assert "lørdag den 17. juli 2027 kl. 13." in page


def test_nothing_of_the_matter_itself_is_shown(client: Client, complaint: Complaint) -> None:
    Complaint.objects.update(
        internal_cause="The supplier Bookwell lost it", supplier="Bookwell", description="No room, no wedding"
    )

    page = text_of(visit(client, complaint, STATUS))

    for word in ("Bookwell", "wedding", complaint.summary, complaint.reference, "Daniel", "lost_reservation"):
        assert word not in page


def test_a_time_that_has_passed_is_not_hidden(client: Client, complaint: Complaint) -> None:
    later(hours=5)

    page = text_of(visit(client, complaint, STATUS))

    assert "No later than Saturday 17 July 2027 at 16:12" in page
    assert "That time has passed, and you are still waiting. We are sorry." in page


def test_after_the_answer_the_page_says_so(client: Client, complaint: Complaint, quay: House) -> None:
    acknowledge(complaint=complaint, by=quay.by_manager, channel=Channel.PHONE)

    page = text_of(visit(client, complaint, STATUS))

    assert "One of us has answered you." in page
    assert "Your contact Tom Ridley" in page
    assert "No later than" not in page


def test_a_guest_who_writes_again_sees_the_new_day(client: Client, complaint: Complaint, quay: House) -> None:
    later(days=2)
    add_contact(
        complaint=complaint, by=quay.by_desk, kind=ContactKind.CHASER, channel=Channel.EMAIL, words="And?"
    )

    assert "Received Monday 19 July 2027" in text_of(visit(client, complaint, STATUS))


def test_the_name_for_guests_is_shown(client: Client, complaint: Complaint, quay: House) -> None:
    quay.manager.guest_name = "Thomas Ridley"
    quay.manager.save()

    page = text_of(visit(client, complaint, STATUS))

    assert "Thomas Ridley" in page
    assert "Tom Ridley" not in page


def test_out_of_hours_somebody_answers_the_number_that_is_shown(client: Client, complaint: Complaint) -> None:
    HouseProfile.objects.update(on_call_phone="+44 7700 900155")

    assert "Ring +44 7700 900155" in text_of(visit(client, complaint, STATUS))


@pytest.mark.parametrize("may_status", [True, False])
def test_a_person_who_may_not_see_the_status_does_not(
    client: Client, complaint: Complaint, may_status: bool
) -> None:
    Party.objects.update(may_status=may_status)

    assert visit(client, complaint, STATUS).status_code == (200 if may_status else 404)
