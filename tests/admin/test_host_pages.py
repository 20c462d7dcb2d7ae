"""Our facts on the host's own booking and guest pages: for whom, how many questions, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recovery.actions import close as close_complaint
from recovery.actions.links import code_of
from recovery.admin import StayAdminMixin
from recovery.choices import Category
from recovery.models import Complaint
from tests import factories
from tests.admin import host
from tests.admin.host import booking, bookings, guest
from tests.admin.pages import text_of
from tests.factories import IN_HOUSE, LOST, RETURN, House

pytestmark = pytest.mark.django_db

HOST_VERBS = ("view_group", "change_group", "add_group", "view_user", "change_user")


@pytest.fixture(autouse=True)
def _host(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.admin.host"
    settings.RECOVERY = {**settings.RECOVERY, "HOTEL": "tests.admin.host.HOTEL"}
    folder = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(folder)]}]
    host.HOTEL.reset()


@pytest.fixture
def hotel() -> Any:
    """Here the hotel that knows records."""
    return host.HOTEL


@pytest.fixture
def clerk(sign_in: Callable[..., Client]) -> Callable[..., Client]:
    """Somebody who may also work with the host's own records."""

    def make(**given: Any) -> Client:
        client = sign_in(**given)
        user = User.objects.get(username=given.get("username", "helen"))
        user.user_permissions.add(*Permission.objects.filter(codename__in=HOST_VERBS))
        return client

    return make


@pytest.fixture
def complaint(quay: House) -> Complaint:
    found = factories.make_complaint(house=quay)
    factories.make_apology(house=quay, complaint=found)
    return found


# --- a booking -----------------------------------------------------------------------------------


def test_a_booking_shows_its_open_complaint_its_certificate_and_the_button(
    complaint: Complaint, clerk: Callable[..., Client]
) -> None:
    page = text_of(clerk(), booking())

    certificate = complaint.certificates.get()
    assert complaint.reference in page
    assert f"/front/office/recovery/complaint/{complaint.pk}/change/" in page
    assert f"Certificate …{certificate.last_four}" in page
    assert "1 night left" in page
    assert f'<time datetime="{certificate.last_arrival_on}">' in page
    assert f'href="/front/office/recovery/complaint/open/?stay={LOST}"' in page
    assert code_of(certificate) not in page
    assert "recovery/admin.css" in page


def test_the_button_leads_to_the_form_for_that_stay(quay: House, clerk: Callable[..., Client]) -> None:
    client = clerk()
    text_of(client, booking(RETURN))

    page = text_of(client, f"/front/office/recovery/complaint/open/?stay={RETURN}")

    assert RETURN in page
    assert "Daniel Whitfield" in page


def test_a_closed_complaint_is_not_shown_and_its_certificate_is(
    quay: House, complaint: Complaint, clerk: Callable[..., Client]
) -> None:
    factories.solve(house=quay, complaint=complaint)
    factories.tell(house=quay, complaint=complaint)
    close_complaint(complaint=complaint, by=quay.by_manager, outcome="recovered")

    page = text_of(clerk(), booking())

    assert complaint.reference not in page
    assert "No open complaint." in page
    assert complaint.certificates.get().last_four in page


def test_the_gravest_complaint_stands_first(quay: House, clerk: Callable[..., Client]) -> None:
    mild = factories.make_complaint(house=quay, category=Category.WIFI, summary="Slow")
    grave = factories.make_complaint(house=quay)

    page = text_of(clerk(), booking())

    assert page.index(grave.reference) < page.index(mild.reference)


# --- for whom ------------------------------------------------------------------------------------


def test_who_may_do_nothing_of_ours_sees_nothing_of_ours(
    complaint: Complaint, clerk: Callable[..., Client]
) -> None:
    client = clerk(verbs=(), looks=())

    for page in (text_of(client, booking()), text_of(client, bookings())):
        assert complaint.reference not in page
        assert "uest recovery" not in page
        assert "Open a complaint" not in page
        assert "rcv" not in page


def test_who_may_look_but_not_open_gets_no_button(complaint: Complaint, clerk: Callable[..., Client]) -> None:
    page = text_of(clerk(verbs=()), booking())

    assert complaint.reference in page
    assert "Open a complaint" not in page


