"""What the status page says: received, who answers, by when. No substance, no cause."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ..actions import houses
from ..choices import TaskKind
from ..letters.dates import long_date, moment_text
from ..models import Contact, GuestLink, Task
from .house import House, house_of
from .words import Words


@dataclass(frozen=True, kw_only=True)
class StatusPage:
    language: str
    tab: str
    house: House
    until: str
    received: str
    #: First and last name.
    person: str
    #: By when, in words; empty when the answer was given.
    by: str
    is_late: bool
    words: Words


def status_page(link: GuestLink, *, now: dt.datetime) -> StatusPage:
    """Where the guest's last message stands.

    :raises NoBrand, NoProfile: if the project lacks what the page needs.
    """
    complaint, words = link.complaint, Words(link.party.language, "status")
    language = words.language
    profile = houses.profile_of(complaint.property_code)
    zone = ZoneInfo(profile.time_zone)
    last = Contact.objects.filter(complaint=complaint, party=link.party).order_by("-at", "-pk").first()
    received_at = last.at if last else complaint.opened_at
    promise = _promise(link)
    last_day = long_date(link.expires_at.astimezone(zone).date(), language)
    # The number of the receipt: outside desk hours somebody answers it.
    house = house_of(complaint.property_code, language, phone=profile.on_call_phone)
    return StatusPage(
        language=language,
        tab=words.say("tab", hotel=house.name),
        house=house,
        until=Words(language, "page").say("until", date=last_day),
        received=long_date(received_at.astimezone(zone).date(), language),
        person=((promise and promise.assignee) or complaint.owner).name_for_guests,
        by=moment_text(promise.due_at.astimezone(zone), language) if promise else "",
        is_late=promise is not None and promise.due_at < now,
        words=words,
    )


def _promise(link: GuestLink) -> Task | None:
    """The answer that we promised and have not given yet."""
    rows = Task.objects.open().filter(complaint=link.complaint, kind=TaskKind.PROMISE, fulfils="answer")
    return rows.select_related("assignee").order_by("due_at", "pk").first()
