"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import datetime as dt
import re
import time
import uuid
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.checks import run_checks
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from recovery import actions, clock
from recovery.actions import links
from recovery.errors import HotelUnreachable
from recovery.hotel import get_hotel
from recovery.models import Certificate, Complaint, Letter, OutboxMessage
from tests.projects import steps
from tests.projects.story import TODAY, LostReservation

from .adapter import PATIENCE
from .pms import PMS
from .rows import make_lost_reservation, make_other_guests, make_stay

pytestmark = pytest.mark.django_db(transaction=True)

MOODS = pytest.mark.parametrize("mood", ["broken", "silent"])
#: What a person at a desk still puts up with, over the time that the adapter itself waits.
SOON = PATIENCE * 3 + 2


@pytest.fixture
def lost() -> LostReservation:
    make_other_guests(3)
    return make_lost_reservation()


@pytest.fixture
def manager(lost: LostReservation) -> actions.Actor:
    return steps.prepare(lost)


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(User.objects.create(username="night", is_staff=True, is_superuser=True))
    return client


def hidden(page: Any) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))


# --- the port --------------------------------------------------------------------------------------


@MOODS
@pytest.mark.parametrize(
    "ask",
    [
        lambda hotel: hotel.get_stay("P-1"),
        lambda hotel: hotel.get_guest("G-P-1"),
        lambda hotel: hotel.properties(),
        lambda hotel: hotel.get_property("pms"),
        lambda hotel: hotel.find_stays("Saga", TODAY),
    ],
)
def test_a_system_that_does_not_answer_is_one_clear_error(lost: LostReservation, mood: str, ask: Any) -> None:
    PMS.mood = mood
    started = time.monotonic()

    with pytest.raises(HotelUnreachable) as told:
        ask(get_hotel())

    assert time.monotonic() - started < SOON
    assert "does not answer" in told.value.sentence
    assert "127.0.0.1" not in told.value.sentence
    assert isinstance(told.value.__cause__, OSError)


def test_an_answer_that_makes_no_sense_stays_loud(lost: LostReservation) -> None:
    PMS.records["/stays/P-1"] = {"ref": "P-1"}

    with pytest.raises(KeyError):
        get_hotel().get_stay("P-1")


def test_checks_ask_nobody(lost: LostReservation) -> None:
    PMS.mood, PMS.asked = "silent", 0

    assert run_checks(tags=["recovery"]) == []
    assert PMS.asked == 0


# --- the verbs -------------------------------------------------------------------------------------


@MOODS
def test_a_complaint_about_a_stay_is_refused_and_leaves_nothing(
    lost: LostReservation, manager: actions.Actor, mood: str
) -> None:
    PMS.mood = mood

    with pytest.raises(HotelUnreachable):
        steps.open_complaint(lost, manager, request_key="form-1")
    assert not Complaint.objects.exists()

    PMS.mood = "well"
    assert steps.open_complaint(lost, manager, request_key="form-1").stay_ref == "P-1"


@MOODS
def test_the_guest_who_stands_here_can_be_heard_without_the_system(manager: actions.Actor, mood: str) -> None:
    PMS.mood = mood

    complaint = actions.open_complaint(
        by=manager,
        category="lost_reservation",
        channel="in_person",
        summary="Stands here, and nobody can look",
        property_code="pms",
        guest=actions.GuestInput(name="Saga Lindqvist"),
    )

    assert complaint.tasks.exists()


def test_a_house_that_was_never_prepared_is_not_guessed(manager: actions.Actor) -> None:
    PMS.mood = "broken"

    with pytest.raises(HotelUnreachable):
        actions.open_complaint(
            by=manager, category="noise", channel="phone", summary="Drums", property_code="other"
        )


@MOODS
def test_a_letter_waits_for_the_system_and_is_sent_once(
    lost: LostReservation, manager: actions.Actor, mood: str
) -> None:
    letter = steps.apologise(lost, steps.open_complaint(lost, manager), manager)
    PMS.mood = mood

    call_command("recovery_relay", stdout=StringIO())

    row = OutboxMessage.objects.get(kind__startswith="letter")
    assert (mail.outbox, row.state, row.last_error) == ([], "due", "hotel_unreachable")

    PMS.mood = "well"
    OutboxMessage.objects.update(due_at=row.created_at)
    call_command("recovery_relay", stdout=StringIO())
    call_command("recovery_relay", stdout=StringIO())

    assert len(mail.outbox) == 1
    assert Letter.objects.get(pk=letter.pk).sent_at is not None


