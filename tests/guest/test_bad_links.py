"""Every link that opens nothing is answered with the same page, byte by byte."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from recovery.choices import LinkPurpose
from recovery.models import Complaint, GuestLink
from tests.actions.travel import later, now
from tests.factories import make_link
from tests.guest.doors import PURPOSES, address, clean, text_of, visit

START = "/recovery/g/"
UNKNOWN = f"{START}{'A' * 43}/"


def the_bad_page(client: Client) -> Any:
    return client.get(UNKNOWN)


@pytest.mark.parametrize(
    "path",
    [
        START,
        f"{START}x/",
        f"{START}a/b/c/",
        f"{START}%00/",
        f"{START}{'A' * 42}%00/",
        f"{START}%0A/%0A/",
        f"{START}../../admin/",
        f"{START}{'a' * 1_000_000}/",
        f"{START}{'%20' * 100_000}/",
        f"{START}%F0%9F%92%A9%E2%80%AE/",
        f"{START}{'A' * 43}%2F%2F/",
    ],
    ids=lambda path: path[len(START) : len(START) + 12],
)
@pytest.mark.django_db
def test_a_mangled_link_gets_the_page_of_an_unknown_one(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert response.content == the_bad_page(client).content
    assert response.headers == the_bad_page(client).headers


@pytest.mark.parametrize("purpose", PURPOSES)
def test_expired_and_revoked_links_look_like_unknown_ones(
    client: Client,
    complaint: Complaint,
    purpose: LinkPurpose,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    link = make_link(complaint=complaint, purpose=purpose)
    with django_assert_num_queries(2):
        unknown = the_bad_page(client)

    later(days=365 * 4)
    with django_assert_num_queries(2):
        expired = client.get(address(link))
    later(days=-365 * 4)
    GuestLink.objects.filter(pk=link.pk).update(revoked_at=now())
    with django_assert_num_queries(2):
        revoked = client.get(address(link))

    assert expired.status_code == revoked.status_code == 404
    assert expired.content == revoked.content == unknown.content
    assert expired.headers == revoked.headers == unknown.headers


@pytest.mark.parametrize(
    "name", ["certificate", "certificate_qr", "certificate_pdf", "status", "stop", "stop_saved"]
)
def test_an_address_that_this_browser_did_not_open_does_not_say_whether_it_exists(
    client: Client, complaint: Complaint, name: str
) -> None:
    purpose = LinkPurpose(name.partition("_")[0])
    existing = clean(make_link(complaint=complaint, purpose=purpose), name)
    invented = reverse(f"recovery_guest:{name}", args=[uuid4()])

    answers = [client.get(existing), client.get(invented)]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {the_bad_page(client).content}


def test_a_link_that_is_taken_back_closes_the_page_that_is_open(client: Client, complaint: Complaint) -> None:
    link = make_link(complaint=complaint, purpose=LinkPurpose.STATUS)
    visit(client, complaint, LinkPurpose.STATUS)
    GuestLink.objects.filter(pk=link.pk).update(revoked_at=now())

    assert client.get(clean(link)).content == the_bad_page(client).content


def test_a_bad_link_leaves_no_session_and_no_cookie(client: Client, db: None) -> None:
    the_bad_page(client)

    assert not client.cookies


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "This link does not open"),
        ("da-DK,da;q=0.9,en;q=0.8", "Linket kan ikke åbnes"),
        ("de-DE,de;q=0.9,da;q=0.5", "Linket kan ikke åbnes"),
        ("xx", "This link does not open"),
        (";;q=", "This link does not open"),
        ("d" * 100_000, "This link does not open"),
    ],
    ids=["none", "danish", "third choice", "unknown", "broken", "long"],
)
def test_a_bad_link_speaks_the_language_of_the_browser(
    client: Client, db: None, header: str, expected: str
) -> None:
    response = client.get(UNKNOWN, headers={"accept-language": header})

    assert expected in text_of(response)


def test_a_bad_link_speaks_only_what_the_house_offers(client: Client, db: None, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "LANGUAGES": ("en", "fr")}

    response = client.get(UNKNOWN, headers={"accept-language": "da,fr;q=0.9"})

    assert "Ce lien ne s’ouvre pas" in text_of(response)
    assert response.headers["Content-Language"] == "fr"


def test_a_bad_link_says_what_to_do_and_names_no_house(client: Client, complaint: Complaint) -> None:
    response = the_bad_page(client)

    assert "answer our mail or ring the hotel" in text_of(response)
    assert "Quayside" not in response.content.decode()
