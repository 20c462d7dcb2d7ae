"""Redeeming at the desk: first the stay, then the code or what was scanned."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from .. import conf
from ..actions import certificate_steps, redeem_certificate
from ..choices import LinkPurpose
from ..errors import HotelUnreachable, NotAllowed, RecoveryError, StayUnknown
from ..hotel import Capability, Stay, get_hotel
from ..models import Complaint, GuestLink
from ..rules import tokens
from ..rules.text import soft_line
from . import audit, finder, text
from .desk import Desk
from .verb_forms.fields import DayField, words

VERB = "redeem_certificate"
#: The row of the link whose QR code a colleague scanned, left in the session by the guest's page.
SCANNED = "recovery_scanned_link"
#: What was just redeemed here, so that a second press says so instead of "not found".
_LAST = "recovery_redeemed"


class StayForm(forms.Form):
    """Which stay the nights are for."""

    words = forms.CharField(
        label=_("Booking number, name, phone or e-mail"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    arrival = DayField(label=_("Arrival"), required=False)


class RedeemForm(forms.Form):
    """The code, and how many nights."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Reload the page and try again.")}
    )
    stay_ref = forms.CharField(widget=forms.HiddenInput, max_length=64)
    code = words(
        label=_("Code of the certificate"),
        limit=200,
        help_text=_("Twelve letters and figures. Dashes and small letters do not matter."),
    )
    nights = forms.IntegerField(
        label=_("Nights"), initial=1, min_value=1, max_value=certificate_steps.MOST_NIGHTS
    )

    def __init__(self, *args: Any, is_scanned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.initial.setdefault("request_key", uuid.uuid4())
        if is_scanned:
            del self.fields["code"]
        else:
            # Not sent back to the browser, not offered by it again: it is worth a night.
            self.fields["code"].widget = forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
            )


def show(desk: Desk) -> HttpResponse:
    """The page. POST redeems, once."""
    desk.require(VERB)
    request = desk.request
    if request.method == "POST" and "forget" in request.POST:
        request.session.pop(SCANNED, None)
        return HttpResponseRedirect(desk.url("redeem"))
    link = _scanned(request)
    ref = request.POST.get("stay_ref", "") if request.method == "POST" else request.GET.get("stay", "")
    stay, problem = _stay(desk, ref)
    form = RedeemForm(initial={"stay_ref": stay.ref if stay else ""}, is_scanned=link is not None)
    if request.method == "POST":
        done, form = _post(desk, stay, link)
        if done is not None:
            return done
    response = desk.page(
        "recovery/admin/redeem.html",
        _context(desk, form, stay, problem, link),
        title=_("Redeem a certificate"),
    )
    response["Cache-Control"] = "no-store, private"
    return response


# The form, too: a report would show what was typed into it.
@sensitive_variables("data", "form")
def _post(desk: Desk, stay: Stay | None, link: GuestLink | None) -> tuple[HttpResponse | None, RedeemForm]:
    session = desk.request.session
    last = session.get(_LAST) or {}
    # A second press of a scanned certificate finds an empty session: the first one did it.
    is_second = bool(last) and desk.request.POST.get("request_key") == last.get("key")
    if is_second:
        return _done(desk, last["words"]), RedeemForm(is_scanned=True)
    form = RedeemForm(desk.request.POST, is_scanned=link is not None)
    if not form.is_valid() or stay is None:
        return None, _without_code(form)
    data = form.cleaned_data
    try:
        entry = redeem_certificate(
            by=desk.actor,
            stay_ref=stay.ref,
            code=data.get("code", ""),
            token=_token(link) if link else "",
            nights=data["nights"],
            request_key=str(data["request_key"]),
        )
    except RecoveryError as error:
        if isinstance(error, NotAllowed) and not desk.may(VERB, stay.property_code):
            raise PermissionDenied from error
        form.add_error(None, text.sentence(error))
        return None, _without_code(form)
    audit.log_verb(desk.user, Complaint.objects.get(pk=entry.certificate.complaint_id), VERB)
    left = type(entry.certificate).objects.get(pk=entry.certificate_id).nights_left
    sentence = gettext("Redeemed: %(nights)s night(s) of …%(four)s for stay %(stay)s. Left: %(left)s.") % {
        "nights": -entry.nights,
        "four": entry.certificate.last_four,
        "stay": entry.stay_ref,
        "left": left,
    }
    session.pop(SCANNED, None)
    session[_LAST] = {"key": str(data["request_key"]), "words": sentence}
    return _done(desk, sentence), form


def _done(desk: Desk, sentence: str) -> HttpResponse:
    messages.success(desk.request, sentence)
    return HttpResponseRedirect(desk.url("redeem"))


def _without_code(form: RedeemForm) -> RedeemForm:
    """The form again with its errors, but with an empty box for the code: no screen shows one."""
    form.data = {**form.data.dict(), "code": ""}  # type: ignore[attr-defined]  # because it is a QueryDict
    return form


def _scanned(request: HttpRequest) -> GuestLink | None:
    """The link whose QR code was scanned in this browser."""
    links = GuestLink.objects.select_related("certificate").filter(purpose=LinkPurpose.CERTIFICATE)
    return links.filter(pk=request.session.get(SCANNED) or 0).first()


def _token(link: GuestLink) -> str:
    """The token of a scanned link, made again for this one call."""
    key = tokens.key_named(conf.current().KEYS, link.key_id)
    return tokens.derive_token(key=key, uuid=link.uuid, serial=1, purpose=link.purpose)


def _stay(desk: Desk, ref: str) -> tuple[Stay | None, str]:
    """The stay that was named, if this person may see it."""
    if not ref:
        return None, ""
    try:
        stay = get_hotel().get_stay(ref[:64])
    except HotelUnreachable as error:
        return None, text.sentence(error)
    if stay is None or not desk.sees(stay.property_code):
        return None, text.sentence(StayUnknown(stay_ref=soft_line(ref, limit=64)))
    return stay, ""


def _context(
    desk: Desk, form: RedeemForm, stay: Stay | None, problem: str, link: GuestLink | None
) -> dict[str, Any]:
    asked = desk.request.method == "GET" and "words" in desk.request.GET
    stay_form = StayForm(desk.request.GET if asked else None, label_suffix="")
    found: list[dict[str, Any]] = []
    if asked and stay_form.is_valid():
        result = finder.search(desk, stay_form.cleaned_data["words"], stay_form.cleaned_data["arrival"])
        found = [{"found": row, "url": desk.url("redeem", stay=row.stay.ref)} for row in result.found]
        problem = problem or result.problem
    return {
        "form": form,
        "stay_form": stay_form,
        "asked": asked and stay_form.is_valid(),
        "found": found,
        "find_it": text.FIND_IT,
        "finder": desk.url("complaint_find") if desk.may("open_complaint") else "",
        "can_search": get_hotel().has(Capability.FIND_STAYS),
        "stay": stay,
        "stay_guest": stay.guest.name if stay and stay.guest else "",
        "stay_dates": (text.day(stay.arrival_on), text.day(stay.departure_on)) if stay else (),
        "stay_house": desk.house_name(stay.property_code) if stay else "",
        "problem": problem,
        "scanned": _scanned_words(desk, link),
        "back": desk.url("certificate_changelist"),
    }


def _scanned_words(desk: Desk, link: GuestLink | None) -> str:
    """What the scan was of: the last four for who may see it, else only that there is one."""
    if link is None:
        return ""
    if link.certificate is None or not desk.sees(link.certificate.property_code):
        return gettext("A scanned certificate is ready.")
    return gettext("The scanned certificate …%(four)s is ready.") % {"four": link.certificate.last_four}
