"""Own words in a real browser: the letter stands beside its text before anything is saved."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from recovery import actions
from recovery.choices import LetterKind
from recovery.letters.wording import starting_words
from recovery.models import LetterText, StaffMember

from .conftest import complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def helen() -> None:
    actions.prepare_property(property_code="QUAY", house="hotel")
    user = User.objects.create_superuser("helen", password="demo")
    StaffMember.objects.create(name="Helen Marsh", roles=["GM"], user=user)


def test_own_words_are_seen_as_letter_and_as_text_before_they_are_saved(
    browser: Any, live_server: Any, helen: None
) -> None:
    browser.get(f"{live_server.url}/admin/recovery/lettertext/receipt/en/")
    browser.find_element("name", "username").send_keys("helen")
    browser.find_element("name", "password").send_keys("demo\n")
    box = browser.find_element("name", "words")
    typed = starting_words(LetterKind.RECEIPT, "en").replace("telling us.\n\n[if", "saying so.\n\n[if")
    browser.execute_script("arguments[0].value = arguments[1]", box, typed)

    browser.find_element("name", "_preview").click()

    browser.switch_to.frame("rcv-letter")
    assert "Thank you for saying so." in browser.find_element("css selector", "pre").text
    letter = browser.find_element("css selector", "iframe")
    assert letter.size["width"] > 300 and letter.location["x"] < 100
    browser.switch_to.frame(letter)
    body = browser.find_element("css selector", "body")
    assert "Thank you for saying so." in body.text
    assert "rgb" in body.value_of_css_property("background-color")
    browser.switch_to.default_content()
    assert LetterText.objects.count() == 0
    browser.find_element("name", "save").click()
    assert "Version 1 holds from now on." in browser.find_element("css selector", "body").text
    assert LetterText.objects.get().text == typed
    assert [line for line in complaints(browser) if "recovery" in line] == []
