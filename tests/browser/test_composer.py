"""The composer in a real browser: what is typed shows, lights and is kept; with a keyboard alone."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from typing import Any

import pytest

from recovery import actions
from recovery.models import Complaint, HouseProfile, Letter, Party, StaffMember, TimelineEvent

from .conftest import complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
#: Where pictures go when somebody wants to see the pages.
PICTURES = os.environ.get("RECOVERY_PICTURES", "")
RESTATEMENT = "You came with your booking for July, and we had no room for you."


@pytest.fixture
def manager(django_user_model: Any) -> actions.Actor:
    actions.prepare_property(property_code="QUAY", house="hotel")
    HouseProfile.objects.update(reference_rate=168)
    user = django_user_model.objects.create_superuser("helen", password="demo")
    StaffMember.objects.create(name="Helen Marsh", roles=["DM", "GM"], user=user, phone="+44 117 496 0143")
    return actions.Actor.for_user(user)


@pytest.fixture
def complaint(manager: actions.Actor) -> Complaint:
    found = actions.open_complaint(
        by=manager,
        category="lost_reservation",
        channel="in_person",
        property_code="QUAY",
        summary="Booked by phone, not in the list",
        guest=actions.GuestInput(name="Daniel Whitfield", email="daniel@example.com", email_read_back=True),
    )
    return actions.confirm_restatement(
        complaint=found,
        by=manager,
        restatement=RESTATEMENT,
        confirmation="yes",
        impact="You missed the dinner.",
    )


@pytest.fixture
def page(browser: Any, live_server: Any, complaint: Complaint) -> Callable[..., str]:
    """Opens the composer of the complaint, signed in."""
    browser.get(f"{live_server.url}/admin/login/?next=/admin/")
    browser.find_element("name", "username").send_keys("helen")
    browser.find_element("name", "password").send_keys("demo\n")
    browser.find_element("id", "user-tools")

    def open_it(query: str = "", *, width: int = 1280) -> str:
        # By its own command, because no window is as narrow as a telephone.
        screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        browser.get(f"{live_server.url}/admin/recovery/complaint/{complaint.pk}/compose/{query}")
        return str(browser.current_url)

    return open_it


def picture(browser: Any, name: str) -> None:
    if PICTURES:
        # Into sight first, because a frame that nobody sees is not painted.
        browser.execute_script("document.querySelector('#rcv-panel-letter').scrollIntoView()")
        whole = browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
        with open(f"{PICTURES}/{name}.png", "wb") as file:
            file.write(base64.b64decode(whole["data"]))


def words_of(browser: Any, name: str) -> str:
    return str(browser.find_element("css selector", f'[data-rcv="{name}"]').get_attribute("textContent"))


def wait_for(browser: Any, check: Callable[[], bool]) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 15).until(lambda _driver: check())


def type_into(browser: Any, field: str, words: str) -> None:
    box = browser.find_element("name", field)
    box.clear()
    box.send_keys(words)


def fits(browser: Any) -> bool:
    return bool(browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth"))


def test_what_is_typed_shows_and_lights_and_nothing_is_written(
    browser: Any, page: Callable[..., str], complaint: Complaint
) -> None:
    page()
    before = (TimelineEvent.objects.count(), Complaint.objects.get(pk=complaint.pk).version)
    assert browser.find_element("name", "wrong").get_attribute("value") == RESTATEMENT
    assert "what happened, or what changes: one is needed" in words_of(browser, "lamps")

    type_into(browser, "changes", "Every booking is now read back to the guest.")
    type_into(browser, "own_sentence", "I am sorry if you feel that way about the dinner.")
    wait_for(browser, lambda: "one is needed" not in words_of(browser, "lamps"))

    assert "Every booking is now read back" in words_of(browser, "text")
    assert "Do not send it like this" in words_of(browser, "remarks")
    wait_for(browser, lambda: len(browser.find_elements("css selector", "#rcv-panel-letter iframe")) == 1)
    frame = browser.find_element("css selector", "#rcv-panel-letter iframe")
    browser.switch_to.frame(frame)
    assert "Every booking is now read back" in browser.find_element("tag name", "body").text
    browser.switch_to.default_content()
    picture(browser, "composer-1280")
    after = (TimelineEvent.objects.count(), Complaint.objects.get(pk=complaint.pk).version)
    assert (after, Letter.objects.count()) == (before, 0)
    assert complaints(browser) == []


def test_the_tabs_answer_to_the_arrow_keys(browser: Any, page: Callable[..., str]) -> None:
    from selenium.webdriver.common.keys import Keys

    page()
    browser.find_element("id", "rcv-tab-letter").send_keys(Keys.ARROW_RIGHT)

    assert browser.switch_to.active_element.get_attribute("id") == "rcv-tab-text"
    assert browser.find_element("id", "rcv-panel-text").is_displayed()
    assert not browser.find_element("id", "rcv-panel-letter").is_displayed()
    browser.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    wait_for(browser, lambda: len(browser.find_elements("css selector", "#rcv-panel-pdf iframe")) == 1)
    browser.switch_to.active_element.send_keys(Keys.HOME)
    assert browser.switch_to.active_element.get_attribute("id") == "rcv-tab-letter"
    assert complaints(browser) == []


def test_on_a_telephone_nothing_is_wider_than_the_screen_and_a_danish_letter_stands_beside_itself(
    browser: Any, page: Callable[..., str], complaint: Complaint
) -> None:
    Party.objects.update(language="da", language_source="said")
    page(width=390)

    assert fits(browser)
    browser.find_element("id", "rcv-tab-beside").click()
    beside = browser.find_element("css selector", '[data-rcv="beside"]')
    assert "Kære Daniel" in beside.text
    assert "Dear Daniel Whitfield" in beside.text
    assert "Thank you for telling us." in beside.text, "our own proposal is told in both languages"
    type_into(browser, "own_sentence", "Jeg tænker på jeres aften.")
    wait_for(browser, lambda: len(beside.find_elements("tag name", "mark")) == 2)
    assert {mark.text for mark in beside.find_elements("tag name", "mark")} == {"Jeg tænker på jeres aften."}
    assert fits(browser)
    picture(browser, "composer-telephone")
    page("?way=paper")
    browser.find_element("id", "rcv-tab-beside").click()
    picture(browser, "composer-beside-1280")
    page("?way=spoken", width=390)
    wait_for(browser, lambda: len(browser.find_elements("css selector", "#rcv-panel-letter iframe")) == 1)
    browser.switch_to.frame(browser.find_element("css selector", "#rcv-panel-letter iframe"))
    wait_for(browser, lambda: "Fejlen er vores" in browser.find_element("tag name", "body").text)
    browser.switch_to.default_content()
    assert fits(browser)
    picture(browser, "composer-spoken-telephone")
    assert complaints(browser) == []


def test_it_is_sent_by_the_verb_and_an_error_keeps_what_was_typed(
    browser: Any, page: Callable[..., str], complaint: Complaint
) -> None:
    page()
    type_into(browser, "changes", "Every booking is now read back to the guest.")
    type_into(browser, "nights", "99")
    browser.find_element("css selector", 'button[name="_as"][value="send"]').click()

    assert "Every booking" in browser.find_element("name", "changes").get_attribute("value")
    assert browser.find_elements("css selector", ".rcv-field--wrong") != []
    assert Letter.objects.count() == 0
    type_into(browser, "nights", "1")
    browser.find_element("css selector", 'button[name="_as"][value="send"]').click()
    wait_for(browser, lambda: "/change/" in browser.current_url)
    letter = Letter.objects.get()
    assert letter.facts["wrong"] == RESTATEMENT
    assert letter.certificate is not None


def test_whoever_was_signed_out_is_told_and_loses_nothing(browser: Any, page: Callable[..., str]) -> None:
    page()
    browser.delete_all_cookies()

    type_into(browser, "changes", "Every booking is now read back to the guest.")

    wait_for(browser, lambda: "signed out" in words_of(browser, "said"))
    assert "Every booking" in browser.find_element("name", "changes").get_attribute("value")


def test_without_a_script_the_buttons_show_the_letter_and_what_a_reader_says(
    browser: Any, page: Callable[..., str]
) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page()
    type_into(browser, "changes", "Every booking is now read back to the guest.")

    browser.find_element("css selector", 'button[value="html"]').click()

    browser.switch_to.frame(browser.find_element("name", "rcv-letter"))
    wait_for(browser, lambda: "Every booking" in browser.find_element("tag name", "body").text)
    browser.switch_to.default_content()
    browser.find_element("css selector", 'button[value="words"]').click()
    browser.switch_to.frame(browser.find_element("name", "rcv-letter"))
    wait_for(browser, lambda: "careful reader" in browser.find_element("tag name", "body").text)
    browser.switch_to.default_content()
    assert "Every booking" in browser.find_element("name", "changes").get_attribute("value")
    picture(browser, "composer-without-script")


def test_going_back_leaves_the_page_and_not_an_older_letter(
    browser: Any, page: Callable[..., str], complaint: Complaint
) -> None:
    page()
    steps = browser.execute_script("return history.length")
    for words in ("One.", "Two."):
        type_into(browser, "changes", f"Every booking is now read back. {words}")
        wait_for(browser, lambda words=words: words in words_of(browser, "text"))
        wait_for(browser, lambda: len(browser.find_elements("css selector", "#rcv-panel-letter iframe")) == 1)

    assert browser.execute_script("return history.length") == steps
