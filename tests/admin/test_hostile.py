"""What people paste: escaped, refused with a sentence, never half-written."""

from __future__ import annotations

import pytest
from django.test import Client

from recovery.actions import GuestInput
from recovery.models import Complaint, Contact
from tests import factories
from tests.admin.pages import LIST, Markup, hidden, page_of, text_of, verb_url

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert('rcv')</script>"
BREAKS_OUT = "\"><img src=x onerror=alert('rcv')>"
RTL = "\u202egnitrats morf tfel\u202c"


def contact(client: Client, complaint: Complaint, words: str) -> str:
    url = verb_url(complaint, "add_contact")
    typed = {"kind": "complaint", "channel": "phone", "said": words}
    response = client.post(url, {**hidden(client, url), **typed}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("text", [SCRIPT, BREAKS_OUT, "{{ 7|add:77777 }}", "%(name)s %s {0}", "😀\u200d🔥"])
def test_markup_is_shown_as_it_was_typed(text: str, quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(
        house=quay,
        stay_ref="",
        property_code="QUAY",
        summary=f"S {text}",
        description=f"D {text}",
        impact=f"I {text}",
        purpose=text,
        guest=GuestInput(name=f"N {text}"),
    )
    task = factories.make_task(complaint=complaint, by=quay.by_desk, title=f"T {text}", detail=text)

    pages = [
        text_of(helen, LIST),
        text_of(helen, page_of(complaint)),
        text_of(helen, verb_url(complaint, "keep_task", task=task.pk)),
        text_of(helen, verb_url(complaint, "send_written_apology")),
        text_of(helen, f"{LIST}{complaint.pk}/history/"),
    ]

    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        markup = Markup()
        markup.feed(page)
        assert not any("onerror" in attributes for _tag, attributes in markup.tags)
        assert "77784" not in page  # a template that was evaluated


def test_letters_that_turn_the_line_around_are_taken_out(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    page = contact(helen, complaint, f"before {RTL} after")

    assert "\u202e" not in page
    assert "before gnitrats morf tfel after" in page


def test_a_name_from_right_to_left_is_kept_apart_from_the_sentence(
    quay: factories.House, helen: Client
) -> None:
    complaint = factories.make_complaint(
        house=quay, stay_ref="", property_code="QUAY", guest=GuestInput(name="مها الخطيب")
    )

    assert "<bdi>مها الخطيب</bdi>" in text_of(helen, LIST)
    assert "<bdi>مها الخطيب</bdi>" in text_of(helen, verb_url(complaint, "acknowledge"))


def test_a_megabyte_is_refused_with_its_length(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    before = Contact.objects.count()

    page = contact(helen, complaint, "x" * 1_048_576)

    assert "at most 20000 characters (it has 1048576)" in page
    assert "errorlist" in page
    assert Contact.objects.count() == before


def test_a_null_is_refused(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    before = Contact.objects.count()

    page = contact(helen, complaint, "a\x00b")

    assert "Null characters are not allowed" in page
    assert Contact.objects.count() == before


def test_a_line_break_in_a_name_is_refused(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "relink_guest")
    typed = {"name": "Daniel\r\nBcc: all@example.com", "reason": "typing"}

    page = helen.post(url, {**hidden(helen, url), **typed}).content.decode()

    assert "must be one line" in page
    assert complaint.parties.get().name == "Daniel Whitfield"


@pytest.mark.parametrize(
    "when", ["tomorrow", "2027-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2027-01-01T10:00+02:00"]
)
def test_a_time_that_is_none_is_refused(when: str, quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "add_task")

    page = helen.post(url, {**hidden(helen, url), "what": "Ring", "due_at": when}).content.decode()

    assert "That is not a date and time" in page


@pytest.mark.parametrize("face", ["0", "-5", "1e9999", "NaN", "12.345", "1000000000000"])
def test_an_amount_that_is_none_is_refused(face: str, quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "grant_compensation")
    typed = {"remedy": "refund", "layer": "owed", "what": "Minibar", "face": face, "units": "1"}

    response = helen.post(url, {**hidden(helen, url), **typed})

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not complaint.compensations.exists()
