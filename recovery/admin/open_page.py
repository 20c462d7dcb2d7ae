"""Opening a complaint: for a stay that was found, or for a guest whom no system knows."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import conf
from ..actions import GuestInput, open_complaint
from ..actions.playbooks import shipped_playbooks
from ..choices import Category, Channel, GuestType, Severity
from ..errors import HotelUnreachable, NotAllowed, RecoveryError
from ..hotel import Stay, get_hotel
from ..models import Complaint
from ..rules.severity import rule_for
from . import audit, text
from .desk import Desk
from .verb_forms.fields import HouseMomentField, words

VERB = "open_complaint"
#: The button for when the hotel's system stays silent and the guest stands here.
WITHOUT_STAY = "_without_stay"
_MORE = (
    "impact", "severity", "told_at", "purpose", "purpose_place", "guest_type", "email", "email_read_back",
    "language", "postal_address",
)  # fmt: skip


class OpenForm(forms.Form):
    """Two things are needed: who, and what happened. The rest helps."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Reload the page and try again.")}
    )
    name = words(label=_("Guest"), limit=160, required=False)
    phone = words(label=_("Phone"), limit=40, required=False)
    category = forms.ChoiceField(label=_("What kind?"), choices=Category.choices)
    summary = words(label=_("What happened, in one line"), limit=160)
    description = words(
        label=_("What the guest said"),
        rows=4,
        limit=20_000,
        required=False,
        help_text=_("In the guest's own words."),
    )
    channel = forms.ChoiceField(label=_("How did the guest tell us?"), choices=Channel.choices)
    guest_deadline = HouseMomentField(
        label=_("“Is there something you must be on time for?”"),
        required=False,
        help_text=_("A wedding, a flight, a meeting. Time of the house. Every step is due before it."),
    )
    room_was_free = forms.BooleanField(
        label=_("We found it, and a room is free: check the guest in now"),
        required=False,
        help_text=_("Then it is no walk: one step instead of all of them."),
    )
    purpose = words(label=_("Why do they travel?"), limit=160, required=False)
    purpose_place = words(label=_("Where must they be?"), limit=160, required=False)
    impact = words(label=_("What it cost the guest"), rows=3, limit=20_000, required=False)
    severity = forms.TypedChoiceField(
        label=_("How grave?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("from the kind")), *Severity.choices],
        help_text=_("What happened to the guest, never how loud the guest is."),
    )
    told_at = HouseMomentField(
        label=_("First word to any of us"),
        required=False,
        help_text=_("If that was earlier: the clocks run from then. Time of the house."),
    )
    guest_type = forms.ChoiceField(label=_("Who travels?"), required=False, choices=GuestType.choices)
    email = words(label=_("E-mail"), limit=254, required=False)
    email_read_back = forms.BooleanField(
        label=_("I read the address back letter by letter"),
        required=False,
        help_text=_("Only then may a certificate code go there."),
    )
    language = forms.ChoiceField(label=_("Language of letters"), required=False)
    postal_address = words(label=_("Postal address"), rows=3, limit=300, required=False)

    places: ClassVar[dict[str, str]] = {
        "bad_email": "email",
        "time_order": "told_at",
    }

    def __init__(self, *args: Any, zone: str, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            if isinstance(field, HouseMomentField):
                field.zone = zone
        codes = conf.current().LANGUAGES
        self.fields["language"].choices = [("", "–"), *((code, text.language(code)) for code in codes)]  # type: ignore[attr-defined]  # because fields are declared as plain ones
        if not is_known:
            self.fields["name"].required = True
        self.initial.setdefault("request_key", uuid.uuid4())

    def main_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in _MORE]

    def more_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in _MORE]

    @property
    def more_is_open(self) -> bool:
        return any(field.errors for field in self.more_fields())


