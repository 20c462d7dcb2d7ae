"""By when a person answers a guest who wrote, and tells a guest that it is solved."""

from __future__ import annotations

import datetime as dt
from enum import Enum, auto

from ..choices import Channel, Severity, Urgency
from . import calendar, clocks


class Where(Enum):
    """Where the guest is while waiting for us."""

    IN_HOUSE = auto()
    ARRIVING = auto()
    ARRIVING_SOON = auto()
    DEPARTED = auto()
    UNKNOWN = auto()


_MINUTE = dt.timedelta(minutes=1)
#: A guest in the house who wrote by QR code, web or text message is looking at the screen.
_IN_HOUSE = {
    Severity.IRRITATION: 30 * _MINUTE,
    Severity.IMPAIRED: 15 * _MINUTE,
    Severity.TOUCHED: 10 * _MINUTE,
    Severity.LOST: 5 * _MINUTE,
    Severity.GRAVE: 5 * _MINUTE,
}
#: A letter on paper or an e-mail in the house is read later than a text message.
_MAIL_IN_HOUSE = 30 * _MINUTE
_PUBLIC = 60 * _MINUTE
_SOON = dt.timedelta(hours=1)
_ELSEWHERE = dt.timedelta(hours=4)
#: Whatever the desk hours are, nobody waits longer than this.
LONGEST = dt.timedelta(hours=24)
_ARRIVING_SOON_DAYS = 2


def whereabouts(*, arrival_on: dt.date | None, departure_on: dt.date | None, today: dt.date) -> Where:
    """Where the guest is today, the property's calendar day."""
    if arrival_on is None or departure_on is None:
        return Where.UNKNOWN
    if today < arrival_on:
        soon = (arrival_on - today).days <= _ARRIVING_SOON_DAYS
        return Where.ARRIVING_SOON if soon else Where.ARRIVING
    return Where.IN_HOUSE if today <= departure_on else Where.DEPARTED


def answer_within(
    *, severity: Severity, channel: Channel, where: Where, urgency: Urgency = Urgency.NORMAL
) -> dt.timedelta:
    """How long a person may take, counted while the desk is staffed. An Emergency counts as severity 5."""
    if where is Where.IN_HOUSE:
        if urgency == Urgency.EMERGENCY:
            return _IN_HOUSE[Severity.GRAVE]
        wait = _IN_HOUSE[severity]
        return max(wait, _MAIL_IN_HOUSE) if channel in (Channel.EMAIL, Channel.LETTER) else wait
    if channel == Channel.PUBLIC:
        return _PUBLIC
    return _SOON if where is Where.ARRIVING_SOON or urgency == Urgency.EMERGENCY else _ELSEWHERE


def answer_due(
    *,
    now: dt.datetime,
    severity: Severity,
    channel: Channel,
    where: Where,
    hours: calendar.Calendar,
    urgency: Urgency = Urgency.NORMAL,
) -> dt.datetime:
    """When a person will have answered, in UTC.

    While the desk is closed no clock runs, except for a grave matter in the house: that rings whoever is on
    call. A house that never opens answers within a day all the same.
    """
    wait = answer_within(severity=severity, channel=channel, where=where, urgency=urgency)
    if severity >= Severity.LOST and where is Where.IN_HOUSE:
        return clocks.add_duration(now, wait)
    if wait <= _SOON and calendar.is_open(hours, now):
        return clocks.add_duration(now, wait)  # because whoever read it is still here for that long
    due = calendar.add_staffed(hours, now, wait)
    latest = clocks.add_duration(now, LONGEST)
    return latest if due is None else min(due, latest)


def tell_within(severity: Severity, *, in_house: bool) -> dt.timedelta:
    """How soon after the fix the guest knows of it: no silent fixes (S2-15)."""
    if not in_house:
        return dt.timedelta(hours=2)
    return dt.timedelta(minutes=5 if severity >= Severity.TOUCHED else 10)
