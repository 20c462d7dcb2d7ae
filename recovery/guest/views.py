"""What a guest sees. GET and HEAD change nothing but the session; the one POST calls one verb."""

from __future__ import annotations

import datetime as dt
import logging
import re
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from .. import clock
from ..actions import Actor, links, staff_links, stop_writing
from ..choices import LinkPurpose
from ..errors import NobodyLeftToAsk, RecoveryError, WrongState
from ..letters.qr import qr_svg
from ..models import Certificate, GuestLink
from . import certificate_page as certificates
from . import desk, opened
from .answer_page import AnswerForm, answer_page
from .page import bad_link, guest_page, show
from .status_page import status_page
from .stop_page import StopForm, saved_page, stop_page

log = logging.getLogger("recovery.guest")

#: What mail programs leave at the end of a link.
_CRUMBS = re.compile(r"[^A-Za-z0-9_-]{1,8}\Z")


# Exempt, and open to every method, because a refusal would write the token into Django's log.
@guest_page
@csrf_exempt
@sensitive_variables("token")
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address: a session entry, and a redirect to an address without secret."""
    now = clock.now()
    link = links.find_link(_CRUMBS.sub("", token), now=now)
    if link is None:
        return bad_link(request)
    redeem = desk.redeem_page(request, link)
    if redeem:
        request.session[desk.SCANNED] = link.pk
        return HttpResponseRedirect(redeem)
    opened.remember(request, link, now=now)
    return HttpResponseRedirect(reverse(f"recovery_guest:{link.purpose}", args=[link.uuid]))


@guest_page
@require_safe
def certificate(request: HttpRequest, link: UUID) -> HttpResponse:
    """The certificate, good to look at and good to print."""
    now = clock.now()
    found = _certificate(request, link, now=now)
    if found is None:
        return bad_link(request)
    page = certificates.certificate_page(*found, now=now)
    return show(request, "certificate", page, link=link)


@guest_page
@require_safe
def certificate_qr(request: HttpRequest, link: UUID) -> HttpResponse:
    """The QR of the link: a picture of its own, because an inline one would need trusted markup."""
    now = clock.now()
    found = _certificate(request, link, now=now)
    if found is None or not certificates.is_usable(found[1], now=now):
        return bad_link(request)
    return HttpResponse(qr_svg(links.url_of(found[0])), content_type="image/svg+xml")


@guest_page
@require_safe
def certificate_paper(request: HttpRequest, link: UUID) -> HttpResponse:
    """The certificate as PDF. Where it cannot be made, the page itself is the paper."""
    now = clock.now()
    found = _certificate(request, link, now=now)
    if found is None or not certificates.is_usable(found[1], now=now):
        return bad_link(request)
    try:
        content = certificates.paper(*found)
    except RecoveryError as error:
        log.error("a certificate could not be made as PDF: %s: %s", error.code, error)
        return HttpResponseRedirect(reverse("recovery_guest:certificate", args=[link]))
    headers = {"Content-Disposition": 'attachment; filename="certificate.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@guest_page
@require_safe
def status(request: HttpRequest, link: UUID) -> HttpResponse:
    """Received, who answers, by when."""
    now = clock.now()
    found = opened.recall(request, LinkPurpose.STATUS, link, now=now)
    if found is None or not found.party.may_status:
        return bad_link(request)
    page = status_page(found, now=now)
    return show(request, "status", page)


@guest_page
@csrf_protect  # because a host may do without the middleware
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, link: UUID) -> HttpResponse:
    """Ask whether we shall stop writing; a POST with a choice is the answer."""
    found = opened.recall(request, LinkPurpose.STOP, link, now=clock.now())
    if found is None:
        return bad_link(request)
    page = stop_page(found)
    form = StopForm(request.POST if request.method == "POST" else None, words=page.words)
    if request.method == "POST" and form.is_valid():
        try:
            stop_writing(link=found, by=Actor.for_link(found), stop=form.wants_stop)
        except WrongState:  # because the link may end between the page and its answer
            return bad_link(request)
        return HttpResponseRedirect(reverse("recovery_guest:stop_saved", args=[link]))
    return show(request, "stop", page, form=form)


@guest_page
@require_safe
def stop_saved(request: HttpRequest, link: UUID) -> HttpResponse:
    """How it stands now, read from the record and not from the address."""
    found = opened.recall(request, LinkPurpose.STOP, link, now=clock.now())
    if found is None:
        return bad_link(request)
    page = saved_page(found)
    return show(request, "saved", page, link=link)


# Exempt, and open to every method, because a refusal would write the token into Django's log.
@guest_page
@csrf_exempt
@sensitive_variables("token")
def answer_enter(request: HttpRequest, token: str) -> HttpResponse:
    """A colleague comes in from an alarm: the token leaves the address as a guest's does."""
    now = clock.now()
    link = staff_links.find_staff_link(_CRUMBS.sub("", token), now=now)
    if link is None:
        return bad_link(request)
    opened.remember(request, link, now=now)
    return HttpResponseRedirect(reverse("recovery_guest:answer", args=[link.uuid]))


@guest_page
@csrf_protect  # because a host may do without the middleware
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, link: UUID) -> HttpResponse:
    """The brief before the door, and one question; a POST with a choice is the answer."""
    now = clock.now()
    found = opened.recall_staff(request, link, now=now)
    if found is None:
        return bad_link(request)
    page = answer_page(found, now=now)
    given = request.POST if request.method == "POST" and page.offered else None
    form = AnswerForm(given, offered=page.offered, words=page.words)
    refused = ""
    if form.is_valid():
        try:
            form.act(found)
        except NobodyLeftToAsk:
            refused = page.words["nobody"]
        except WrongState:
            refused = page.words["changed"]
        else:
            return HttpResponseRedirect(reverse("recovery_guest:answer", args=[link]))
        found.task.refresh_from_db()
        page = answer_page(found, now=now)
        form = AnswerForm(None, offered=page.offered, words=page.words)
    return show(request, "answer", page, form=form, refused=refused)


def _certificate(
    request: HttpRequest, uuid: UUID, *, now: dt.datetime
) -> tuple[GuestLink, Certificate] | None:
    link = opened.recall(request, LinkPurpose.CERTIFICATE, uuid, now=now)
    if link is None or link.certificate is None:
        return None
    return link, link.certificate
