"""What a host's developers are shown when something breaks: everything but a live code or token."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.test import Client
from django.views.debug import ExceptionReporter

from recovery.actions.links import code_of, url_of
from recovery.choices import LinkPurpose
from recovery.models import Certificate, GuestLink
from tests import factories
from tests.admin.pages import hidden

pytestmark = pytest.mark.django_db

DESK = "/admin/recovery/certificate/redeem/"


@pytest.fixture
def reports() -> Iterator[list[str]]:
    """The reports that Django makes of exceptions, with the variables of every frame."""
    found: list[str] = []

    def report(sender: Any, request: Any, **_kwargs: Any) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        found.append(reporter.get_traceback_html() + reporter.get_traceback_text())

    got_request_exception.connect(report)
    yield found
    got_request_exception.disconnect(report)


@pytest.fixture
def certificate(quay: factories.House) -> Certificate:
    return factories.make_certificate(house=quay, complaint=factories.make_complaint(house=quay))


@pytest.fixture
def breaks_at(hotel: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the hotel's system fail from its n-th answer on."""

    def arrange(number: int) -> None:
        real, calls = hotel.get_stay, iter(range(1, 100))

        def get_stay(ref: str) -> Any:
            if next(calls) >= number:
                raise RuntimeError("the hotel's system has gone away")
            return real(ref)

        monkeypatch.setattr(hotel, "get_stay", get_stay)

    return arrange


def test_a_report_about_the_redeem_page_has_no_code(
    certificate: Certificate,
    helen: Client,
    reports: list[str],
    breaks_at: Callable[[int], None],
) -> None:
    code = code_of(certificate)
    url = f"{DESK}?stay={factories.RETURN}"
    typed = {**hidden(helen, url), "code": code, "nights": "1"}
    helen.raise_request_exception = False
    breaks_at(2)  # the page asks first, the verb second

    assert helen.post(url, typed).status_code == 500

    (report,) = reports
    assert "the hotel&#x27;s system has gone away" in report
    assert "redeem_certificate" in report
    assert code not in report and code.replace("-", "") not in report


def test_a_report_about_a_scan_has_no_token(
    certificate: Certificate,
    helen: Client,
    reports: list[str],
    breaks_at: Callable[[int], None],
) -> None:
    link = GuestLink.objects.get(certificate=certificate, purpose=LinkPurpose.CERTIFICATE)
    token = url_of(link).rstrip("/").rpartition("/")[2]
    session = helen.session
    session["recovery_scanned_link"] = link.pk
    session.save()
    url = f"{DESK}?stay={factories.RETURN}"
    typed = {**hidden(helen, url), "nights": "1"}
    helen.raise_request_exception = False
    breaks_at(2)

    assert helen.post(url, typed).status_code == 500

    (report,) = reports
    assert "redeem_certificate" in report
    assert token not in report
