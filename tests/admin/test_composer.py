"""The composer: begins with what the record knows, shows what comes of it, acts through the verbs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recovery import actions
from recovery.choices import Layer, RemedyKey
from recovery.models import Complaint, Party
from tests import factories
from tests.admin.composing import IMPACT, RESTATEMENT, heard, look, rows, typed, url_of
from tests.admin.pages import text_of

pytestmark = pytest.mark.django_db


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
