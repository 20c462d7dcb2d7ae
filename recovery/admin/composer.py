"""The composer: the apology on one side, what the guest gets and what a careful reader says on the other."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.template.loader import render_to_string

from ..models import Complaint
from . import verb_pages
from .desk import Desk
from .verb_forms import VerbForm, composing


def page(desk: Desk, complaint: Complaint) -> HttpResponse:
    """The page; its buttons do what the verbs do, and nothing else.

    :raises PermissionDenied: if this person may not send a letter, or record what was said, at this house;
        or not do what the button does.
    """
    chosen = _allowed(desk, complaint)
    response = verb_pages.answer(verb_pages.subject_of(desk, complaint), chosen)
    if verb_pages.PREVIEW in desk.request.POST and response.headers.get("Content-Type") == "application/pdf":
        # Beside the words that are being written; the paper with the live code is framed by nobody.
        response["Content-Security-Policy"] = "frame-ancestors 'self'"
        response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def look(desk: Desk, complaint: Complaint) -> HttpResponse:
    """What stands in the fields, read through: JSON for the script of the page. Writes nothing.

    :raises PermissionDenied: as the page.
    """
    chosen = _allowed(desk, complaint)
    if desk.request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = chosen(desk.request.POST, subject=verb_pages.subject_of(desk, complaint))
    form.is_valid()  # because what cannot be used yet is left out, and not refused
    seen = form.look()  # type: ignore[attr-defined]  # because every form of the composer has it
    shown = {"look": seen, **form.names}  # type: ignore[attr-defined]  # as above
    answer = JsonResponse(
        {
            "said": seen.said,
            "text": seen.text,
            "has_letter": seen.shown is not None,
            "lamps": render_to_string("recovery/admin/composer_lamps.html", shown, request=desk.request),
            "remarks": render_to_string("recovery/admin/composer_remarks.html", shown, request=desk.request),
            "beside": render_to_string("recovery/admin/composer_beside.html", shown, request=desk.request),
        }
    )
    answer["Cache-Control"] = "no-store, private"
    return answer


def _allowed(desk: Desk, complaint: Complaint) -> type[VerbForm]:
    """The form of this request. Whoever may not send a letter does not write one here, not even a draft.

    :raises PermissionDenied: if this person may not do it at this house.
    """
    way = composing.way_of(desk.request, complaint)
    desk.require(composing.form_of(way).needs(), complaint.property_code)
    chosen = composing.chosen(desk.request, complaint)
    desk.require(chosen.needs(), complaint.property_code)
    return chosen
