"""Letters on the screen are exactly what goes; only paper carries the live code."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from recovery.actions import release_letter
from recovery.actions.letter_steps import frozen
from recovery.actions.links import code_of
from recovery.letters import fill, sample_secrets
from recovery.models import Apology, Certificate, Complaint, Letter, OutboxMessage, TimelineEvent
from tests import factories
from tests.admin.pages import hidden, page_of, text_of, verb_url
from tests.admin.scenes import WORDS

pytestmark = pytest.mark.django_db


def letter_url(letter: Letter, part: str = "") -> str:
    name = f"admin:recovery_complaint_letter{part}"
    return reverse(name, args=[letter.complaint_id, letter.pk])


def text_of_pdf(content: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


def test_the_frame_shows_the_frozen_letter_and_may_do_nothing(quay: factories.House, helen: Client) -> None:
    letter = factories.make_apology(house=quay, complaint=factories.make_complaint(house=quay))

    response = helen.get(letter_url(letter, "_html"))

    rendered = frozen(letter)
    assert response.content.decode() == fill(rendered, sample_secrets(rendered.language)).html
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert policy.endswith("sandbox")
    assert "no-store" in response["Cache-Control"]


def test_a_draft_is_shown_as_it_would_go_today(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    letter = factories.make_letter(house=quay, complaint=complaint)
    Complaint.objects.filter(pk=complaint.pk).update(stance="regret")

    page = helen.get(letter_url(letter, "_html")).content.decode()

    assert "very sorry that you had to go through this" in page
    assert "The mistake is ours" not in page


def test_the_release_page_says_who_gets_it_and_how_far_the_address_is_trusted(
    quay: factories.House, helen: Client
) -> None:
    letter = factories.make_letter(house=quay, complaint=factories.make_complaint(house=quay))

    page = text_of(helen, verb_url(letter.complaint, "release_letter", letter=letter.pk))

    for words in (
        "daniel.whitfield@example.com",
        "guest&#x27;s own",
        "Helen Marsh, The Quayside",
        "Your stay at The Quayside",
        letter_url(letter, "_html"),
        letter_url(letter, "_pdf"),
        "gets it now",
    ):
        assert words in page, words


def test_an_agencys_alias_gets_no_code_and_the_page_offers_paper(
    quay: factories.House, helen: Client
) -> None:
    complaint = factories.make_complaint(house=quay, stay_ref=factories.BY_AGENCY)
    letter = factories.make_letter(house=quay, complaint=complaint)
    url = verb_url(complaint, "release_letter", letter=letter.pk)

    page = text_of(helen, url)
    response = helen.post(url, {**hidden(helen, url), "by_hand": "1"})

    assert "cannot go to this address" in page
    assert "Send now" not in page
    assert response.headers["Location"] == letter_url(letter)
    assert not OutboxMessage.objects.filter(kind="letter.mail").exists()
    assert "Print" in text_of(helen, letter_url(letter))


def test_the_preview_shows_the_letter_and_sends_nothing(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "send_written_apology")
    typed = {**hidden(helen, url), **WORDS, "nights": "2", "why": factories.WHY}

    response = helen.post(url, {**typed, "_preview": "html"})

    page = response.content.decode()
    assert "we had written it down for June" in page
    assert "XXXX-XXXX-XXXX" in page
    assert "Certificate for two nights" in page
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert not Letter.objects.exists()
    assert not Certificate.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_the_preview_is_exactly_what_is_sent(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "send_written_apology")
    typed = {**hidden(helen, url), **WORDS, "nights": "1", "why": factories.WHY}

    shown = helen.post(url, {**typed, "_preview": "html"}).content.decode()
    helen.post(url, typed)

    rendered = frozen(Letter.objects.get())
    assert shown == fill(rendered, sample_secrets(rendered.language)).html


def test_the_paper_can_be_seen_before_it_exists(quay: factories.House, helen: Client) -> None:
    url = verb_url(factories.make_complaint(house=quay), "send_written_apology")
    typed = {**hidden(helen, url), **WORDS, "nights": "1", "why": factories.WHY, "_preview": "pdf"}

    response = helen.post(url, typed)

    assert response["Content-Type"] == "application/pdf"
    assert "XXXX-XXXX-XXXX" in text_of_pdf(response.content)


def test_words_that_make_no_apology_are_named_in_the_frame(quay: factories.House, helen: Client) -> None:
    url = verb_url(factories.make_complaint(house=quay), "send_written_apology")
    typed = {**hidden(helen, url), "wrong": "We gave your room away.", "nights": "0", "_preview": "html"}

    page = helen.post(url, typed).content.decode()

    assert "still needs" in page
    assert "what we do" in page


def test_before_anything_is_written_the_frame_says_what_to_do(quay: factories.House, helen: Client) -> None:
    url = verb_url(factories.make_complaint(house=quay), "send_written_apology")

    assert "Write the first sentence" in text_of(helen, f"{url}?_preview=1")


def test_one_page_says_all_that_sending_does(quay: factories.House, helen: Client) -> None:
    page = text_of(helen, verb_url(factories.make_complaint(house=quay), "send_written_apology"))

    assert "gets this e-mail now, in English, at daniel.whitfield@example.com" in page
    assert "A certificate for 1 night, worth GBP\xa0168.00, is issued now." in page
    assert "Signed by Helen Marsh." in page


def test_a_danish_guest_is_written_to_in_danish(
    strand: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(strand.general_manager, houses=("STRAND",))

    page = text_of(client, verb_url(factories.make_complaint(house=strand), "send_written_apology"))

    assert "in Danish" in page
    assert 'lang="da"' in page


def test_a_certificate_that_waits_travels_inside(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    certificate = factories.make_certificate(house=quay, complaint=complaint, send=False)
    url = verb_url(complaint, "send_written_apology")

    assert f"…{certificate.last_four} that was issued before travels inside" in text_of(helen, url)
    helen.post(url, {**hidden(helen, url), **WORDS, "nights": "1"})
    release_letter(letter=Letter.objects.get(), by=quay.by_desk)

    assert Certificate.objects.count() == 1
    assert Letter.objects.get().certificate == certificate
    assert Apology.objects.exists()


def test_a_guest_without_an_address_gets_paper_and_the_code_is_only_on_it(
    strand: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(strand.general_manager, houses=("STRAND",))
    complaint = factories.make_complaint(house=strand, stay_ref=factories.NO_ADDRESS)
    url = verb_url(complaint, "send_written_apology")

    assert "You print it, in Danish, and hand it to Aksel Thygesen." in text_of(client, url)
    response = client.post(
        url, {**hidden(client, url), **WORDS, "nights": "1", "why": factories.WHY, "by_hand": "on"}
    )
    letter = Letter.objects.get()
    assert response.headers["Location"] == letter_url(letter)
    release_letter(letter=letter, by=strand.by_desk)
    code = code_of(Certificate.objects.get())

    print_url = verb_url(complaint, "print_letter", letter=letter.pk)
    seen = [
        text_of(client, page)
        for page in (letter_url(letter), letter_url(letter, "_html"), print_url, page_of(complaint))
    ]
    assert not any(code in page or code.replace("-", "") in page for page in seen)
    preview = client.get(letter_url(letter, "_pdf"))
    assert code not in text_of_pdf(preview.content)

    paper = client.post(print_url, hidden(client, print_url))

    assert paper["Content-Type"] == "application/pdf"
    assert "no-store" in paper["Cache-Control"]
    assert code in text_of_pdf(paper.content)
    assert TimelineEvent.objects.filter(kind="letter.printed").count() == 1


def test_a_letter_that_goes_by_mail_is_never_printed_with_its_code(
    quay: factories.House, helen: Client
) -> None:
    letter = factories.make_apology(house=quay, complaint=factories.make_complaint(house=quay))
    url = verb_url(letter.complaint, "print_letter", letter=letter.pk)
    code = code_of(Certificate.objects.get())

    page = text_of(helen, url)
    answer = helen.post(
        url, {"request_key": "0f0d4a4e-9a0e-4b0a-8f57-0f5c8f6b7f11", "version": letter.complaint.version + 1}
    )

    assert "cannot be changed or sent again" in page
    assert answer["Content-Type"].startswith("text/html")
    assert code not in answer.content.decode()


def test_a_text_that_exists_only_as_mail_is_printed_as_a_page(
    strand: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(strand.general_manager, houses=("STRAND",))
    complaint = factories.make_complaint(house=strand, stay_ref=factories.NO_ADDRESS)
    certificate = factories.make_certificate(house=strand, complaint=complaint)
    factories.make_entry(house=strand, certificate=certificate, stay_ref=factories.SECOND_RETURN)
    letter = Letter.objects.get(kind="certificate_redeemed")
    url = verb_url(complaint, "print_letter", letter=letter.pk)

    response = client.post(url, hidden(client, url))

    assert response.status_code == 200
    assert "sandbox" in response["Content-Security-Policy"]
    assert "Aksel" in response.content.decode()


def test_the_walk_card_is_written_from_the_tasks(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    url = verb_url(complaint, "draft_letter", kind="walk_card")
    assert "first finish the step" in text_of(helen, url)
    factories.find_room(house=quay, complaint=complaint)
    factories.make_compensation(house=quay, complaint=complaint)
    assert "Two nights at The Lantern House</textarea>" in text_of(helen, url)

    typed = {"paid": "Room, tax and breakfast", "taxi": "A taxi waits at the door"}
    response = helen.post(url, {**hidden(helen, url), **typed})

    letter = Letter.objects.get()
    assert f"letter={letter.pk}" in response.headers["Location"]
    assert "The Lantern House" in letter.text
    assert "A taxi waits at the door" in letter.text


def test_a_careful_reader_speaks_before_the_letter_goes(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    factories.hear(house=quay, complaint=complaint)
    url = verb_url(complaint, "send_written_apology")
    typed = {
        **hidden(helen, url),
        "wrong": "We are sorry if the booking disturbed you.",
        "repairs": "We have refunded £999.00 to your card.",
        "nights": "0",
        "_preview": "words",
    }

    page = helen.post(url, typed).content.decode()

    assert "What a careful reader would say" in page
    assert "apology with an if" in page
    assert "£999.00" in page
    assert "tone OK" not in page