def show(desk: Desk) -> HttpResponse:
    """The form, for the stay or the house that the address names.

    :raises Http404: if this person may not see that stay or house.
    :raises PermissionDenied: if this person may not open a complaint there.
    """
    stay, code, problem = _place(desk)
    desk.require(VERB, code)
    if desk.request.method == "POST":
        goes_on = not problem or (bool(code) and WITHOUT_STAY in desk.request.POST)
        form = OpenForm(desk.request.POST, zone=desk.zone(code), is_known=_has_guest(stay) or not goes_on)
        answer = _open(desk, form, stay, code) if form.is_valid() and goes_on else None
        if answer is not None:
            audit.log_verb(desk.user, answer, VERB)
            messages.success(desk.request, gettext("Written down. This is what to do first."))
            return HttpResponseRedirect(desk.url("complaint_change", answer.pk))
    else:
        form = OpenForm(initial=_initial(desk), zone=desk.zone(code), is_known=_has_guest(stay))
    context = {
        "form": form,
        "stay": stay,
        "stay_dates": (text.day(stay.arrival_on), text.day(stay.departure_on)) if stay else (),
        "house": desk.house_name(code),
        "consequences": _consequences(desk),
        "back": desk.url("complaint_find"),
        "problem": problem,
        "without_stay": WITHOUT_STAY if problem and code else "",
    }
    status = 503 if problem else 200
    return desk.page("recovery/admin/open.html", context, title=_("Open a complaint"), status=status)


def _place(desk: Desk) -> tuple[Stay | None, str, str]:
    """Stay, house, and why the stay cannot be told, if the hotel's system does not answer."""
    ref, code, problem = desk.request.GET.get("stay", ""), desk.request.GET.get("property", ""), ""
    if ref:
        try:
            stay = get_hotel().get_stay(ref[:64])
        except HotelUnreachable as error:
            stay, problem = None, text.sentence(error)
        else:
            if stay is None or not desk.sees(stay.property_code):
                raise Http404
            return stay, stay.property_code, ""
    if not code and len(desk.houses) == 1:
        code = desk.houses[0].code
    if problem and not code:
        return None, "", problem
    if not desk.sees(code) or code not in desk.house_names:
        raise Http404
    return None, code, problem


def _has_guest(stay: Stay | None) -> bool:
    return stay is not None and stay.guest is not None and bool(stay.guest.name)


def _initial(desk: Desk) -> dict[str, Any]:
    given = desk.request.GET
    found: dict[str, Any] = {"channel": Channel.IN_PERSON, "name": given.get("name", "")[:160]}
    if given.get("category") in Category.values:
        found["category"] = given["category"]
    if found.get("category") == Category.LOST_RESERVATION:
        found["summary"] = gettext("Stands here, and we cannot find the reservation")
    return found


def _consequences(desk: Desk) -> list[Any]:
    owner = gettext("It is yours, unless it is grave: then the duty manager owns it.")
    without = [category.label for category in Category if category not in shipped_playbooks()]
    book = gettext(
        "Its playbook starts at once: steps, each with a person and a time. Without one: “%(kinds)s”."
    ) % {"kinds": ", ".join(map(str, without))}
    harm = [category.label for category in Category if rule_for(category).harm]
    return [
        owner,
        book,
        gettext("A guest who wrote gets a receipt after two minutes, unless a person answers first."),
        gettext("For %(kinds)s nobody talks about money before the general manager has decided.")
        % {"kinds": ", ".join(map(str, harm))},
    ]


def _open(desk: Desk, form: OpenForm, stay: Stay | None, code: str) -> Complaint | None:
    data = form.cleaned_data
    try:
        return open_complaint(
            by=desk.actor,
            category=Category(data["category"]),
            summary=data["summary"],
            channel=Channel(data["channel"]),
            stay_ref=stay.ref if stay else "",
            property_code=code,
            description=_with_reference(desk, stay, data["description"]),
            impact=data["impact"],
            guest=GuestInput(
                name=data["name"],
                email=data["email"],
                phone=data["phone"],
                language=data["language"],
                postal_address=data["postal_address"],
                email_read_back=data["email_read_back"],
            ),
            severity=Severity(data["severity"]) if data["severity"] else None,
            room_was_free=data["room_was_free"],
            told_at=data["told_at"],
            guest_deadline=data["guest_deadline"],
            purpose=data["purpose"],
            purpose_place=data["purpose_place"],
            guest_type=GuestType(data["guest_type"]),
            request_key=str(data["request_key"]),
        )
    except NotAllowed as error:
        raise PermissionDenied from error
    except RecoveryError as error:
        place = form.places.get(error.code)
        form.add_error(place, text.sentence(error))
    return None


def _with_reference(desk: Desk, stay: Stay | None, description: str) -> str:
    """The stay that nobody could look up is at least written down."""
    ref = desk.request.GET.get("stay", "")[:64]
    if stay is not None or not ref:
        return description
    note = gettext("The hotel's system did not answer. Stay, as far as we know: %(ref)s") % {"ref": ref}
    return f"{description}\n\n{note}".strip()
