"""What a night manager and a guest see, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from recovery import actions
from recovery.actions import links
from recovery.models import Complaint, GuestLink, HouseProfile, StaffMember

from .conftest import complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def manager() -> actions.Actor:
    actions.prepare_property(property_code="QUAY", house="hotel")
    HouseProfile.objects.update(reference_rate=168)
    user = User.objects.create_superuser("helen", password="demo")
    StaffMember.objects.create(name="Helen Marsh", roles=["DM", "GM"], user=user, phone="+44 117 496 0143")
    return actions.Actor.for_user(user)


@pytest.fixture
def complaint(manager: actions.Actor) -> Complaint:
    return actions.open_complaint(
        by=manager,
        category="lost_reservation",
        channel="in_person",
        property_code="QUAY",
        summary="Booked by phone, not in the list",
        guest=actions.GuestInput(name="Daniel Whitfield", email="daniel@example.com", email_read_back=True),
    )


def _words(browser: Any, selector: str) -> str:
    return str(browser.find_element("css selector", selector).text)


def _fits(browser: Any) -> bool:
    return bool(browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth"))


def test_the_desk_sees_who_waits_and_what_comes_next(
    browser: Any, live_server: Any, complaint: Complaint
) -> None:
    browser.get(f"{live_server.url}/admin/recovery/complaint/")
    browser.find_element("name", "username").send_keys("helen")
    browser.find_element("name", "password").send_keys("demo\n")

    assert complaint.summary in _words(browser, "#result_list")
    browser.get(f"{live_server.url}/admin/recovery/complaint/{complaint.pk}/change/")
    assert "Do this next" in _words(browser, "#content")
    assert "Seat the guest" in _words(browser, "#content")
    assert [line for line in complaints(browser) if "recovery" in line] == []


def test_the_guest_reads_the_certificate_on_a_telephone(
    browser: Any, live_server: Any, manager: actions.Actor, complaint: Complaint
) -> None:
    words = actions.LetterWords(wrong="We never wrote your booking down.", explanation="Two calls at once.")
    letter = actions.send_written_apology(complaint=complaint, by=manager, words=words)
    reader = StaffMember.objects.create(name="Joseph Adeyemi", roles=["FD"])
    actions.release_letter(letter=letter, by=actions.Actor.for_staff(reader))
    link = GuestLink.objects.get(purpose="certificate")
    assert link.certificate is not None
    path = links.url_of(link).split("/", 3)[3]

    browser.set_window_size(500, 900)
    browser.get(f"{live_server.url}/{path}")

    assert links.code_of(link.certificate) in _words(browser, "body")
    assert path not in browser.current_url
    assert _fits(browser)
    assert complaints(browser) == []
