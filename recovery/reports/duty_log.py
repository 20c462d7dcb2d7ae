"""What happened in a house on one business day: what was written down, and what the history says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from ..choices import EventKind, Urgency
from ..models import Complaint, DutyLogEntry, HouseProfile, TimelineEvent
from ..rules import clocks

#: What the next duty manager wants to know, without having been there.
KINDS = (
    EventKind.URGENCY_RAISED,
    EventKind.EMERGENCY_TAKEN_BACK,
    EventKind.RECOVERY_FAILED,
    EventKind.HAND_OVER_OFFERED,
    EventKind.HANDED_OVER,
    EventKind.AT_RISK_SET,
)


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """``complaint`` and ``kind`` are there where the line was read from the history."""

    at: dt.datetime
    by: str
    words: str = ""
    kind: str = ""
    complaint: Complaint | None = None


def duty_log(*, profile: HouseProfile, day: dt.date, seen: Any) -> list[LogLine]:
    """The lines of one business day, the earliest first. ``seen``: complaints that the reader may see."""
    starts, ends = day_of(profile, day)
    written = [
        LogLine(at=row.at, by=row.written_by, words=row.words)
        for row in DutyLogEntry.objects.filter(property_code=profile.property_code, business_on=day)
    ]
    events = TimelineEvent.objects.filter(
        at__gte=starts,
        at__lt=ends,
        kind__in=KINDS,
        complaint__property_code=profile.property_code,
        complaint__in=seen,
    )
    happened = [
        LogLine(at=row.at, by=row.actor_name, kind=row.kind, complaint=row.complaint)
        for row in events.select_related("complaint").order_by("at", "pk")
        if row.kind != EventKind.URGENCY_RAISED or row.data.get("urgency") == Urgency.EMERGENCY
    ]
    return sorted([*written, *happened], key=lambda line: line.at)


def day_of(profile: HouseProfile, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """When a business day begins and ends, as instants."""
    zone, starts = profile.time_zone, profile.business_day_starts
    return clocks.wall_time(day, starts, zone), clocks.wall_time(day + dt.timedelta(days=1), starts, zone)
