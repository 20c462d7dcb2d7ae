"""Certificates in the admin: read only, last four letters, redeemed once at the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from recovery.actions import void_certificate
from recovery.actions.links import code_of, url_of
from recovery.choices import LinkPurpose
from recovery.models import Certificate, CertificateEntry, GuestLink
from tests import factories
from tests.admin.pages import hidden, text_of, verb_url

pytestmark = pytest.mark.django_db

CERTIFICATES = "/admin/recovery/certificate/"
DESK = f"{CERTIFICATES}redeem/"


@pytest.fixture
def certificate(quay: factories.House) -> Certificate:
    complaint = factories.make_complaint(house=quay)
    return factories.make_certificate(house=quay, complaint=complaint, nights=2)


def redeem(client: Client, code: str, stay: str = factories.RETURN, nights: int = 1) -> str:
    url = f"{DESK}?stay={stay}"
    typed = {**hidden(client, url), "code": code, "nights": str(nights)}
    return client.post(url, typed, follow=True).content.decode()


def test_the_page_shows_the_ledger_and_only_the_last_four(
    certificate: Certificate, quay: factories.House, helen: Client
) -> None:
    entry = factories.make_entry(house=quay, certificate=certificate)
    code = code_of(certificate)

    pages = [text_of(helen, CERTIFICATES), text_of(helen, f"{CERTIFICATES}{certificate.pk}/change/")]

    assert f"…{certificate.last_four}" in pages[0]
    assert "1 of 2" in pages[1]
    assert verb_url(certificate.complaint, "reverse_redemption", entry=entry.pk) in pages[1]
    assert not any(code in page or code.replace("-", "") in page for page in pages)


@pytest.mark.parametrize("by", ["last_four", "name"])
def test_it_is_found_by_its_last_four_or_the_guest(by: str, certificate: Certificate, helen: Client) -> None:
    words = certificate.last_four.lower() if by == "last_four" else "whitfield"

    assert f"…{certificate.last_four}" in text_of(helen, f"{CERTIFICATES}?q={words}")
    assert f"…{certificate.last_four}" not in text_of(helen, f"{CERTIFICATES}?q=nobody")


def test_it_cannot_be_edited_or_deleted(certificate: Certificate, helen: Client) -> None:
    assert helen.get(f"{CERTIFICATES}add/").status_code == 403
    assert helen.post(f"{CERTIFICATES}{certificate.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Certificate.objects.filter(pk=certificate.pk).exists()


def test_a_night_is_redeemed_with_the_code_and_a_second_press_changes_nothing(
    certificate: Certificate, helen: Client
) -> None:
    url = f"{DESK}?stay={factories.RETURN}"
    typed = {**hidden(helen, url), "code": code_of(certificate).lower(), "nights": "1"}

    first, second = helen.post(url, typed, follow=True), helen.post(url, typed, follow=True)

    assert f"Redeemed: 1 night(s) of …{certificate.last_four}" in first.content.decode()
    assert f"Redeemed: 1 night(s) of …{certificate.last_four}" in second.content.decode()
    assert CertificateEntry.objects.filter(kind="redeem").count() == 1


def test_a_wrong_code_is_refused_and_not_sent_back_to_the_screen(
    certificate: Certificate, helen: Client
) -> None:
    page = redeem(helen, "WRON-GCOD-EXXX")

    assert "No certificate with that code can be redeemed here" in page
    assert "WRON" not in page


def test_a_voided_one_says_why(certificate: Certificate, quay: factories.House, helen: Client) -> None:
    code = code_of(certificate)
    void_certificate(certificate=certificate, by=quay.by_manager, reason="Paid in money")

    page = redeem(helen, code)

    assert "This certificate was withdrawn: Paid in money." in page
    assert code not in page


def test_the_desk_page_is_never_kept(helen: Client) -> None:
    assert "no-store" in helen.get(DESK)["Cache-Control"]


def test_a_scanned_code_needs_no_typing_and_its_token_stays_off_the_screen(
    certificate: Certificate, helen: Client
) -> None:
    link = GuestLink.objects.get(certificate=certificate, purpose=LinkPurpose.CERTIFICATE)
    token = url_of(link).rstrip("/").rpartition("/")[2]
    session = helen.session
    session["recovery_scanned_link"] = link.pk
    session.save()
    url = f"{DESK}?stay={factories.RETURN}"

    page = text_of(helen, url)
    typed = {**hidden(helen, url), "nights": "1"}
    done = helen.post(url, typed, follow=True).content.decode()
    again = helen.post(url, typed, follow=True).content.decode()

    assert f"…{certificate.last_four} is ready" in page
    assert 'name="code"' not in page
    assert token not in page
    assert token not in str(dict(helen.session.items()))
    assert "Redeemed: 1 night(s)" in done
    assert "Redeemed: 1 night(s)" in again
    assert CertificateEntry.objects.filter(kind="redeem").count() == 1


def test_a_scan_can_be_forgotten(certificate: Certificate, helen: Client) -> None:
    link = GuestLink.objects.get(certificate=certificate, purpose=LinkPurpose.CERTIFICATE)
    session = helen.session
    session["recovery_scanned_link"] = link.pk
    session.save()
    text_of(helen, DESK)

    helen.post(DESK, {"forget": "1"})

    assert "is ready" not in text_of(helen, DESK)


def test_the_stay_is_searched_by_words(helen: Client) -> None:
    page = text_of(helen, f"{DESK}?words=Whitfield")

    assert f"?stay={factories.RETURN}" in page
    assert "I am going to find this for you" in text_of(helen, f"{DESK}?words=zzzz")


def test_without_the_permission_nobody_redeems(quay: factories.House, sign_in: Callable[..., Client]) -> None:
    client = sign_in(quay.desk, verbs=("add_contact",))

    assert client.get(DESK).status_code == 403
    assert client.post(DESK, {"stay_ref": factories.RETURN}).status_code == 403


def test_without_the_code_a_manager_needs_name_id_and_reason(certificate: Certificate, helen: Client) -> None:
    url = verb_url(certificate.complaint, "redeem_without_code", certificate=certificate.pk)
    typed = {
        "stay_ref": factories.RETURN,
        "guest_name": "Somebody Else",
        "id_seen": "on",
        "reason": "Lost phone",
        "nights": "1",
    }

    page = helen.post(url, {**hidden(helen, url), **typed}).content.decode()

    assert "Without the code only a manager may redeem" in page
    assert not CertificateEntry.objects.filter(kind="redeem").exists()


def test_the_desk_is_told_that_a_manager_must_do_it(
    certificate: Certificate, quay: factories.House, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(quay.desk)
    url = verb_url(certificate.complaint, "redeem_without_code", certificate=certificate.pk)

    assert "only a manager may redeem" in text_of(client, url)


def test_a_certificate_that_nobody_sent_says_so(quay: factories.House, helen: Client) -> None:
    complaint = factories.make_complaint(house=quay)
    certificate = factories.make_certificate(house=quay, complaint=complaint, send=False)

    page = text_of(helen, f"{CERTIFICATES}{certificate.pk}/change/")

    assert "The guest does not know of it yet" in page
