"""S0-08: cause and supplier are ours alone: a sentinel reaches no guest by any text, paper or page."""

from __future__ import annotations

import dataclasses
import io
import json
from typing import Any

import pytest
from django.core import mail
from pypdf import PdfReader

from recovery import actions
from recovery.actions import HANDLERS
from recovery.actions.links import url_of
from recovery.choices import Category, Channel, Stance
from recovery.models import Complaint, GuestLink, Letter
from recovery.outbox import relay
from tests import factories as make
from tests.factories import House

from . import travel

pytestmark = pytest.mark.django_db(transaction=True)

SENTINEL = "Dampvaskeriet"


@pytest.fixture
def story(transactional_db: None) -> Complaint:
    """A complaint with every kind of letter, and the sentinel in every place where staff write for staff."""
    house = make.make_house()
    complaint = make.make_complaint(
        house=house,
        channel=Channel.EMAIL,
        summary=f"{SENTINEL} summary",
        description=f"{SENTINEL} description",
        impact=f"{SENTINEL} impact",
        purpose=f"{SENTINEL} purpose",
        purpose_place=f"{SENTINEL} place",
    )
    travel.later(minutes=3)
    relay.drain(handlers=HANDLERS)
    write_everywhere(house, complaint)
    card = make.make_walk_card(house=house, complaint=complaint)
    actions.release_letter(letter=card, by=house.by_desk)
    words = dataclasses.replace(make.WORDS, own_sentence="I know what impact it had on your day.")
    apology = make.make_apology(house=house, complaint=complaint, words=words)
    assert apology.certificate is not None
    make.make_certificate(house=house, complaint=complaint, number=2, reason=f"{SENTINEL} again")
    make.make_entry(house=house, certificate=apology.certificate)
    relay.drain(handlers=HANDLERS)
    return Complaint.objects.get(pk=complaint.pk)


def write_everywhere(house: House, complaint: Complaint) -> None:
    actions.acknowledge(complaint=complaint, by=house.by_manager, channel=Channel.PHONE)
    actions.confirm_restatement(
        complaint=complaint,
        by=house.by_manager,
        restatement=f"{SENTINEL} restatement",
        confirmation="corrected",  # type: ignore[arg-type]
        reason=f"{SENTINEL} reason",
        impact=f"{SENTINEL} impact",
    )
    actions.set_stance(
        complaint=complaint,
        by=house.by_manager,
        stance=Stance.RESPONSIBILITY,
        reason=f"{SENTINEL} stance",
        internal_cause=f"{SENTINEL} cause",
        supplier=f"{SENTINEL} Ltd",
    )
    actions.add_contact(
        complaint=complaint, by=house.by_desk, kind="chaser", channel="phone", words=f"{SENTINEL} words"
    )
    task = make.make_task(
        complaint=complaint, by=house.by_desk, title=f"{SENTINEL} task", detail=f"{SENTINEL} detail"
    )
    actions.accept_task(task=task, by=house.by_desk, person=house.manager, heard_by=SENTINEL)
    actions.break_task(task=task, by=house.by_desk, reason=f"{SENTINEL} broke it")
    actions.keep_task(
        task=complaint.tasks.get(step_key="review"),
        by=house.by_general_manager,
        evidence={"cause": SENTINEL, "not_caught": SENTINEL, "prevention": SENTINEL},
    )
    actions.mark_solved(complaint=complaint, by=house.by_manager, solution=f"{SENTINEL} solution")
    actions.tell_guest(complaint=complaint, by=house.by_manager, how=f"{SENTINEL} how")
    actions.relink_guest(
        complaint=complaint,
        by=house.by_desk,
        guest=actions.GuestInput(phone="1"),
        reason=f"{SENTINEL} relinked",
    )


def paper_text(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_sentinel_is_where_staff_look(story: Complaint) -> None:
    assert SENTINEL in story.supplier
    assert story.letters.count() == 6  # one of them the draft that says it is solved


def test_no_letter_mentions_it(story: Complaint) -> None:
    stored = json.dumps(list(Letter.objects.values("subject", "text", "html", "facts")))

    assert SENTINEL not in stored


def test_no_mail_and_no_paper_mentions_it(story: Complaint) -> None:
    assert len(mail.outbox) == 5
    papers = [paper for sent in mail.outbox for paper in sent.attachments]
    assert len(papers) >= 4

    for sent in mail.outbox:
        assert SENTINEL not in sent.message().as_string()
        assert SENTINEL not in sent.body + str(sent.alternatives[0][0])
    for _name, content, mimetype in papers:
        assert mimetype == "application/pdf"
        assert SENTINEL not in paper_text(content)


def test_no_page_of_the_guest_mentions_it(story: Complaint, client: Any) -> None:
    seen = 0
    for link in GuestLink.objects.all():
        response = client.get(url_of(link).removeprefix("https://hotel.example"), follow=True)
        assert response.status_code == 200
        assert SENTINEL not in response.content.decode()
        seen += 1

    assert seen >= 4


def test_no_event_that_a_guest_may_see_carries_text(story: Complaint) -> None:
    data = json.dumps(list(story.timeline.values_list("data", flat=True)))

    assert SENTINEL not in data


def test_a_letter_of_regret_does_not_mention_it_either(transactional_db: None) -> None:
    house = make.make_house()
    complaint = make.make_complaint(house=house, category=Category.SAFETY)
    actions.set_stance(
        complaint=complaint,
        by=house.by_general_manager,
        stance=Stance.REGRET,
        reason="still open",
        internal_cause=SENTINEL,
        supplier=SENTINEL,
    )

    letter = make.make_apology(house=house, complaint=complaint, words=make.REGRET_WORDS, nights=0)

    assert SENTINEL not in letter.text + letter.html + json.dumps(letter.facts)
