"""The certificate's page: everything that is on the paper, and a kind word when it is over."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from recovery.actions import reverse_redemption, void_certificate
from recovery.actions.links import code_of, url_of
from recovery.choices import CertificateState, LinkPurpose
from recovery.letters.qr import qr_svg
from recovery.models import Certificate, Complaint, GuestLink, Party
from tests.actions.travel import BRISTOL, go_to
from tests.factories import WHY, House, edit_brand, make_entry, make_link
from tests.guest.doors import clean, text_of, visit

CERTIFICATE = LinkPurpose.CERTIFICATE


def test_the_page_says_all_that_the_certificate_says(
    client: Client, complaint: Complaint, certificate: Certificate
) -> None:
    page = text_of(visit(client, complaint, CERTIFICATE))

    for sentence in (
        "Two nights as our guest",
        "for Daniel Whitfield",
        WHY,
        "Where The Quayside",
        "Last day of arrival Tuesday 31 July 2029",
        "Included the room, all taxes and breakfast",
        "Ring +44 117 496 0140 or write to quayside@quay-strand.example",
        f"Your code {code_of(certificate)}",
        "Helen Marsh",
        "Promotional",
        "We never ask for card or bank details.",
    ):
        assert sentence in page


def test_the_page_is_danish_for_a_danish_guest(client: Client, danish: Complaint) -> None:
    response = visit(client, danish, CERTIFICATE, headers={"accept-language": "en"})

    assert '<html lang="da" dir="ltr">' in response.content.decode()
    assert response["Content-Language"] == "da"
    assert "To overnatninger som vores gæst" in text_of(response)
    assert "Sidste ankomstdag tirsdag den 31. juli 2029" in text_of(response)
    assert "Din kode" in text_of(response)


def test_the_telephone_and_the_mail_address_can_be_pressed(client: Client, complaint: Complaint) -> None:
    content = visit(client, complaint, CERTIFICATE).content.decode()

    assert 'href="tel:+441174960140"' in content
    assert 'href="mailto:quayside@quay-strand.example"' in content


def test_a_new_telephone_number_is_shown_at_once(client: Client, complaint: Complaint) -> None:
    edit_brand(phone="+44 117 496 0199")

    page = text_of(visit(client, complaint, CERTIFICATE))

    assert "+44 117 496 0199" in page
    assert "0140" not in page


def test_the_qr_is_a_picture_of_the_link_and_never_of_the_code(
    client: Client, complaint: Complaint, certificate: Certificate
) -> None:
    link = make_link(complaint=complaint, purpose=CERTIFICATE)
    visit(client, complaint, CERTIFICATE)

    response = client.get(clean(link, "certificate_qr"))

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.decode() == qr_svg(url_of(link))
    assert "style=" not in response.content.decode()


def test_the_pdf_is_the_same_certificate(
    client: Client, complaint: Complaint, certificate: Certificate
) -> None:
    link = make_link(complaint=complaint, purpose=CERTIFICATE)
    visit(client, complaint, CERTIFICATE)

    response = client.get(clean(link, "certificate_pdf"))
    words = " ".join(PdfReader(io.BytesIO(response.content)).pages[0].extract_text().split())

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="certificate.pdf"'
    assert code_of(certificate) in words
    assert "Tuesday 31 July 2029" in words


def test_a_certificate_that_is_half_used_shows_what_is_left(
    client: Client, complaint: Complaint, certificate: Certificate, quay: House
) -> None:
    make_entry(house=quay, certificate=certificate)

    page = text_of(visit(client, complaint, CERTIFICATE))

    assert "One night as our guest" in page
    assert "Issued for two nights, with one night left." in page
    assert code_of(certificate) in page


def test_a_used_certificate_says_where_and_when(
    client: Client, complaint: Complaint, certificate: Certificate, quay: House
) -> None:
    make_entry(house=quay, certificate=certificate, nights=2)

    page = text_of(visit(client, complaint, CERTIFICATE))

    assert "This certificate has been used" in page
    assert "Two nights at The Quayside, arriving on Friday 21 April 2028" in page
    assert "If this was not you" in page
    assert "Ring +44 117 496 0140" in page


def test_nights_that_are_given_back_can_be_seen_again(
    client: Client, complaint: Complaint, certificate: Certificate, quay: House
) -> None:
    entry = make_entry(house=quay, certificate=certificate, nights=2)
    reverse_redemption(entry=entry, by=quay.by_manager, reason="the wedding was moved")

    assert "Two nights as our guest" in text_of(visit(client, complaint, CERTIFICATE))


def test_the_last_day_of_arrival_is_not_yet_the_end(
    client: Client, complaint: Complaint, certificate: Certificate
) -> None:
    go_to(dt.datetime(2029, 8, 20, 12, tzinfo=BRISTOL))

    page = text_of(visit(client, complaint, CERTIFICATE))

    assert "The last day of arrival has passed. Please ring us soon" in page
    assert code_of(certificate) in page


def test_an_expired_certificate_asks_the_guest_to_ring(client: Client, complaint: Complaint) -> None:
    go_to(dt.datetime(2029, 9, 20, 12, tzinfo=BRISTOL))

    page = text_of(visit(client, complaint, CERTIFICATE))

    assert "This certificate has run out" in page
    assert "Its last day of arrival was Tuesday 31 July 2029." in page
    assert "We would much rather talk with you" in page
    assert "Ring +44 117 496 0140" in page


def test_a_voided_certificate_is_explained_by_a_person(
    client: Client, complaint: Complaint, certificate: Certificate, quay: House
) -> None:
    void_certificate(certificate=certificate, by=quay.by_general_manager, reason="sent to the wrong guest")
    GuestLink.objects.filter(certificate=certificate).update(revoked_at=None)  # whether or not the verb did

    page = text_of(visit(client, complaint, CERTIFICATE))

    assert "This certificate is no longer valid" in page
    assert "We will explain it to you in person" in page
    assert "wrong guest" not in page


@pytest.mark.parametrize("state", [CertificateState.USED, CertificateState.EXPIRED])
def test_what_is_over_has_neither_code_nor_qr_nor_pdf(
    client: Client, complaint: Complaint, certificate: Certificate, quay: House, state: CertificateState
) -> None:
    if state is CertificateState.USED:
        make_entry(house=quay, certificate=certificate, nights=2)
    else:
        go_to(dt.datetime(2029, 9, 20, 12, tzinfo=BRISTOL))
    link = make_link(complaint=complaint, purpose=CERTIFICATE)

    page = visit(client, complaint, CERTIFICATE).content.decode()

    assert code_of(certificate) not in page
    assert "qr.svg" not in page
    assert client.get(clean(link, "certificate_qr")).status_code == 404
    assert client.get(clean(link, "certificate_pdf")).status_code == 404


def test_a_name_that_is_markup_stays_a_name(client: Client, complaint: Complaint) -> None:
    hostile = "<script>alert(1)</script>\"'>&amp;{{ 7 }}"
    Party.objects.update(name=hostile)
    Certificate.objects.update(why=hostile)
    edit_brand(name=hostile, phone=hostile, address=hostile, website=hostile, legal_line=hostile)

    content = visit(client, complaint, CERTIFICATE).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content
    assert "<script" not in content
    assert not re.search(r'(href|src|alt)="[^"]*[<>]', content)


def test_a_name_of_a_thousand_letters_and_no_space_does_not_break_the_page(
    client: Client, complaint: Complaint
) -> None:
    Party.objects.update(name="Å" * 160)
    Certificate.objects.update(why="\u202e" + "🦊" * 100)

    assert visit(client, complaint, CERTIFICATE).status_code == 200


def test_a_house_without_telephone_is_reached_by_mail(client: Client, complaint: Complaint) -> None:
    edit_brand(phone="")

    response = visit(client, complaint, CERTIFICATE)

    assert "Write to quayside@quay-strand.example" in text_of(response)
    assert "tel:" not in response.content.decode()


def test_a_project_that_lost_its_key_shows_no_half_page(
    client: Client, complaint: Complaint, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    link = make_link(complaint=complaint, purpose=CERTIFICATE)
    visit(client, complaint, CERTIFICATE)
    settings.RECOVERY = {**settings.RECOVERY, "KEYS": {"new": "k" * 40}}  # type: ignore[attr-defined]

    response = client.get(clean(link))

    assert response.status_code == 503
    assert "That is our fault, not yours." in text_of(response)
    assert "key_gone" in caplog.text