def test_who_may_open_but_not_look_gets_only_the_button(
    complaint: Complaint, clerk: Callable[..., Client]
) -> None:
    client = clerk(verbs=("open_complaint",), looks=())
    page, table = text_of(client, booking()), text_of(client, bookings())

    assert "Open a complaint" in page
    for shown in (complaint.reference, complaint.certificates.get().last_four):
        assert shown not in page
        assert shown not in table
    assert "1 complaint" not in table


@pytest.mark.parametrize(("look", "sees_complaint"), [("view_complaint", True), ("view_certificate", False)])
def test_complaints_and_certificates_need_a_permission_each(
    complaint: Complaint, clerk: Callable[..., Client], look: str, sees_complaint: bool
) -> None:
    page = text_of(clerk(looks=(look,)), booking())

    assert (complaint.reference in page) is sees_complaint
    assert (complaint.certificates.get().last_four in page) is not sees_complaint


def test_a_stay_of_another_house_shows_nothing_of_its_story(
    strand: House, clerk: Callable[..., Client]
) -> None:
    complaint = factories.make_complaint(house=strand)
    client = clerk(houses=("QUAY",))

    page, table = text_of(client, booking(IN_HOUSE)), text_of(client, bookings())

    assert "a house whose complaints are not yours" in page
    assert "?stay=" not in page
    assert complaint.reference not in page + table
    assert "1 complaint" not in table


def test_a_guest_of_two_houses_shows_only_mine(
    quay: House, strand: House, clerk: Callable[..., Client]
) -> None:
    mine = factories.make_complaint(house=quay)
    theirs = factories.make_complaint(house=strand, stay_ref=factories.SECOND_RETURN)
    client = clerk()

    page, table = text_of(client, guest("1")), text_of(client, "/front/office/auth/user/")

    assert mine.reference in page
    assert theirs.reference not in page
    assert "1 complaint" in table


# --- a guest -------------------------------------------------------------------------------------


def test_the_button_of_a_guest_leads_to_their_stays_and_nobody_elses(
    complaint: Complaint, clerk: Callable[..., Client]
) -> None:
    client = clerk()
    page = text_of(client, guest("1"))
    assert complaint.reference in page
    assert complaint.certificates.get().last_four in page
    assert 'href="/front/office/recovery/complaint/find/?guest=1"' in page

    found = text_of(client, "/front/office/recovery/complaint/find/?guest=1")

    assert f"?stay={LOST}" in found
    assert f"?stay={RETURN}" in found
    assert f"?stay={factories.BY_AGENCY}" not in found


@pytest.mark.parametrize("ref", ["2", "nobody", "\x00", "x" * 5000, "' OR 1=1 --"])
def test_a_guest_with_no_stay_here_is_not_named_by_the_finder(
    complaint: Complaint, clerk: Callable[..., Client], ref: str
) -> None:
    response = clerk().get("/front/office/recovery/complaint/find/", {"guest": ref})

    assert response.status_code == 200
    assert "Mette" not in response.content.decode()
    assert "mette" not in response.content.decode()


# --- records that nobody knows, systems that are down ------------------------------------------------


@pytest.mark.parametrize("ref", [host.STRANGER, "deleted-long-ago"])
def test_a_record_that_the_adapter_does_not_know_says_so_and_offers_the_finder(
    quay: House, clerk: Callable[..., Client], ref: str
) -> None:
    page = text_of(clerk(), booking(ref))

    assert "knows no stay for this record" in page
    assert "/front/office/recovery/complaint/find/" in page
    assert "?stay=" not in page


def test_a_guest_that_the_adapter_does_not_know_says_so(quay: House, clerk: Callable[..., Client]) -> None:
    assert "knows no guest for this record" in text_of(clerk(), guest("999"))


