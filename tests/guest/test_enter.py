"""The way in: the token leaves the address, and nothing but the session changes."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from recovery.actions.links import code_of
from recovery.choices import LinkPurpose
from recovery.models import Complaint
from tests.actions.travel import later
from tests.factories import make_link
from tests.guest.doors import PURPOSES, address, clean, tables, token_of, visit


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_link_leads_to_an_address_without_its_token(
    client: Client, complaint: Complaint, purpose: LinkPurpose
) -> None:
    link = make_link(complaint=complaint, purpose=purpose)

    response = client.get(address(link))

    assert (response.status_code, response["Location"]) == (302, clean(link))
    assert token_of(link) not in response["Location"]
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(
    client: Client, complaint: Complaint, purpose: LinkPurpose, method: str
) -> None:
    link = make_link(complaint=complaint, purpose=purpose)
    names = {
        LinkPurpose.CERTIFICATE: ["certificate", "certificate_qr", "certificate_pdf"],
        LinkPurpose.STATUS: ["status"],
        LinkPurpose.STOP: ["stop", "stop_saved"],
    }[purpose]
    before = tables()

    answers = [getattr(client, method)(address(link))]
    answers += [getattr(client, method)(clean(link, name)) for name in names]

    assert [answer.status_code for answer in answers] == [302, *(200 for _ in names)]
    assert tables() == before


@pytest.mark.parametrize("ending", ["", ".", "/.", ")", ">", "%3E", "/%20", "%0A"])
def test_what_a_mail_program_adds_or_loses_at_the_end_does_no_harm(
    client: Client, complaint: Complaint, ending: str
) -> None:
    link = make_link(complaint=complaint, purpose=LinkPurpose.STATUS)

    response = client.get(address(link).rstrip("/") + ending)

    assert response["Location"] == clean(link)


def test_another_browser_cannot_use_the_clean_address(client: Client, complaint: Complaint) -> None:
    link = make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)
    visit(client, complaint, LinkPurpose.CERTIFICATE)

    assert client.get(clean(link)).status_code == 200
    assert Client().get(clean(link)).status_code == 404


def test_a_link_opens_only_the_page_of_its_purpose(client: Client, complaint: Complaint) -> None:
    visit(client, complaint, LinkPurpose.STOP)
    link = make_link(complaint=complaint, purpose=LinkPurpose.STOP)

    assert client.get(clean(link, "certificate")).status_code == 404
    assert client.get(clean(link, "certificate_qr")).status_code == 404
    assert client.get(clean(link, "status")).status_code == 404


def test_several_links_can_be_open_in_one_browser(client: Client, complaint: Complaint) -> None:
    for purpose in PURPOSES:
        visit(client, complaint, purpose)

    found = [clean(make_link(complaint=complaint, purpose=purpose)) for purpose in PURPOSES]

    assert [client.get(page).status_code for page in found] == [200, 200, 200]


def test_after_a_day_the_link_must_be_opened_again(client: Client, complaint: Complaint) -> None:
    link = make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)
    visit(client, complaint, LinkPurpose.CERTIFICATE)

    later(hours=23)
    assert client.get(clean(link)).status_code == 200
    later(hours=2)
    assert client.get(clean(link)).status_code == 404
    assert visit(client, complaint, LinkPurpose.CERTIFICATE).status_code == 200


def test_what_was_opened_long_ago_leaves_the_session(client: Client, complaint: Complaint) -> None:
    visit(client, complaint, LinkPurpose.STOP)
    later(hours=25)
    visit(client, complaint, LinkPurpose.STATUS)

    assert len(client.session["recovery_guest"]) == 1


@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_token_and_no_code_is_written_anywhere(
    client: Client, complaint: Complaint, purpose: LinkPurpose, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    link = make_link(complaint=complaint, purpose=purpose)
    visit(client, complaint, purpose)
    client.post(address(link))
    client.get(address(link).rstrip("/") + "x/")
    if purpose is LinkPurpose.CERTIFICATE:
        client.get(clean(link, "certificate_qr"))
        client.get(clean(link, "certificate_pdf"))

    written = f"{tables(without=())} {dict(client.session.items())} {caplog.text}"

    assert token_of(link) not in written
    code = code_of(complaint.certificates.get())
    assert code not in written
    assert code.replace("-", "") not in written


def test_a_browser_without_cookies_is_told_what_to_do(client: Client, complaint: Complaint) -> None:
    link = make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)
    there = client.get(address(link))["Location"]
    client.cookies.clear()

    response = client.get(there)

    assert response.status_code == 404
    assert "open the link in our mail again" in response.content.decode()
    # A cookie that is sent only from page to page comes with the second press.
    assert 'href=""' in response.content.decode()
