"""What the stop page asks and answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms

from ..actions import houses
from ..letters.dates import long_date
from ..models import GuestLink
from .house import House, house_of
from .words import Words

STOP, KEEP = "stop", "keep"


class StopForm(forms.Form):
    """One required choice. Nothing is preselected: a mail scanner presses buttons, it does not choose."""

    choice = forms.ChoiceField(choices=((STOP, STOP), (KEEP, KEEP)), widget=forms.RadioSelect)

    def __init__(self, *args: Any, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].error_messages = dict.fromkeys(("required", "invalid_choice"), words["error"])
        #: What the template lays out.
        self.options = ((STOP, words["stop"]), (KEEP, words["keep"]))

    @property
    def wants_stop(self) -> bool:
        return bool(self.cleaned_data["choice"] == STOP)


@dataclass(frozen=True, kw_only=True)
class StopPage:
    language: str
    tab: str
    error_tab: str
    house: House
    until: str
    about: str
    #: Empty when the guest has not asked us to stop.
    now_stopped: str
    words: Words


@dataclass(frozen=True, kw_only=True)
class SavedPage:
    language: str
    tab: str
    house: House
    #: Said by ``undo``.
    until: str = ""
    is_stopped: bool
    #: Until when it can be changed here.
    undo: str
    words: Words


def stop_page(link: GuestLink) -> StopPage:
    """The question, and how things stand now.

    :raises NoBrand, NoProfile: if the project lacks what the page needs.
    """
    words = Words(link.party.language, "stop")
    house = house_of(link.complaint.property_code, words.language)
    since = link.party.stopped_writing_at
    return StopPage(
        language=words.language,
        tab=f"{words['title']} – {house.name}",
        error_tab=words.say("error_tab", title=words["title"]),
        house=house,
        until=Words(words.language, "page").say("until", date=_day(link, link.expires_at, words)),
        about=words.say("about", hotel=house.name),
        now_stopped=words.say("now_stopped", date=_day(link, since, words)) if since else "",
        words=words,
    )


def saved_page(link: GuestLink) -> SavedPage:
    """How it stands after the choice, read from the record.

    :raises NoBrand, NoProfile: if the project lacks what the page needs.
    """
    words = Words(link.party.language, "saved")
    house = house_of(link.complaint.property_code, words.language)
    is_stopped = link.party.stopped_writing_at is not None
    return SavedPage(
        language=words.language,
        tab=f"{words['stopped_title' if is_stopped else 'kept_title']} – {house.name}",
        house=house,
        is_stopped=is_stopped,
        undo=words.say("undo", date=_day(link, link.expires_at, words)),
        words=words,
    )


def _day(link: GuestLink, moment: dt.datetime, words: Words) -> str:
    profile = houses.profile_of(link.complaint.property_code)
    return long_date(houses.local_date(profile, moment), words.language)
