"""Several complaints at once: seen first, each done whole or not at all, each refusal in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from recovery.choices import Category
from recovery.models import Certificate, Complaint, Letter, OutboxMessage, TimelineEvent
from tests import factories
from tests.admin.pages import LIST, Markup, verb_url
from tests.admin.scenes import WORDS

pytestmark = pytest.mark.django_db


def choose(client: Client, verb: str, *complaints: Complaint) -> HttpResponse:
    ids = [complaint.pk for complaint in complaints]
    return client.post(f"{LIST}?queue=all", {"action": verb, "_selected_action": ids, "index": 0})


def frozen(response: HttpResponse) -> dict[str, Any]:
    """The hidden fields of the page in between."""
    markup = Markup()
    markup.feed(response.content.decode())
    return {
        str(attributes["name"]): attributes.get("value") or ""
        for tag, attributes in markup.tags
        if tag == "input" and attributes.get("type") == "hidden" and attributes.get("name")
    }


def written(complaint: Complaint, **changes: str) -> dict[str, str]:
    values = {**WORDS, "nights": "1", "why": factories.WHY, **changes}
    return {f"c{complaint.pk}-{name}": value for name, value in values.items()}


@pytest.fixture
def two(quay: factories.House) -> tuple[Complaint, Complaint]:
    return (
        factories.make_complaint(house=quay),
        factories.make_complaint(house=quay, category=Category.DIRTY_ROOM, summary="Hair in the bath"),
    )


def test_one_complaint_goes_straight_to_its_own_page(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)

    for verb in ("send_written_apology", "issue_certificate"):
        assert choose(helen, verb, complaint).headers["Location"] == verb_url(complaint, verb)


def test_choosing_does_nothing_and_says_who_is_left_out_and_why(
    two: tuple[Complaint, Complaint], quay: factories.House, helen: Client
) -> None:
    done = factories.make_complaint(house=quay, stay_ref=factories.RETURN)
    factories.make_apology(house=quay, complaint=done)
    alias = factories.make_complaint(house=quay, stay_ref=factories.BY_AGENCY)
    letters = Letter.objects.count()

    page = choose(helen, "send_written_apology", *two, done, alias).content.decode()

    assert "2 are left out" in page
    assert "has a written apology already" in page
    assert "cannot go to this address" in page
    assert "Daniel Whitfield" in page
    assert Letter.objects.count() == letters


def test_each_guest_gets_their_own_letter_once(two: tuple[Complaint, Complaint], helen: Client) -> None:
    one, other = two
    typed = frozen(choose(helen, "send_written_apology", one, other))
    typed |= written(one) | written(other, wrong="Your bath was not clean.", own_sentence="Thank you, still.")
    url = f"{LIST}together/send_written_apology/"

    first = helen.post(url, typed)
    events = TimelineEvent.objects.count()
    second = helen.post(url, typed)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Letter.objects.count() == Certificate.objects.count() == OutboxMessage.objects.count() == 2
    assert "Your bath was not clean." in Letter.objects.get(complaint=other).text
    assert TimelineEvent.objects.count() == events


def test_while_one_letter_is_not_written_none_goes(two: tuple[Complaint, Complaint], helen: Client) -> None:
    one, other = two
    typed = (
        frozen(choose(helen, "send_written_apology", one, other)) | written(one) | written(other, wrong="")
    )

    response = helen.post(f"{LIST}together/send_written_apology/", typed)

    assert response.status_code == 200
    assert not Letter.objects.exists()
    assert factories.WORDS.wrong in response.content.decode()


def test_a_refusal_stays_on_the_page_in_words_and_the_others_are_done(
    two: tuple[Complaint, Complaint], helen: Client
) -> None:
    one, other = two
    typed = frozen(choose(helen, "send_written_apology", one, other))
    typed |= written(one) | written(other, explanation="", changes="")
    url = f"{LIST}together/send_written_apology/"

    response = helen.post(url, typed)
    page = response.content.decode()

    assert Letter.objects.get().complaint == one
    assert not other.certificates.exists()
    assert "This letter is not complete" in page
    assert "Done for 1 complaint." in page
    again = frozen(response) | written(other)
    assert helen.post(url, again).status_code == 302
    assert Letter.objects.count() == 2


def test_each_letter_can_be_seen_before_it_goes(two: tuple[Complaint, Complaint], helen: Client) -> None:
    one, other = two
    typed = frozen(choose(helen, "send_written_apology", one, other)) | written(one)

    response = helen.post(f"{LIST}together/send_written_apology/", {**typed, "_preview": str(one.pk)})

    assert "we had written it down for June" in response.content.decode()
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert not Letter.objects.exists()


def test_certificates_are_issued_for_each_that_has_none(
    two: tuple[Complaint, Complaint], quay: factories.House, helen: Client
) -> None:
    has_one = factories.make_complaint(house=quay, stay_ref=factories.RETURN)
    factories.make_certificate(house=quay, complaint=has_one)
    response = choose(helen, "issue_certificate", *two, has_one)
    typed = frozen(response)
    for complaint in two:
        typed |= {f"c{complaint.pk}-nights": "1", f"c{complaint.pk}-why": f"For stay {complaint.pk}."}

    helen.post(f"{LIST}together/issue_certificate/", typed)

    assert "was issued already" in response.content.decode()
    assert Certificate.objects.count() == 3
    assert {row.complaint for row in Certificate.objects.all()} == {*two, has_one}


def test_the_list_of_ids_cannot_be_changed(two: tuple[Complaint, Complaint], helen: Client) -> None:
    typed = frozen(choose(helen, "send_written_apology", *two))
    typed["ids"] = f"{typed['ids']}x"

    assert helen.post(f"{LIST}together/send_written_apology/", typed).status_code == 404


def test_more_than_a_person_reads_are_refused(quay: factories.House, helen: Client) -> None:
    many = [factories.make_complaint(house=quay, category=Category.OTHER) for _ in range(21)]

    response = choose(helen, "send_written_apology", *many)

    assert response.status_code == 302
    assert "At most 20 at once" in helen.get(LIST).content.decode()


def test_the_action_is_offered_only_to_who_may(quay: factories.House, sign_in: Callable[..., Client]) -> None:
    client = sign_in(quay.desk, verbs=("add_contact",))
    one = factories.make_complaint(house=quay)

    page = client.get(LIST).content.decode()
    choose(client, "send_written_apology", one)

    assert "Send written apology" not in page
    assert not Letter.objects.exists()


def test_a_stay_whose_price_nobody_knows_is_left_out_with_the_way_to_mend_it(
    two: tuple[Complaint, Complaint], quay: factories.House, helen: Client
) -> None:
    unknown = factories.make_complaint(house=quay, stay_ref="", property_code="QUAY", category=Category.OTHER)

    page = choose(helen, "issue_certificate", *two, unknown).content.decode()

    assert "1 is left out" in page
    assert "enter the reference rate in its house profile" in page
