"""Playbooks in the admin: in context, read, edited, practised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from recovery import clock
from recovery.actions import record_answers
from recovery.choices import Category, GuestType
from recovery.models import Complaint, Playbook, StaffMember
from recovery.rules.playbook.shipped import text_of
from tests import factories
from tests.admin.pages import hidden, page_of, verb_url
from tests.admin.pages import text_of as page_text

pytestmark = pytest.mark.django_db

HERE = "/admin/recovery/playbook/"
OLD, NEW = "Go there, listen, stop it at the source", "Go there with the porter and stop it"


@pytest.fixture
def cut(quay: factories.House) -> Complaint:
    return factories.make_complaint(house=quay, category=Category.POWER, guest_type=GuestType.BUSINESS)


def edited(client: Client, words: str, **pressed: str) -> Any:
    url = f"{HERE}P03/edit/"
    return client.post(url, {**hidden(client, url), "words": words, **pressed})


def words(old: str = OLD, new: str = NEW) -> str:
    assert old in text_of("P03")
    return text_of("P03").replace(old, new, 1)


# --- in context -----------------------------------------------------------------------------------


def test_the_page_of_a_complaint_shows_cards_what_fits_the_guest_and_what_can_be_done(
    cut: Complaint, helen: Client
) -> None:
    page = page_text(helen, page_of(cut))

    assert "Give your name, what you do now, and a time." in page
    assert "For this guest (business):" in page
    assert "A desk with power and a hotspot, now" in page
    assert "Knock at the rooms on the help list" in page
    assert "0 of 6 questions answered" in page
    assert "Before you knock" in page


def test_it_is_danish_for_who_reads_danish(cut: Complaint, helen: Client) -> None:
    page = helen.get(page_of(cut), headers={"accept-language": "da"}).content.decode()

    assert "Sig dit navn, hvad du gør nu, og et tidspunkt." in page
    assert "Elevatorer, alarmer, medicinsk udstyr" in page
    assert "Bank på hos dem på hjælpelisten" in page


def test_without_a_playbook_nothing_is_said(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay, category=Category.OTHER)

    page = page_text(helen, page_of(complaint))

    assert "What the playbook says" not in page
    assert "No playbook with questions runs" in page  # the reason why nothing can be asked


def test_what_was_left_out_for_the_guests_deadline_is_said(quay: factories.House, helen: Client) -> None:
    soon = clock.now() + dt.timedelta(minutes=30)
    complaint = factories.make_complaint(house=quay, category=Category.POWER, guest_deadline=soon)

    assert "so it was left out:" in page_text(helen, page_of(complaint))


def test_answers_stand_on_the_page_and_are_offered_for_the_apology_but_not_filled_in(
    cut: Complaint, quay: factories.House, helen: Client
) -> None:
    record_answers(complaint=cut, by=quay.by_desk, answers={"stopped": "I missed <b>my</b> train"})

    page, form = page_text(helen, page_of(cut)), page_text(helen, verb_url(cut, "send_written_apology"))

    assert "I missed &lt;b&gt;my&lt;/b&gt; train" in page
    assert "The guest said: “I missed &lt;b&gt;my&lt;/b&gt; train”" in form
    impact = form[form.index('name="impact"') :]
    assert "train" not in impact[: impact.index("</textarea>")]


def test_the_answers_are_typed_in_one_form(cut: Complaint, helen: Client) -> None:
    url = verb_url(cut, "record_answers")

    response = helen.post(url, {**hidden(helen, url), "answer_when": "at six", "answer_needs_power": "no"})

    assert response.status_code == 302
    assert {fact["key"]: fact["answer"] for fact in Complaint.objects.get().answers} == {
        "when": "at six",
        "needs_power": "no",
    }
    assert "at six</textarea>" in page_text(helen, url)


def test_an_empty_form_says_so(cut: Complaint, helen: Client) -> None:
    url = verb_url(cut, "record_answers")

    assert "Write at least one answer." in helen.post(url, hidden(helen, url)).content.decode()


def test_whoever_knocks_reads_the_brief_and_the_story_and_answers_both_questions(
    cut: Complaint, helen: Client
) -> None:
    task = cut.tasks.get(step_key="fix")
    url = verb_url(cut, "keep_task", task=task.pk)

    page = page_text(helen, url)
    refused = helen.post(url, hidden(helen, url))
    done = helen.post(
        url, {**hidden(helen, url), "proof_apologised": "no", "proof_guest_is": "out; I left a note"}
    )

    assert "Do not explain who or what failed" in page
    assert "Not within 30 minutes? Tell the desk now" in page
    assert "Told us so often" in page
    assert "Did you apologise?" in page
    assert refused.status_code == 200
    assert done.status_code == 302
    assert cut.tasks.get(step_key="fix").evidence["apologised"] == "no"


# --- reading --------------------------------------------------------------------------------------


def test_the_list_shows_what_holds_and_who_has_not_read_it(quay: factories.House, helen: Client) -> None:
    page = page_text(helen, HERE)

    assert "P02 · <bdi>Power cut</bdi>" in page
    assert page.count("as shipped, version 1") == 21
    assert "3 colleagues" in page


def test_reading_is_noted_once_for_the_version(quay: factories.House, helen: Client, asha: Client) -> None:
    url = f"{HERE}P03/"
    page = page_text(helen, url)
    assert "I have read it" in page
    assert "Helen Marsh" in page[page.index("Not yet read by") :]

    helen.post(url, hidden(helen, url))

    again = page_text(helen, url)
    assert "You read this version:" in again
    assert "Helen Marsh" not in again[again.index("Not yet read by") :]
    assert "P03:shipped:1" in StaffMember.objects.get(name="Helen Marsh").playbooks_read
    assert "Not yet read by" not in page_text(asha, url)


def test_the_complaint_says_what_is_not_read_yet_until_it_is(
    cut: Complaint, quay: factories.House, helen: Client
) -> None:
    assert "You have not read “Power cut” in this version yet." in page_text(helen, page_of(cut))
    url = f"{HERE}P02/"

    helen.post(url, hidden(helen, url))

    assert "You have not read" not in page_text(helen, page_of(cut))


def test_reading_what_has_changed_meanwhile_is_refused(quay: factories.House, helen: Client) -> None:
    url = f"{HERE}P03/"
    old = hidden(helen, url)
    edited(helen, words())

    page = helen.post(url, old, follow=True).content.decode()

    assert "was changed meanwhile" in page
    assert not StaffMember.objects.get(name="Helen Marsh").playbooks_read


# --- editing --------------------------------------------------------------------------------------


def test_a_house_saves_its_own_words_and_goes_back(quay: factories.House, helen: Client) -> None:
    response = edited(helen, words())

    assert response.status_code == 302
    page = page_text(helen, f"{HERE}P03/")
    assert NEW in page
    assert "this house&#x27;s own, version 2, by Helen Marsh" in page
    edit = page_text(helen, f"{HERE}P03/edit/")
    assert f"<del>- title = &quot;{OLD}&quot;</del>" in edit
    assert f"<ins>+ title = &quot;{NEW}&quot;</ins>" in edit
    url = f"{HERE}P03/edit/"
    helen.post(url, {"restore": "1", "restore_key": "4711"})
    assert OLD in page_text(helen, f"{HERE}P03/")
    assert not Playbook.objects.active().exists()


def test_every_mistake_is_named_with_its_line_and_the_words_stay(
    quay: factories.House, helen: Client
) -> None:
    wrong = words('role = "SEC"', 'role = "<BOSS>"').replace('due = "15m"', 'due = "soon"', 1)
    lines = wrong.splitlines()
    numbers = [1 + next(i for i, line in enumerate(lines) if mark in line) for mark in ("<BOSS>", 'soon"')]

    page = edited(helen, wrong).content.decode()

    assert "2 things are to be put right; nothing is saved" in page
    for number in numbers:
        assert f"Line {number}<" in page
    assert "&lt;BOSS&gt;" in page
    assert "<BOSS>" not in page
    assert not Playbook.objects.exists()


def test_only_checking_saves_nothing(quay: factories.House, helen: Client) -> None:
    page = edited(helen, words(), look="1").content.decode()

    assert "Nothing is wrong with it. It is not saved yet." in page
    assert not Playbook.objects.exists()


def test_who_was_slower_keeps_the_words_and_is_told(quay: factories.House, helen: Client) -> None:
    url = f"{HERE}P03/edit/"
    slow = hidden(helen, url)
    edited(helen, words())

    page = helen.post(url, {**slow, "words": words(new="Mine")}).content.decode()

    assert "was changed meanwhile" in page
    assert "Mine" in page
    assert Playbook.objects.count() == 1


def test_editing_is_for_who_may_and_for_their_own_house(
    quay: factories.House,
    strand: factories.House,
    asha: Client,
    helen: Client,
    sign_in: Callable[..., Client],
) -> None:
    assert asha.get(f"{HERE}P03/edit/").status_code == 403
    assert asha.post(f"{HERE}P03/edit/", {"words": words()}).status_code == 403
    assert helen.get(f"{HERE}P03/edit/?house=STRAND").status_code == 404
    assert helen.get(f"{HERE}P03/edit/?house=every").status_code == 404
    everywhere = sign_in(houses=None, username="group")
    assert "every house" in page_text(everywhere, f"{HERE}P03/edit/?house=every")


@pytest.mark.parametrize("path", ["P99/", "P99/edit/", "p03/", "P03/?house=NOWHERE", "practice/x/"])
def test_what_is_not_there_is_not_there(quay: factories.House, helen: Client, path: str) -> None:
    assert helen.get(f"{HERE}{path}").status_code == 404


def test_who_may_not_look_at_playbooks_sees_none_and_no_link(
    quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.desk, looks=("view_complaint",), username="temp")

    for path in ("", "P03/", "P03/edit/", "practice/"):
        assert client.get(f"{HERE}{path}").status_code == 403
    assert HERE not in page_text(client, "/admin/recovery/complaint/")


def test_the_way_there_is_in_the_queue_and_not_on_the_index(quay: factories.House, helen: Client) -> None:
    assert f'href="{HERE}"' in page_text(helen, "/admin/recovery/complaint/")
    assert f'href="{HERE}"' not in page_text(helen, "/admin/")


# --- practising -----------------------------------------------------------------------------------


def test_a_sentence_is_asked_answered_and_explained_without_a_trace(
    quay: factories.House, helen: Client
) -> None:
    before = list(StaffMember.objects.values())
    asked = page_text(helen, f"{HERE}practice/?sentence=3")

    told = page_text(helen, f"{HERE}practice/?sentence=3&answer=yes&language=en")

    assert "Yes, I would send it" in asked
    assert "Better:" not in asked
    assert "This is better not sent." in told
    assert "Better:" in told
    assert "sentence=4" in told
    assert list(StaffMember.objects.values()) == before


@pytest.mark.parametrize(
    "query",
    ["sentence=x", "sentence=-1", "sentence=99999999999", "language=xx", "answer=maybe", "sentence=٣"],
)
def test_a_strange_address_shows_a_sentence_all_the_same(
    quay: factories.House, helen: Client, query: str
) -> None:
    assert "rcv-sentence" in page_text(helen, f"{HERE}practice/?{query}")


def test_danish_sentences_are_explained_in_danish(quay: factories.House, helen: Client) -> None:
    page = page_text(helen, f"{HERE}practice/?language=da&sentence=1&answer=yes")

    assert 'lang="da"' in page
