"""Log and done: three lines and one button, for what is over before it is a complaint."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..actions import GuestInput, log_and_done, open_complaint
from ..choices import ApologyPart, Category, Channel, GuestType, Severity
from ..errors import NotAllowed, NotASmallMatter, RecoveryError
from ..hotel import Stay, get_hotel
from ..models import Complaint
from ..rules import text as text_rules
from . import audit, text
from .desk import Desk
from .verb_forms.fields import words

VERB, OPEN = "log_and_done", "open_complaint"
_MORE = ("name", "phone", "category", "severity", "guest_type", "channel", "apology")
_SUMMARY = 160


class SmallForm(forms.Form):
    """What, what I did, guest content: yes. Nothing else is needed."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Reload the page and try again.")}
    )
    house = forms.ChoiceField(label=_("House"))
    what = words(label=_("What was it?"), rows=2, limit=5_000)
    done = words(label=_("What did you do?"), rows=2, limit=5_000)
    content = forms.BooleanField(label=_("The guest is content: I asked"), required=False)
    name = words(label=_("Guest"), limit=160, required=False)
    phone = words(label=_("Phone"), limit=40, required=False)
    category = forms.ChoiceField(
        label=_("What kind?"), choices=Category.choices, required=False, initial=Category.OTHER
    )
    severity = forms.TypedChoiceField(
        label=_("How grave?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("from the kind")), *Severity.choices],
    )
    guest_type = forms.ChoiceField(label=_("Who travels?"), required=False, choices=GuestType.choices)
    channel = forms.ChoiceField(
        label=_("How did the guest tell us?"), choices=Channel.choices, initial=Channel.IN_PERSON
    )
    apology = forms.MultipleChoiceField(
        label=_("I said sorry. What did I say?"),
        choices=ApologyPart.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, houses: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if houses:
            self.fields["house"].choices = houses  # type: ignore[attr-defined]  # because fields are declared as plain ones
        else:
            del self.fields["house"]
        self.initial.setdefault("request_key", uuid.uuid4())

    def main_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in _MORE]

    def more_fields(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in _MORE]

    @property
    def more_is_open(self) -> bool:
        return any(field.errors for field in self.more_fields())


def show(desk: Desk) -> HttpResponse:
    """The form; where it is no small matter, the same words and a button that opens a complaint.

    :raises Http404: if this person may not see that stay or house.
    :raises PermissionDenied: if this person may not log anything there.
    """
    stay, code = _place(desk)
    desk.require(VERB, code)
    houses = [] if code else [(house.code, house.name) for house in desk.houses]
    form = SmallForm(desk.request.POST if desk.request.method == "POST" else None, houses=houses)
    can_open = False
    if form.is_bound and form.is_valid():
        here = code or form.cleaned_data["house"]
        is_opening = "open" in desk.request.POST
        try:
            answer = _open(desk, form, stay, here) if is_opening else _log(desk, form, stay, here)
        except NotAllowed as error:
            raise PermissionDenied from error
        except RecoveryError as error:
            form.add_error(None, text.sentence(error))
            can_open = isinstance(error, NotASmallMatter) and desk.may(OPEN, here)
        else:
            audit.log_verb(desk.user, answer, OPEN if is_opening else VERB)
            if is_opening:
                messages.success(desk.request, gettext("Written down. This is what to do first."))
                return HttpResponseRedirect(desk.url("complaint_change", answer.pk))
            messages.success(desk.request, gettext("Logged and done."))
            return HttpResponseRedirect(desk.url("complaint_changelist"))
    context = {
        "form": form,
        "stay": stay,
        "house": desk.house_name(code) if code else "",
        "can_open": can_open,
        "consequences": [
            _("It is written down as heard, solved, told and closed, by you. Nobody is rung."),
            _("Only for what is small and over: if the guest complained before, it is opened instead."),
        ],
        "back": desk.url("complaint_changelist"),
    }
    return desk.page("recovery/admin/small.html", context, title=_("Log and done"))


def _place(desk: Desk) -> tuple[Stay | None, str]:
    """The stay or the house in the address; with several houses the form asks."""
    ref, code = desk.request.GET.get("stay", ""), desk.request.GET.get("property", "")
    if ref:
        stay = get_hotel().get_stay(ref[:64])
        if stay is None or not desk.sees(stay.property_code):
            raise Http404
        return stay, stay.property_code
    if code and (not desk.sees(code) or code not in desk.house_names):
        raise Http404
    return None, code or (desk.houses[0].code if len(desk.houses) == 1 else "")


def _known(form: SmallForm, stay: Stay | None, code: str) -> dict[str, Any]:
    """What both verbs take."""
    data = form.cleaned_data
    return {
        "category": Category(data["category"] or Category.OTHER),
        "severity": Severity(data["severity"]) if data["severity"] else None,
        "channel": Channel(data["channel"]),
        "stay_ref": stay.ref if stay else "",
        "property_code": code,
        "guest": GuestInput(name=data["name"], phone=data["phone"]),
        "guest_type": GuestType(data["guest_type"]),
        "request_key": str(data["request_key"]),
    }


def _log(desk: Desk, form: SmallForm, stay: Stay | None, code: str) -> Complaint:
    data = form.cleaned_data
    return log_and_done(
        by=desk.actor,
        what=data["what"],
        done=data["done"],
        content=data["content"],
        apology=[ApologyPart(part) for part in data["apology"]],
        **_known(form, stay, code),
    )


def _open(desk: Desk, form: SmallForm, stay: Stay | None, code: str) -> Complaint:
    """Nothing that was typed is lost: what was done so far stands below what the guest said."""
    data = form.cleaned_data
    return open_complaint(
        by=desk.actor,
        summary=text_rules.soft_line(data["what"], limit=_SUMMARY),
        description="\n\n".join([data["what"], gettext("Done so far: %(what)s") % {"what": data["done"]}]),
        **_known(form, stay, code),
    )