def test_a_hotel_system_that_is_down_does_not_take_the_hosts_pages_with_it(
    quay: House, clerk: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    client = clerk()

    page, table = text_of(client, booking(host.BROKEN)), text_of(client, bookings())

    assert "The hotel system does not answer at the moment." in page
    assert host.BROKEN in table
    assert "the hotel system is down" in caplog.text


def test_a_host_that_has_no_adapter_yet_keeps_its_pages(
    quay: House, clerk: Callable[..., Client], settings: Any
) -> None:
    client = clerk()
    settings.RECOVERY = {key: value for key, value in settings.RECOVERY.items() if key != "HOTEL"}

    page, table = text_of(client, booking()), text_of(client, bookings())

    assert "HOTEL" in page
    assert LOST in table


# --- the list ------------------------------------------------------------------------------------


def test_the_list_says_how_many_complaints_and_free_nights_each_booking_has(
    complaint: Complaint, quay: House, clerk: Callable[..., Client]
) -> None:
    booking(LOST)
    booking(RETURN)
    page = text_of(clerk(), bookings())

    assert page.count("1 complaint<") == 1
    assert page.count("1 free night<") == 1
    assert f'<a href="/front/office/recovery/complaint/{complaint.pk}/change/">' in page

    factories.make_complaint(house=quay, category=Category.WIFI)
    assert "2 complaints<" in text_of(clerk(username="second"), bookings())


def test_nights_that_cannot_be_used_any_more_are_not_counted(
    complaint: Complaint, quay: House, clerk: Callable[..., Client]
) -> None:
    factories.make_entry(house=quay, certificate=complaint.certificates.get())
    booking()

    assert "free night<" not in text_of(clerk(), bookings())


def test_a_longer_list_asks_no_more_questions(quay: House, clerk: Callable[..., Client]) -> None:
    client = clerk()
    counts = []
    for number in (3, 40):
        for index in range(number):
            booking(f"B-{index}")
        for _ in range(3):
            factories.make_complaint(house=quay, category=Category.WIFI)
        booking(LOST)
        with CaptureQueriesContext(connection) as queries:
            text_of(client, bookings())
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_one_booking_asks_the_same_questions_however_much_there_is(
    quay: House, clerk: Callable[..., Client]
) -> None:
    client, counts = clerk(), []
    for _ in range(2):
        for _ in range(3):
            complaint = factories.make_complaint(house=quay, category=Category.WIFI)
            factories.make_certificate(house=quay, complaint=complaint)
        url = booking()
        with CaptureQueriesContext(connection) as queries:
            text_of(client, url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- what is the host's stays the host's ----------------------------------------------------------------


def test_the_hosts_own_template_fields_media_and_addresses_stay(
    quay: House, clerk: Callable[..., Client]
) -> None:
    client = clerk()
    page = text_of(client, booking())

    assert "The host's own button" in page or "The host&#x27;s own button" in page
    assert "<h2" in page
    assert page.index("Guest recovery") < page.index("Ours")
    assert LOST.upper() in page
    assert "host/own.css" in page
    assert text_of(client, "/front/office/auth/group/today/") == "arrivals"


def test_a_host_may_say_where_the_panel_stands(complaint: Complaint, clerk: Callable[..., Client]) -> None:
    client = clerk()
    page, table = text_of(client, booking(site="annex")), text_of(client, bookings("annex"))

    assert page.count(complaint.reference) == 1
    assert page.index("Last") < page.index(complaint.reference)
    assert "1 complaint" in table


def test_pages_of_ours_on_another_site_are_found_there(
    complaint: Complaint, clerk: Callable[..., Client]
) -> None:
    page = text_of(clerk(), booking(site="annex"))

    assert f"/admin/recovery/complaint/{complaint.pk}/change/" in page
    assert f"/admin/recovery/complaint/open/?stay={LOST}" in page


def test_who_may_see_nothing_sees_nothing_where_the_host_placed_it_either(
    complaint: Complaint, clerk: Callable[..., Client]
) -> None:
    client = clerk(verbs=(), looks=())

    for page in (text_of(client, booking(site="annex")), text_of(client, bookings("annex"))):
        assert complaint.reference not in page
        assert "rcv-badge" not in page
        assert "omplaints and free nights" not in page


def test_a_mixin_in_the_wrong_place_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="Upside: write our mixin before ModelAdmin"):
        type("Upside", (admin.ModelAdmin, StayAdminMixin), {})


def test_a_booking_is_saved_as_before(quay: House, clerk: Callable[..., Client]) -> None:
    url = booking()

    response = clerk().post(url, {"name": "Renamed", "_continue": "1"})

    assert response.status_code == 302
    assert Group.objects.filter(name="Renamed").exists()


def test_a_refused_form_still_shows_the_panel(complaint: Complaint, clerk: Callable[..., Client]) -> None:
    page = clerk().post(booking(), {"name": ""}).content.decode()

    assert "This field is required." in page
    assert complaint.reference in page


@pytest.mark.parametrize("address", ["/front/office/auth/group/add/", "popup"])
def test_a_record_that_is_not_there_yet_and_a_pop_up_have_no_panel(
    quay: House, clerk: Callable[..., Client], address: str
) -> None:
    page = text_of(clerk(), f"{booking()}?_popup=1" if address == "popup" else address)

    assert "rcv-host" not in page
    assert "rcv-panel" not in page
