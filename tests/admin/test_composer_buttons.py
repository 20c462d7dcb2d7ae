"""What the buttons of the composer do, with a script and without, and who may press them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from recovery.letters.dates import CALENDARS
from recovery.models import Apology, Certificate, Letter, Party
from tests import factories
from tests.admin.composing import RESTATEMENT, heard, look, rows, typed, url_of
from tests.admin.pages import page_of, text_of

pytestmark = pytest.mark.django_db


# --- what the buttons do ------------------------------------------------------------------------


def test_it_is_sent_by_the_verb_once(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint), changes="Every booking is read back.", nights="1", _as="send")

    for _press in range(2):
        response = helen.post(url_of(complaint), data)
        assert response.status_code == 302
        assert response["Location"] == page_of(complaint)

    letter = Letter.objects.get()
    assert letter.facts["wrong"] == RESTATEMENT
    assert letter.facts["changes"] == "Every booking is read back."
    assert not letter.by_hand
    assert letter.certificate is not None
    assert letter.certificate.why == "Because we would like to welcome you again."


def test_on_paper_leads_to_the_letter_whatever_is_posted(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint, "paper"), changes="Every booking is read back.", _as="send")
    data.pop("by_hand", None)

    response = helen.post(url_of(complaint, "paper"), data)

    letter = Letter.objects.get()
    assert letter.by_hand
    assert response["Location"].endswith(f"/letter/{letter.pk}/")


def test_a_draft_is_kept_by_its_verb_and_shown_next(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint), nights="1", _as="draft")

    response = helen.post(url_of(complaint), data)

    letter = Letter.objects.get()
    assert letter.released_at is None
    assert letter.facts["wrong"] == RESTATEMENT
    assert "do/release_letter/" in response["Location"]
    assert Certificate.objects.count() == 0, "a draft carries no certificate"


def test_what_was_said_is_recorded_by_its_verb(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    url = url_of(complaint, "spoken")
    page = text_of(helen, url)
    assert "to read aloud" in page.lower()
    data = typed(helen, url, parts=["regret", "responsibility"], _as="send")

    response = helen.post(url, data)

    assert response.status_code == 302
    apology = Apology.objects.get()
    assert (apology.mode, apology.parts) == ("spoken", ["regret", "responsibility"])
    assert Letter.objects.count() == 0


def test_nothing_said_is_nothing_recorded(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    url = url_of(complaint, "spoken")

    response = helen.post(url, typed(helen, url, _as="send"))

    assert response.status_code == 200
    assert response.context["form"].errors["parts"]
    assert Apology.objects.count() == 0


@pytest.mark.parametrize("way", ("mail", "paper", "spoken"))
def test_an_error_keeps_what_was_typed(quay: factories.House, helen: Client, way: str) -> None:
    complaint = heard(quay)
    url = url_of(complaint, way)
    data = typed(helen, url, own_sentence="I think of your friends.", changes="x" * 700, _as="send")

    page = helen.post(url, data)

    assert page.status_code == 200
    assert page.context["form"]["own_sentence"].value() == "I think of your friends."
    assert "x" * 700 in page.content.decode()
    assert rows()[:3] == (0, 0, 0)


def test_a_refusal_of_the_verb_is_said_in_the_composer(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint), nights="0", repairs="", _as="send")

    page = helen.post(url_of(complaint), data)

    assert page.status_code == 200
    assert "recovery/admin/composer.html" in [template.name for template in page.templates]
    assert "rcv-alert" in page.content.decode()
    assert Letter.objects.count() == 0


def test_a_colleague_who_was_quicker_is_shown_and_the_words_stay(
    quay: factories.House, helen: Client
) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint), changes="Every booking is read back.", _as="send")
    factories.make_task(complaint=complaint, by=quay.by_desk)

    page = helen.post(url_of(complaint), data).content.decode()

    assert "This happened meanwhile" in page
    assert "Every booking is read back." in page
    assert Letter.objects.count() == 0


# --- without the script -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "words"), (("mail", "Dear Daniel Whitfield"), ("spoken", "Daniel Whitfield,"))
)
def test_the_buttons_show_the_words_without_any_script(
    quay: factories.House, helen: Client, way: str, words: str
) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint, way))

    shown = helen.post(url_of(complaint, way), {**data, "_preview": "html"})
    read = helen.post(url_of(complaint, way), {**data, "_preview": "words"})

    assert words in shown.content.decode()
    assert shown["Content-Security-Policy"].endswith("sandbox")
    assert "What a careful reader would say" in read.content.decode()
    assert rows()[:3] == (0, 0, 0)


def test_a_letter_that_is_not_whole_yet_is_shown_all_the_same(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint))

    shown = helen.post(url_of(complaint), {**data, "_preview": "html"}).content.decode()

    assert "There is no letter to show yet" not in shown
    assert "The mistake is ours" in shown


def test_the_paper_may_stand_in_our_own_page_and_in_no_other(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint), changes="Every booking is read back.")

    paper = helen.post(url_of(complaint), {**data, "_preview": "pdf"})

    assert paper["Content-Type"] == "application/pdf"
    assert paper["X-Frame-Options"] == "SAMEORIGIN"
    assert paper["Content-Security-Policy"] == "frame-ancestors 'self'"


def test_script_and_style_come_from_files(quay: factories.House, helen: Client) -> None:
    page = text_of(helen, url_of(heard(quay)))

    assert '<script src="/static/recovery/composer.js" defer></script>' in page
    assert '<link rel="stylesheet" href="/static/recovery/composer.css">' in page
    assert 'role="status" aria-live="polite"' in page


# --- who may --------------------------------------------------------------------------------------


def test_it_asks_for_the_permission_of_the_release(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    complaint = heard(quay)
    desk = sign_in(quay.desk, username="asha", verbs=("open_complaint", "draft_letter"))

    assert desk.get(url_of(complaint)).status_code == 403
    assert desk.post(url_of(complaint, look=True), {}).status_code == 403
    assert desk.post(url_of(complaint), {"_as": "draft"}).status_code == 403
    assert "compose" not in text_of(desk, page_of(complaint))


def test_each_button_asks_for_the_permission_of_its_verb(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    complaint = heard(quay)
    manager = sign_in(quay.manager, username="tom", verbs=("release_letter",))

    page = manager.get(url_of(complaint))

    assert page.status_code == 200
    assert 'value="draft"' not in page.content.decode()
    assert manager.post(url_of(complaint), {"_as": "draft"}).status_code == 403
    assert manager.get(url_of(complaint, "spoken")).status_code == 403
    assert url_of(complaint).partition("?")[0] in text_of(manager, page_of(complaint))


def test_the_desk_that_sends_no_letters_reads_what_to_say(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    complaint = heard(quay)
    desk = sign_in(quay.desk, username="asha", verbs=("record_spoken_apology",))

    page = desk.get(url_of(complaint, "spoken"))

    assert page.status_code == 200
    assert [label for label, _url, _here in page.context["ways"]] == ["spoken, at the desk or by telephone"]
    assert url_of(complaint, "spoken") in text_of(desk, page_of(complaint))
    assert desk.get(url_of(complaint, "mail")).status_code == 403
    assert desk.post(url_of(complaint, "mail", look=True), {}).status_code == 403


def test_a_language_with_letters_and_without_starters_begins_empty(
    quay: factories.House, helen: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaint = heard(quay)
    monkeypatch.setitem(CALENDARS, "nb", CALENDARS["da"])
    Party.objects.update(language="nb", language_source="said")

    page = helen.get(url_of(complaint))

    assert page.status_code == 200
    assert page.context["form"]["wrong"].value() == ""


def test_another_house_has_no_such_page(
    quay: factories.House, strand: factories.House, helen: Client
) -> None:
    theirs = factories.make_complaint(house=strand)

    assert helen.get(url_of(theirs)).status_code == 404
    assert helen.post(url_of(theirs, look=True), {}).status_code == 404


def test_a_look_is_posted_and_never_kept(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)

    assert helen.get(url_of(complaint, look=True)).status_code == 405
    answer = helen.post(url_of(complaint, look=True), {})
    assert "no-store" in answer["Cache-Control"]


def test_nobody_who_can_sign_is_said_and_not_a_crash(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint))
    for person in (quay.manager, quay.general_manager, quay.desk):
        type(person).objects.filter(pk=person.pk).update(roles=[])

    page = helen.get(url_of(complaint))
    seen = look(helen, url_of(complaint, look=True), {**data, "signatory": ""})

    assert page.status_code == 200
    assert "Nobody can sign it yet" in page.content.decode()
    assert seen["has_letter"] is False
