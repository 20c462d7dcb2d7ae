"""Finding the stay of a guest who stands here. Never "not found" alone (S4-05)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..choices import Category
from ..errors import RecoveryError
from ..hotel import Capability, MatchReason, Stay, StayMatch, StayStatus, get_hotel, seen_from
from ..hotel.cleaning import is_clean_ref
from ..models import Complaint, HouseProfile
from . import text
from .desk import Desk
from .verb_forms.fields import DayField

_WHY = {
    MatchReason.STAY_REF: _("this booking number"),
    MatchReason.AGENCY_REF: _("this agency number"),
    MatchReason.EMAIL: _("same e-mail"),
    MatchReason.PHONE: _("same phone"),
    MatchReason.SAME_NAME: _("same name"),
    MatchReason.SIMILAR_NAME: _("similar name"),
    MatchReason.CANCELLED: _("cancelled"),
    MatchReason.SISTER_HOUSE: _("in a sister house"),
}
_STATUS = {
    StayStatus.BOOKED: ("plain", _("booked")),
    StayStatus.IN_HOUSE: ("good", _("in house")),
    StayStatus.DEPARTED: ("quiet", _("departed")),
    StayStatus.CANCELLED: ("alert", _("cancelled")),
    StayStatus.UNKNOWN: ("quiet", _("state not known")),
}


class FinderForm(forms.Form):
    """What the guest tells us."""

    words = forms.CharField(
        label=_("Name, phone, e-mail or any number"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    arrival = DayField(label=_("Arrival, as the guest says"), required=False)


@dataclass(frozen=True)
class Found:
    """One stay that may be meant."""

    stay: Stay
    guest: str
    house: str
    dates: str
    status: str
    why: str
    note: str
    url: str
    done_url: str
    open_ones: list[tuple[str, str]]


@dataclass(frozen=True)
class Search:
    """What was looked for, and what came of it."""

    found: list[Found]
    #: Houses of colleagues where there may be something: name and phone, nothing of the guest.
    elsewhere: list[tuple[str, str]]
    by_reference_only: bool
    problem: str = ""


def show(desk: Desk) -> HttpResponse:
    """The search box and what it found."""
    desk.require("open_complaint")
    asked = "words" in desk.request.GET
    form = FinderForm(desk.request.GET if asked else None, label_suffix="")
    result = None
    if asked and form.is_valid():
        result = search(desk, form.cleaned_data["words"], form.cleaned_data["arrival"])
    elif desk.request.GET.get("guest"):
        result = _stays_of(desk, desk.request.GET["guest"])
    words = form.cleaned_data.get("words", "") if asked and form.is_bound and form.is_valid() else ""
    context = {
        "form": form,
        "result": result,
        "can_search": get_hotel().has(Capability.FIND_STAYS),
        "find_it": text.FIND_IT,
        "searched": _searched(result) if result else [],
        "next_searches": _next_searches(desk),
        "lost_urls": _lost_urls(desk, words),
        "back": desk.url("complaint_changelist"),
    }
    return desk.page("recovery/admin/finder.html", context, title=_("Find the guest's stay"))


def search(desk: Desk, words: str, around: dt.date | None, *, guest_ref: str = "") -> Search:
    """Stays in this person's houses, best first; from other houses only that there is something.

    With ``guest_ref`` only that guest's.
    """
    hotel = get_hotel()
    can_search = hotel.has(Capability.FIND_STAYS)
    try:
        matches = hotel.find_stays(words, around) if can_search else _by_reference(words)
    except RecoveryError as error:
        return Search([], [], not can_search, problem=text.sentence(error))
    if guest_ref:
        matches = [match for match in matches if match.stay.guest and match.stay.guest.ref == guest_ref]
    mine = [match for match in matches if desk.sees(match.stay.property_code)]
    others = {match.stay.property_code for match in matches} - {match.stay.property_code for match in mine}
    if len(desk.houses) == 1:
        mine = seen_from(mine, property_code=desk.houses[0].code)
    return Search(
        found=_described(desk, mine),
        elsewhere=[(house.name, house.phone) for house in desk.every_house if house.code in others],
        by_reference_only=not can_search,
    )


def _stays_of(desk: Desk, guest_ref: str) -> Search | None:
    """The stays of one guest of the hotel's system: where a page about that guest leads to.

    By reference, so that no name or address stands in an address of ours, or in a server's log.
    """
    hotel = get_hotel()
    try:
        guest = hotel.get_guest(guest_ref) if is_clean_ref(guest_ref) else None
    except RecoveryError as error:
        return Search([], [], False, problem=text.sentence(error))
    words = guest and (guest.email or guest.name or guest.phone)
    if not words or not hotel.has(Capability.FIND_STAYS):
        return None
    return search(desk, words, None, guest_ref=guest_ref)


def _by_reference(words: str) -> list[StayMatch]:
    stay = get_hotel().get_stay(words.strip())
    return [StayMatch(stay=stay, why=(MatchReason.STAY_REF,), score=1)] if stay else []


def _described(desk: Desk, matches: list[StayMatch]) -> list[Found]:
    refs = [match.stay.ref for match in matches]
    rows: Any = Complaint.objects.visible_to(desk.user)
    known: dict[str, list[tuple[str, str]]] = {}
    for row in rows.open().filter(stay_ref__in=refs).order_by("pk"):
        known.setdefault(row.stay_ref, []).append((row.reference, desk.url("complaint_change", row.pk)))
    return [_found(desk, match, known.get(match.stay.ref, [])) for match in matches]


def _found(desk: Desk, match: StayMatch, open_ones: list[tuple[str, str]]) -> Found:
    stay = match.stay
    tone, label = _STATUS[stay.status]
    return Found(
        stay=stay,
        guest=stay.guest.name if stay.guest else gettext("no guest named"),
        house=desk.house_name(stay.property_code),
        dates=text.day(stay.arrival_on),
        status=text.badge(tone, label),
        why=" · ".join(why(match)),
        note=stay.source_note,
        url=desk.url("complaint_open", stay=stay.ref),
        done_url=desk.url("complaint_log", stay=stay.ref)
        if not open_ones and desk.may("log_and_done", stay.property_code)
        else "",
        open_ones=open_ones,
    )


def why(match: StayMatch) -> list[str]:
    """The reasons of a match, in words: "same name", "entered for June", "cancelled"."""
    words = []
    for reason in match.why:
        if reason is MatchReason.OTHER_MONTH and match.stay.arrival_on is not None:
            words.append(gettext("entered for %(month)s") % {"month": MONTHS[match.stay.arrival_on.month]})
        elif reason in _WHY:
            words.append(str(_WHY[reason]))
    return words


def _searched(result: Search) -> list[Any]:
    if result.by_reference_only:
        return [_("the booking number, letter by letter: your hotel system cannot search by words from here")]
    return [
        _("names, also misspelt ones"),
        _("phone, e-mail, booking and agency numbers"),
        _("two months before and after"),
        _("cancelled stays"),
        _("every house"),
    ]


def _next_searches(desk: Desk) -> list[str]:
    rows: Any = HouseProfile.objects.visible_to(desk.user)
    return [row.next_search for row in rows.exclude(next_search="").order_by("property_code")]


def _lost_urls(desk: Desk, words: str) -> list[tuple[str, str]]:
    """Where "treat as lost reservation" leads, one address a house."""
    return [
        (
            house.name,
            desk.url(
                "complaint_open", category=Category.LOST_RESERVATION, property=house.code, name=words[:160]
            ),
        )
        for house in desk.houses
        if desk.may("open_complaint", house.code)
    ]
