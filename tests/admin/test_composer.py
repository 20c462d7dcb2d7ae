"""The composer: begins with what the record knows, shows what comes of it, acts through the verbs."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recovery import actions
from recovery.choices import Confirmation, Layer, RemedyKey
from recovery.letters.dates import CALENDARS
from recovery.models import Apology, Certificate, Complaint, Letter, OutboxMessage, Party, TimelineEvent
from tests import factories
from tests.admin.pages import page_of, text_of

pytestmark = pytest.mark.django_db

RESTATEMENT = "You came with your booking for July, and we had no room for you."
IMPACT = "You missed the dinner before your friends' wedding."


def url_of(complaint: Complaint, way: str = "mail", *, look: bool = False, **query: Any) -> str:
    name = "admin:recovery_complaint_compose" + ("_look" if look else "")
    asked = "&".join(f"{key}={value}" for key, value in {"way": way, **query}.items())
    return reverse(name, args=[complaint.pk]) + f"?{asked}"


def heard(house: factories.House, *, restatement: str = RESTATEMENT, impact: str = IMPACT) -> Complaint:
    complaint = factories.make_complaint(house=house)
    return actions.confirm_restatement(
        complaint=complaint,
        by=house.by_manager,
        restatement=restatement,
        confirmation=Confirmation.YES,
        impact=impact,
    )


def typed(client: Client, url: str, **changed: Any) -> dict[str, Any]:
    """What a browser would send: the fields as they stand, with what somebody changed."""
    form = client.get(url).context["form"]
    found = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in {**found, **changed}.items() if value not in (None, False)}


def look(client: Client, url: str, data: dict[str, Any]) -> dict[str, Any]:
    response = client.post(url, data)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    return dict(json.loads(response.content))


def rows() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Letter, Apology, Certificate, OutboxMessage, TimelineEvent)
    )


# --- what it begins with ------------------------------------------------------------------------


def test_it_begins_with_the_record_and_asks_for_the_rest(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    factories.make_compensation(
        house=quay,
        complaint=complaint,
        remedy=RemedyKey.REFUND,
        layer=Layer.MAKE_WHOLE,
        what="the first night",
        face=Decimal("84.00"),
    )

    response = helen.get(url_of(complaint))

    form = response.context["form"]
    assert form["wrong"].value() == RESTATEMENT
    assert form["impact"].value() == IMPACT
    assert form["repairs"].value() == "GBP\u00a084.00 back to the card or account that you paid with"
    assert form["explanation"].value() == ""
    assert "Ask whoever was there what happened." in form.fields["explanation"].help_text
    page = response.content.decode()
    assert "Says sorry" in page
    assert "what happened, or what changes: one is needed" in page
    assert "tone OK" not in page


def test_a_note_in_another_language_is_shown_to_staff_and_not_to_the_guest(
    quay: factories.House, helen: Client
) -> None:
    complaint = heard(quay)
    Party.objects.update(language="de", language_source="said")

    response = helen.get(url_of(complaint))

    form = response.context["form"]
    assert form["wrong"].value().startswith("Sie haben uns")
    assert form["impact"].value() == ""
    assert IMPACT.rstrip(".") in form.fields["impact"].help_text.replace("&#x27;", "'")
    assert IMPACT not in response.context["look"].text


def test_what_the_guest_said_cannot_break_out_of_the_hint(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay, impact="<script>alert(1)</script> she wept")

    page = text_of(helen, url_of(complaint))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_promise_that_somebody_has_said_yes_to_stands_with_name_and_time(
    quay: factories.House, helen: Client
) -> None:
    complaint = heard(quay)
    task = factories.make_task(
        complaint=complaint, by=quay.by_desk, told_guest=True, assignee=quay.manager, in_minutes=600
    )
    assert "promised you" not in helen.get(url_of(complaint)).context["form"]["repairs"].value()

    actions.accept_task(task=task, by=quay.by_manager)

    said = helen.get(url_of(complaint)).context["form"]["repairs"].value()
    assert said.startswith(f"{quay.manager.name} sees to what we promised you, by ")
    assert "church" not in said, "the title is our own note"


def test_a_free_night_is_proposed_where_the_playbook_names_it_and_none_was_given(
    quay: factories.House, helen: Client
) -> None:
    named = heard(quay)
    plain = factories.make_complaint(
        house=quay, stay_ref="", property_code="QUAY", category="other", summary="Something"
    )
    assert any("free_night" in entry["remedies"] for entry in named.playbooks)

    assert helen.get(url_of(named)).context["form"]["nights"].value() == 1
    assert helen.get(url_of(plain)).context["form"]["nights"].value() == 0


def test_a_draft_that_somebody_has_begun_comes_first(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    factories.make_letter(house=quay, complaint=complaint)

    begun = helen.get(url_of(complaint))
    again = helen.get(url_of(complaint, fresh=1))

    assert begun.context["form"]["wrong"].value() == factories.WORDS.wrong
    assert begun.context["form"]["repairs"].value() == "\n".join(factories.WORDS.repairs)
    assert "Begin again from the record" in begun.content.decode()
    assert again.context["form"]["wrong"].value() == RESTATEMENT


def test_without_a_way_a_guest_whom_no_mail_reaches_gets_paper(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    address = reverse("admin:recovery_complaint_compose", args=[complaint.pk])
    assert helen.get(address).context["way"] == "mail"

    Party.objects.update(email="", address_class="none")

    assert helen.get(address).context["way"] == "paper"


# --- while somebody types -----------------------------------------------------------------------


def test_a_look_renders_lights_and_checks_and_writes_nothing(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    before, version = rows(), Complaint.objects.get(pk=complaint.pk).version
    data = typed(
        helen,
        url_of(complaint),
        changes="Every booking is now read back to the guest.",
        own_sentence="I am sorry, but the wedding was busy.",
        repairs="£ 500 is paid back.",
    )

    seen = look(helen, url_of(complaint, look=True), data)

    assert "Every booking is now read back to the guest." in " ".join(seen["text"].split())
    assert "XXXX-XXXX-XXXX" in seen["text"]
    assert "one is needed" not in seen["lamps"]
    assert "£ 500" in seen["remarks"]
    assert "Do not send it like this" in seen["remarks"]
    assert "remarks" in seen["said"]
    assert rows() == before
    assert Complaint.objects.get(pk=complaint.pk).version == version


def test_a_look_says_what_keeps_it_from_being_a_letter(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    data = typed(helen, url_of(complaint), wrong="")

    seen = look(helen, url_of(complaint, look=True), data)

    assert seen["has_letter"] is False
    assert seen["text"] == ""
    assert "wrong is missing" in seen["lamps"]
    assert "Says sorry" in seen["lamps"]
    assert "No known problem" not in seen["remarks"]


@pytest.mark.parametrize("way", ("mail", "paper", "spoken"))
def test_nothing_found_is_never_called_good(quay: factories.House, helen: Client, way: str) -> None:
    complaint = heard(quay)
    Complaint.objects.filter(pk=complaint.pk).update(severity=2)
    data = typed(
        helen,
        url_of(complaint, way),
        changes="Every booking is now read back to the guest.",
        repairs="The other room is paid.",
    )

    seen = look(helen, url_of(complaint, way, look=True), data)

    assert seen["said"] == "No needed part is missing. No known problem was found."
    assert "No known problem was found. Read it once more as the guest." in seen["remarks"]


def test_while_fault_is_open_an_admission_lights_red(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    Complaint.objects.filter(pk=complaint.pk).update(stance="regret")
    data = typed(helen, url_of(complaint))
    assert "rightly not there" in look(helen, url_of(complaint, look=True), data)["lamps"]

    data["own_sentence"] = "This was our mistake."

    assert "take it out: fault is open" in look(helen, url_of(complaint, look=True), data)["lamps"]


def test_a_foreign_letter_stands_beside_its_own_words_in_the_language_of_the_page(
    quay: factories.House, helen: Client
) -> None:
    complaint = heard(quay)
    assert "rcv-beside" not in text_of(helen, url_of(complaint))
    Party.objects.update(language="fr", language_source="said")
    data = typed(helen, url_of(complaint), own_sentence="Je pense à votre soirée.")

    beside = look(helen, url_of(complaint, look=True), data)["beside"]

    assert "Bonjour Daniel Whitfield," in beside
    assert "Dear Daniel Whitfield," in beside
    assert '<mark lang="fr">Je pense à votre soirée.</mark>' in beside
    assert "General Manager" in beside
    danish = helen.post(url_of(complaint, look=True), data, headers={"accept-language": "da"}).json()[
        "beside"
    ]
    assert "Kære Daniel" in danish


def test_the_number_of_questions_does_not_grow_with_the_story(quay: factories.House, helen: Client) -> None:
    complaint = heard(quay)
    url, data = url_of(complaint, look=True), typed(helen, url_of(complaint))

    def asked(ask: Callable[[], Any]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            ask()
        return len(found)

    few = (asked(lambda: helen.post(url, data)), asked(lambda: helen.get(url_of(complaint))))
    for _number in range(4):
        task = factories.make_task(
            complaint=complaint, by=quay.by_desk, told_guest=True, assignee=quay.manager, in_minutes=900
        )
        actions.accept_task(task=task, by=quay.by_manager)
        factories.make_compensation(house=quay, complaint=complaint)
    many = (asked(lambda: helen.post(url, data)), asked(lambda: helen.get(url_of(complaint))))

    assert many == few
    assert few[0] <= 45, few
    assert few[1] <= 80, few


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