def test_free_nights_are_booked_once_when_the_system_is_back(
    lost: LostReservation, manager: actions.Actor
) -> None:
    steps.apologise(lost, steps.open_complaint(lost, manager), manager)
    make_stay("P-9", "Saga Lindqvist", clock.now().date() + dt.timedelta(days=60))
    code = links.code_of(Certificate.objects.get())
    actions.redeem_certificate(by=manager, code=code, stay_ref="P-9")
    PMS.mood = "broken"

    call_command("recovery_relay", stdout=StringIO())

    row = OutboxMessage.objects.get(kind="hotel.book_nights")
    assert (PMS.booked, row.state, row.last_error) == ([], "due", "hotel_unreachable")

    PMS.mood = "well"
    OutboxMessage.objects.update(due_at=row.created_at)
    call_command("recovery_relay", stdout=StringIO())
    call_command("recovery_relay", stdout=StringIO())

    assert [(night["stay"], night["nights"]) for night in PMS.booked] == [("P-9", 1)]


# --- the doors -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "complaint_changelist",
        "complaint_change",
        "complaint_find",
        "complaint_open",
        "certificate_changelist",
        "redeem",
    ],
)
def test_every_page_of_the_desk_opens_without_the_system(
    lost: LostReservation, manager: actions.Actor, client: Client, page: str
) -> None:
    complaint = steps.open_complaint(lost, manager)
    PMS.mood = "broken"
    arguments = [complaint.pk] if page == "complaint_change" else []

    response = client.get(reverse(f"admin:recovery_{page}", args=arguments))

    assert response.status_code == 200


def test_the_finder_says_it_and_offers_to_go_on(manager: actions.Actor, client: Client) -> None:
    PMS.mood = "broken"

    page = client.get(reverse("admin:recovery_complaint_find"), {"words": "Saga"})

    assert page.status_code == 200
    assert "does not answer" in page.content.decode()
    assert reverse("admin:recovery_complaint_open") in page.content.decode()


@MOODS
def test_what_was_typed_is_kept_until_the_system_is_back(
    manager: actions.Actor, client: Client, mood: str
) -> None:
    address = f"{reverse('admin:recovery_complaint_open')}?stay=P-1"
    form = hidden(client.get(address))
    typed = form | {"category": "noise", "channel": "in_person", "summary": "Drums until three"}
    PMS.mood = mood

    refused = client.post(address, typed)

    assert refused.status_code == 503
    assert "does not answer" in refused.content.decode()
    assert "Drums until three" in refused.content.decode()
    assert hidden(refused)["request_key"] == form["request_key"]
    assert not Complaint.objects.exists()

    PMS.mood = "well"
    assert client.post(address, typed).status_code == 302
    assert Complaint.objects.get().stay_ref == "P-1"


def test_a_person_may_go_on_without_the_stay_and_its_number_is_written_down(
    manager: actions.Actor, client: Client
) -> None:
    address = f"{reverse('admin:recovery_complaint_open')}?stay=P-1"
    PMS.mood = "broken"
    page = client.get(address)
    typed = hidden(page) | {"category": "noise", "channel": "in_person", "summary": "Drums until three"}

    client.post(address, typed | {"name": "Saga", "_without_stay": "1"})

    complaint = Complaint.objects.get()
    assert "_without_stay" in page.content.decode()
    assert complaint.stay_ref == ""
    assert "P-1" in complaint.description


def test_the_redeem_page_says_it_and_takes_nothing(
    lost: LostReservation, manager: actions.Actor, client: Client
) -> None:
    steps.apologise(lost, steps.open_complaint(lost, manager), manager)
    address = reverse("admin:recovery_redeem")
    PMS.mood = "broken"

    page = client.get(address, {"stay": "P-1"})

    assert "does not answer" in page.content.decode()
    assert Certificate.objects.get().nights_left == 1


def test_the_api_answers_503_with_the_code(manager: actions.Actor, client: Client) -> None:
    PMS.mood = "broken"

    response = client.post(
        reverse("recovery_api:complaints"),
        {"category": "noise", "channel": "phone", "summary": "Drums", "stay_ref": "P-1"},
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid.uuid4())},
    )

    assert (response.status_code, response.json()["code"]) == (503, "hotel_unreachable")


def test_the_doctor_has_a_red_line_and_no_traceback(manager: actions.Actor) -> None:
    PMS.mood = "broken"
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("recovery_doctor", stdout=out)

    assert re.search(r"RED\s+properties\(\).*does not answer", out.getvalue())
