"""What all guest pages share: headers that keep a secret, and the one page for every bad link."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import override

from ..errors import RecoveryError
from ..letters.to_html import direction
from .words import Words, browser_language

log = logging.getLogger("recovery.guest")

View = Callable[..., HttpResponse]

_STYLESHEET = "recovery/guest.css"
_HEADERS = {
    "Cache-Control": "no-store, private",
    # Not "no-referrer": Django's CSRF check would refuse every POST.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
}
_CSP = "Content-Security-Policy"
# Set on the request by Django's own CSP middleware and by django-csp.
_HOST_CSP = ("_csp_nonce", "csp_nonce")


def guest_page(view: View) -> View:
    """Make a view a guest page: private headers, no transaction around it, a kind word when we fail."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except RecoveryError as error:
            # What is missing is for the hotel to read, never for the guest.
            log.error("a guest page could not be shown: %s: %s", error.code, error)
            response = apology(request, "unavailable", status=503)
        return _private(request, response)

    # A verb opens its own transaction and re-runs it, which it cannot inside the host's.
    return transaction.non_atomic_requests(answer)


class Page(Protocol):
    """What every page brings along."""

    @property
    def language(self) -> str: ...

    @property
    def words(self) -> Words: ...


def show(request: HttpRequest, template: str, page: Page, **more: Any) -> HttpResponse:
    """Render a page in the guest's language, whatever language is active."""
    return _rendered(request, template, {"page": page, **more}, words=page.words, status=200)


def bad_link(request: HttpRequest) -> HttpResponse:
    """The one answer to every link that opens nothing, whatever the reason."""
    return apology(request, "bad_link", status=404)


def apology(request: HttpRequest, section: str, *, status: int) -> HttpResponse:
    """A page that knows nothing: no house, no guest, no form."""
    words = Words(browser_language(request), section)
    response = _rendered(request, "apology", {}, words=words, status=status)
    patch_vary_headers(response, ("Accept-Language",))
    return response


def _rendered(
    request: HttpRequest, template: str, context: dict[str, Any], *, words: Words, status: int
) -> HttpResponse:
    language = words.language
    known = {"lang": language, "dir": direction(language), "words": words, "stylesheet": static(_STYLESHEET)}
    with override(language):
        response = render(request, f"recovery/guest/{template}.html", known | context, status=status)
    response.headers["Content-Language"] = language
    return response


def _private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    for name, value in _HEADERS.items():
        response.headers[name] = value
    if not any(hasattr(request, name) for name in _HOST_CSP):
        response.headers.setdefault(_CSP, _policy())
    if response.status_code >= 400:
        # Because Django would log the address, and with it what may be a token with a slip in it.
        response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _policy() -> str:
    """No script from anywhere; the stylesheet may come from where the host keeps static files."""
    parts = urlsplit(static(_STYLESHEET))
    origin = f" {parts.scheme or 'https'}://{parts.netloc}" if parts.netloc else ""
    styles = f"style-src 'self'{origin}; " if origin else ""
    return f"default-src 'self'; {styles}img-src 'self' data:; form-action 'self'; frame-ancestors 'none'"
