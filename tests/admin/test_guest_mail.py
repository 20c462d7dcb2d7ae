"""Guest texts at the desk: a form for each kind, a button for each draft, a reason for what is held."""

from __future__ import annotations

import pytest
from django.test import Client

from recovery import actions, errors
from recovery.admin.verb_forms.letters import DRAFTS
from recovery.choices import Category, Channel, ContactKind, HoldReason, LetterKind, MailMode, TaskKind
from recovery.models import Letter, Task
from recovery.rules.mail_contract import CONTRACT
from tests import factories
from tests.admin.pages import hidden, text_of, verb_url
from tests.admin.test_letters import letter_url

pytestmark = pytest.mark.django_db

TYPED = {
    "acknowledgement": {"understood": "The heating was off.", "promise": "It is on by four."},
    "agreed": {"agreed": "You move upstairs today."},
    "question": {"question": "Which room was it?", "question_why": "So that we repair the right one."},
    "update": {"still_open": "The part is on its way."},
    "delay": {"before": "it would be warm by four.", "promise": "It is warm by eight."},
    "reply": {"answer": "Yes, until noon."},
    "solved": {"done": "The heating was repaired."},
    "care_contact": {"care": "The doctor"},
}


def test_every_text_that_a_person_begins_has_its_form() -> None:
    by_hand = {kind for kind in LetterKind if CONTRACT[kind].mode is not MailMode.AUTO}

    assert {form.kind for form in DRAFTS} == by_hand


@pytest.mark.parametrize("kind", TYPED)
def test_a_text_is_written_in_its_form_and_shown_before_it_goes(
    quay: factories.House, helen: Client, kind: str
) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.BROKEN_ROOM)
    url = verb_url(complaint, "draft_letter", kind=kind)
    assert "In English, the guest&#x27;s language." in text_of(helen, url)

    response = helen.post(url, {**hidden(helen, url), **TYPED[kind]})

    letter = Letter.objects.get(complaint=complaint)
    assert (letter.kind, letter.released_at) == (kind, None)
    assert f"letter={letter.pk}" in response.headers["Location"]
    said = next(iter(TYPED[kind].values()))
    assert said in " ".join(letter.text.split())


def test_an_empty_form_is_not_sent(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "draft_letter", kind="reply")

    helen.post(url, {**hidden(helen, url), "answer": " "})

    assert not Letter.objects.exists()


def test_our_own_note_is_shown_and_not_filled_in(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.BROKEN_ROOM)
    actions.mark_solved(complaint=complaint, by=quay.by_desk, solution="Karl forgot the valve")

    page = text_of(helen, verb_url(complaint, "draft_letter", kind="solved"))

    assert "We wrote down: “Karl forgot the valve”." in page
    assert "valve</textarea>" not in page


def test_a_draft_that_lacks_its_words_leads_to_the_form(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.WIFI, stay_ref=factories.RETURN)
    actions.mark_solved(complaint=complaint, by=quay.by_desk, solution="New router")
    Task.objects.filter(complaint=complaint).exclude(kind=TaskKind.LETTER).update(
        withdrawn_at=complaint.opened_at
    )

    page = text_of(helen, f"/admin/recovery/complaint/{complaint.pk}/change/")

    assert verb_url(complaint, "draft_letter", kind="solved") in page.replace("&amp;", "&")


def test_what_is_held_says_why(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.WIFI, stay_ref=factories.RETURN)
    letter = factories.make_letter(house=quay, complaint=complaint)
    Letter.objects.filter(pk=letter.pk).update(held_because=HoldReason.UNANSWERED)

    assert "held: the guest has written, and nobody has answered yet" in text_of(helen, letter_url(letter))


def test_a_letter_that_nobody_sent_is_not_ticked_off(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.WIFI, stay_ref=factories.RETURN)
    factories.make_letter(house=quay, complaint=complaint)
    task = Task.objects.get(complaint=complaint, kind=TaskKind.LETTER)

    with pytest.raises(errors.DoneElsewhere):
        actions.keep_task(task=task, by=quay.by_desk)


def test_a_guest_who_writes_is_answered_from_the_form(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.WIFI, stay_ref=factories.RETURN)
    actions.add_contact(
        complaint=complaint,
        by=quay.by_desk,
        kind=ContactKind.QUESTION,
        channel=Channel.EMAIL,
        words="When?",
    )
    url = verb_url(complaint, "draft_letter", kind="reply")
    helen.post(url, {**hidden(helen, url), "answer": "Today at four."})
    letter = Letter.objects.get(kind="reply")
    url = verb_url(complaint, "release_letter", letter=letter.pk)

    helen.post(url, hidden(helen, url))

    assert Letter.objects.get(pk=letter.pk).released_by != ""
    assert not complaint.tasks.open().filter(fulfils="answer").exists()
