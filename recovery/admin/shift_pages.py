"""Pages of a shift: the morning sheet, the duty log, the end of a shift, and whether the house is ready."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..actions import hand_over_all, houses, log_duty
from ..actions.hand_overs import open_work
from ..actions.morning_sheets import sheet_on_screen
from ..actions.playbooks import shipped_playbooks
from ..choices import EventKind
from ..errors import RecoveryError
from ..models import Complaint, HouseProfile, StaffMember
from ..reports.duty_log import LogLine, duty_log
from ..reports.readiness import readiness_of
from ..rules.sheet_words import words
from . import text
from .desk import Desk
from .verb_forms.fields import PersonField
from .verb_forms.fields import words as words_field

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class _Place:
    """Which house and business day a page is about."""

    profile: HouseProfile
    day: dt.date
    today: dt.date


def links(desk: Desk) -> list[tuple[str, str]]:
    """What the queue offers besides complaints."""
    found = [
        (gettext("Morning sheet"), desk.url("morning_sheet")),
        (gettext("Duty log"), desk.url("duty_log")),
    ]
    if desk.actor.staff is not None and desk.may("hand_over"):
        found.append((gettext("End of my shift"), desk.url("shift_end")))
    if desk.actor.is_manager:
        found.append((gettext("Is the house ready?"), desk.url("readiness")))
    return found


# --- the morning sheet ---------------------------------------------------------------------------


def sheet_page(desk: Desk) -> HttpResponse:
    """The sheet of one house and business day, for the screen and for paper."""
    place = _place(desk)
    language = get_language() or "en"
    code = place.profile.property_code
    seen: Any = Complaint.objects.visible_to(desk.user)
    found, error = sheet_on_screen(
        by=desk.actor, profile=place.profile, day=place.day, now=desk.now, seen=seen, language=language
    )
    problem = gettext("The hotel system did not answer (%(error)s).") % {"error": error} if error else ""
    said = words(language)
    rows = [
        (
            section,
            [
                (line, desk.url("complaint_change", line.complaint_id) if line.complaint_id else "")
                for line in section.lines
            ],
        )
        for section in found.sections
    ]
    context = {
        **_context(desk, place, "morning_sheet"),
        "sheet": found,
        "rows": rows,
        "nothing": said["nothing"],
        "no_arrivals": problem or ("" if found.knows_arrivals else said["no_arrivals"]),
        "printed_at": text.moment(desk.now, place.profile.time_zone),
    }
    title = f"{said['title']} · {desk.house_name(code)}"
    return desk.page("recovery/admin/morning_sheet.html", context, title=title)


# --- the duty log --------------------------------------------------------------------------------


class DutyLineForm(forms.Form):
    """One line for the log."""

    request_key = forms.UUIDField(widget=forms.HiddenInput)
    words = words_field(label=_("What must the next shift know?"), rows=2, limit=2_000)


def log_page(desk: Desk) -> HttpResponse:
    """One business day of the duty log; POST writes a line."""
    place = _place(desk)
    code = place.profile.property_code
    form = DutyLineForm(initial={"request_key": uuid.uuid4()}, label_suffix="")
    if desk.request.method == "POST":
        desk.require("log_duty", code)
        form = DutyLineForm(desk.request.POST, label_suffix="")
        if form.is_valid():
            try:
                log_duty(
                    property_code=code,
                    by=desk.actor,
                    words=form.cleaned_data["words"],
                    request_key=str(form.cleaned_data["request_key"]),
                )
            except RecoveryError as error:
                form.add_error(None, text.sentence(error))
            else:
                messages.success(desk.request, gettext("Written down."))
                return HttpResponseRedirect(desk.url("duty_log", house=code))
    seen: Any = Complaint.objects.visible_to(desk.user)
    lines = duty_log(profile=place.profile, day=place.day, seen=seen)
    context = {
        **_context(desk, place, "duty_log"),
        "form": form if place.day == place.today and desk.may("log_duty", code) else None,
        "lines": [_log_row(desk, place, line) for line in lines],
    }
    title = f"{gettext('Duty log')} · {desk.house_name(code)}"
    return desk.page("recovery/admin/duty_log.html", context, title=title)


def _log_row(desk: Desk, place: _Place, line: LogLine) -> dict[str, Any]:
    complaint = line.complaint
    return {
        "at": text.moment(line.at, place.profile.time_zone, now=desk.now),
        "by": line.by,
        "words": line.words or EventKind(line.kind).label,
        "complaint": complaint,
        "url": desk.url("complaint_change", complaint.pk) if complaint is not None else "",
    }


# --- the end of a shift --------------------------------------------------------------------------


class ShiftEndForm(forms.Form):
    """To whom everything goes."""

    receiver = PersonField(
        label=_("To whom?"), required=False, help_text=_("Empty: whoever is on duty, else a manager.")
    )


def shift_end_page(desk: Desk) -> HttpResponse:
    """My open work, and one button that offers all of it."""
    me = desk.actor.staff
    if me is None or not desk.may("hand_over"):
        raise Http404
    place = _place(desk)
    code = place.profile.property_code
    form = ShiftEndForm(desk.request.POST if desk.request.method == "POST" else None, label_suffix="")
    today = houses.local_date(place.profile, desk.now)
    receiver: Any = form.fields["receiver"]
    others = StaffMember.objects.active(on=today).exclude(pk=me.pk)
    receiver.offer(person for person in others if person.works_at(code))
    if form.is_bound and form.is_valid():
        desk.require("hand_over", code)
        count = hand_over_all(
            giver=me, by=desk.actor, receiver=form.cleaned_data["receiver"], property_code=code
        )
        sentence = gettext("Offered: %(count)s. Until somebody accepts they stay with you.")
        messages.success(desk.request, sentence % {"count": count})
        return HttpResponseRedirect(desk.url("shift_end", house=code))
    mine: Any = open_work(me).filter(property_code=code).with_next_task()
    context = {
        **_context(desk, place, "shift_end"),
        "form": form,
        "mine": [
            {
                "complaint": row,
                "url": desk.url("complaint_change", row.pk),
                "due": text.due(row.next_due_at, place.profile.time_zone, now=desk.now)
                if row.next_due_at
                else "",
            }
            for row in mine
        ],
    }
    return desk.page("recovery/admin/shift_end.html", context, title=gettext("End of my shift"))


# --- readiness -----------------------------------------------------------------------------------


def readiness_page(desk: Desk) -> HttpResponse:
    """Each house of this person: ready, or what is missing and how to put it right."""
    found = readiness_of(now=desk.now, playbooks=len(shipped_playbooks()), codes=desk.codes)
    context = {
        "houses": [
            {"name": desk.house_name(house.property_code), "ready": house.ready, "lines": house.lines}
            for house in found
        ],
        "back": desk.url("complaint_changelist"),
    }
    return desk.page("recovery/admin/readiness.html", context, title=gettext("Is the house ready?"))


# --- house and day -------------------------------------------------------------------------------


def _place(desk: Desk) -> _Place:
    """The house and business day that the address names: the first of this person's, and today.

    :raises Http404: for a house that is not there for this person, or a day that is none.
    """
    profiles = {
        profile.property_code: profile
        for profile in HouseProfile.objects.order_by("property_code")
        if desk.sees(profile.property_code)
    }
    wanted = desk.request.GET.get("house", "") or next(iter(profiles), "")
    if wanted not in profiles:
        raise Http404
    today = houses.business_date(profiles[wanted], desk.now)
    given = desk.request.GET.get("day", "")
    try:
        day = dt.date.fromisoformat(given) if given else today
    except ValueError:
        raise Http404 from None
    if not 2000 <= day.year <= 2100:
        raise Http404
    return _Place(profiles[wanted], day, today)


def _context(desk: Desk, place: _Place, page: str) -> dict[str, Any]:
    """What every page of a shift shows: house, day, and the way to other days and houses."""
    code = place.profile.property_code
    others = [
        (desk.house_name(house.code), desk.url(page, house=house.code), house.code == code)
        for house in desk.houses
    ]
    return {
        "house": desk.house_name(code),
        "day": text.day(place.day),
        "is_today": place.day == place.today,
        "before": desk.url(page, house=code, day=(place.day - _DAY).isoformat()),
        "after": desk.url(page, house=code, day=(place.day + _DAY).isoformat()),
        "other_houses": others if len(others) > 1 else [],
        "back": desk.url("complaint_changelist"),
    }
