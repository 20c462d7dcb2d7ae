"""A colleague who scans a guest's QR stands at the redeem page."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from recovery.actions.links import code_of
from recovery.choices import LinkPurpose
from recovery.models import Certificate, Complaint
from tests.factories import make_link, make_user
from tests.guest.doors import address, clean, token_of

REDEEM = "redeem_certificate"


def sign_in(client: Client, **facts: Any) -> User:
    user = make_user(**facts)
    client.force_login(user)
    return user


def test_a_scan_by_staff_leads_to_the_redeem_page(
    client: Client, complaint: Complaint, certificate: Certificate
) -> None:
    sign_in(client, is_staff=True, verbs=[REDEEM])
    link = make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)

    response = client.get(address(link))
    page = client.get(response["Location"]).content.decode()

    assert response["Location"] == reverse("admin:recovery_redeem")
    assert response["Cache-Control"] == "no-store, private"
    assert "scanned certificate" in page
    assert code_of(certificate) not in page


def test_the_session_keeps_the_row_and_never_the_token(client: Client, complaint: Complaint) -> None:
    sign_in(client, is_staff=True, verbs=[REDEEM])
    link = make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)

    client.get(address(link))

    assert client.session["recovery_scanned_link"] == link.pk
    assert token_of(link) not in str(dict(client.session.items()))


@pytest.mark.parametrize(
    "facts",
    [{"is_staff": False, "verbs": [REDEEM]}, {"is_staff": True, "verbs": []}],
    ids=["no staff", "no permission"],
)
def test_whoever_may_not_redeem_sees_the_guests_page(
    client: Client, complaint: Complaint, facts: dict[str, Any]
) -> None:
    sign_in(client, **facts)
    link = make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)

    assert client.get(address(link))["Location"] == clean(link)


@pytest.mark.parametrize("purpose", [LinkPurpose.STATUS, LinkPurpose.STOP])
def test_other_links_are_the_guests_for_staff_too(
    client: Client, complaint: Complaint, purpose: LinkPurpose
) -> None:
    sign_in(client, is_staff=True, is_superuser=True)
    link = make_link(complaint=complaint, purpose=purpose)

    assert client.get(address(link))["Location"] == clean(link)


def test_a_host_without_our_admin_shows_the_guests_page(
    client: Client, complaint: Complaint, settings: Any
) -> None:
    sign_in(client, is_staff=True, is_superuser=True)
    link = make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)
    there = address(link).removeprefix("/recovery")
    settings.ROOT_URLCONF = "recovery.urls"

    assert client.get(there)["Location"] == clean(link)
