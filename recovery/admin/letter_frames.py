"""Letters in a frame: laid out as the guest gets them, and able to do nothing else."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.loader import render_to_string

from ..letters import Filled
from .desk import Desk

#: Mails are laid out with inline styles. In this frame they may; nothing else may do anything.
_FRAME_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)


def not_yet(desk: Desk, problems: list[str], *, words: str = "") -> HttpResponse:
    """The frame when there is no letter to show."""
    found = {"problems": problems, "words": words}
    return framed(render_to_string("recovery/admin/frame.html", found, request=desk.request))


def beside(desk: Desk, shown: Filled, *, language: str) -> HttpResponse:
    """The frame with a letter and, beside it, the same as plain text."""
    found = {"shown": shown, "language": language}
    return framed(render_to_string("recovery/admin/frame_beside.html", found, request=desk.request))


def framed(html: str) -> HttpResponse:
    """The document with its own policy: a host's stricter one would take the letter's looks away."""
    response = HttpResponse(html)
    response["Content-Security-Policy"] = _FRAME_POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response
