"""What holds for every guest page: headers, no script, and any host around it."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import clear_url_caches, get_resolver
from django.utils import translation

from recovery.choices import LinkPurpose
from recovery.models import Complaint
from tests.factories import make_link
from tests.guest.doors import PURPOSES, address, clean, tags_of, text_of, visit

EVERY_PAGE = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
}
OWN_CSP = "default-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'"


def every_answer(client: Client, complaint: Complaint) -> list[Any]:
    """The way in, every page, a picture, a paper, a refusal and a mistake."""
    links = {purpose: make_link(complaint=complaint, purpose=purpose) for purpose in PURPOSES}
    certificate, stop = links[LinkPurpose.CERTIFICATE], links[LinkPurpose.STOP]
    answers = [client.get(address(link)) for link in links.values()]
    answers += [client.get(clean(link)) for link in links.values()]
    answers += [client.get(clean(certificate, name)) for name in ("certificate_qr", "certificate_pdf")]
    answers += [
        client.get(clean(stop, "stop_saved")),
        client.post(clean(stop)),
        client.post(clean(certificate)),
    ]
    return [*answers, client.get("/recovery/g/nonsense/")]


def test_every_answer_keeps_its_secret(client: Client, complaint: Complaint) -> None:
    for answer in every_answer(client, complaint):
        assert {name: answer[name] for name in EVERY_PAGE} == EVERY_PAGE
        assert answer["Content-Security-Policy"]


def test_no_page_has_script_or_inline_style(client: Client, complaint: Complaint) -> None:
    pages = [a for a in every_answer(client, complaint) if a["Content-Type"].startswith("text/html")]
    tags = [tag for page in pages for tag in tags_of(page)]

    assert tags
    assert not [name for name, _attributes in tags if name in ("script", "style", "iframe", "object")]
    assert not [key for _name, attributes in tags for key in attributes if key == "style" or key[:2] == "on"]
    assert not [value for _name, attributes in tags for value in attributes.values() if "script:" in value]


def test_nothing_is_fetched_from_elsewhere(client: Client, complaint: Complaint) -> None:
    pages = [visit(client, complaint, purpose) for purpose in PURPOSES]
    fetched = [
        attributes.get("src") or attributes.get("href", "")
        for page in pages
        for name, attributes in tags_of(page)
        if name in ("img", "link", "script")
    ]

    assert fetched
    assert all(address.startswith("/") for address in fetched)


def test_a_host_without_a_content_security_policy_gets_ours(
    client: Client, complaint: Complaint, settings: Any
) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "csp" not in name]

    assert visit(client, complaint, LinkPurpose.STOP)["Content-Security-Policy"] == OWN_CSP


def test_a_hosts_own_policy_stays(client: Client, complaint: Complaint, settings: Any) -> None:
    settings.MIDDLEWARE = ["tests.guest.test_pages.HostPolicy", *_without_csp()]

    assert (
        visit(client, complaint, LinkPurpose.STOP)["Content-Security-Policy"]
        == "default-src 'self' cdn.example"
    )


def test_static_files_on_another_site_are_allowed(
    client: Client, complaint: Complaint, settings: Any
) -> None:
    settings.MIDDLEWARE = _without_csp()
    settings.STATIC_URL = "https://static.hotel.example/x/"

    response = visit(client, complaint, LinkPurpose.STOP)

    assert 'href="https://static.hotel.example/x/recovery/guest.css"' in response.content.decode()
    assert "style-src 'self' https://static.hotel.example;" in response["Content-Security-Policy"]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_pages_work_when_only_the_app_itself_is_installed(
    client: Client, complaint: Complaint, settings: Any, purpose: LinkPurpose
) -> None:
    settings.INSTALLED_APPS = [name for name in settings.INSTALLED_APPS if name != "recovery.guest"]
    clear_url_caches()

    assert visit(client, complaint, purpose).status_code == 200


@pytest.mark.parametrize("purpose", PURPOSES)
def test_pages_are_danish_where_the_host_has_switched_translation_off(
    client: Client, danish: Complaint, settings: Any, monkeypatch: pytest.MonkeyPatch, purpose: LinkPurpose
) -> None:
    settings.USE_I18N = False
    # A new one, because the old one remembers the setting.
    monkeypatch.setattr(translation, "_trans", type(translation._trans)())

    response = visit(client, danish, purpose)

    assert response["Content-Language"] == "da"
    assert "Vi beder aldrig om kort- eller bankoplysninger." in text_of(response)


def test_no_view_runs_inside_a_transaction_of_the_host() -> None:
    views = [pattern.callback for pattern in get_resolver("recovery.guest.urls").url_patterns]

    assert views
    assert all("default" in view._non_atomic_requests for view in views)


@pytest.mark.django_db(transaction=True)
def test_a_host_with_a_transaction_around_each_request_can_be_told_to_stop(
    client: Client, complaint: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connection

    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    visit(client, complaint, LinkPurpose.STOP)

    client.post(clean(make_link(complaint=complaint, purpose=LinkPurpose.STOP)), {"choice": "stop"})

    assert complaint.parties.get().stopped_writing_at is not None


class HostPolicy:
    """What django-csp and Django's own middleware do: mark the request, fill a gap in the answer."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        request.csp_nonce = "n"
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", "default-src 'self' cdn.example")
        return response


def _without_csp() -> list[str]:
    return [name for name in django_settings.MIDDLEWARE if "csp" not in name]
