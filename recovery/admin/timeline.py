"""What happened, newest first, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext

from ..choices import ActorKind, AlarmReason, Channel, EventKind, Layer, LetterKind, Severity, Stance
from ..models import Certificate, Complaint, Letter, StaffMember, Task, TimelineEvent
from . import text
from .desk import Desk

PER_PAGE = 50


@dataclass
class Line:
    """One line of history: several events of one kind at one moment stand together."""

    at: str
    label: str
    who: str
    kind: str
    details: list[str] = field(default_factory=list)
    guest_visible: bool = False


def page(desk: Desk, complaint: Complaint) -> tuple[list[Line], Page]:
    """The lines of the page that the address asks for, and the page."""
    events = TimelineEvent.objects.filter(complaint=complaint).order_by("-at", "-pk")
    shown = Paginator(events, PER_PAGE).get_page(desk.request.GET.get("page"))
    return lines(desk, complaint, list(shown.object_list)), shown


def lines(desk: Desk, complaint: Complaint, events: Sequence[TimelineEvent]) -> list[Line]:
    """Events as lines, newest first. What they point at is looked up in one query each."""
    names = _Names(events)
    zone = desk.zone(complaint.property_code)
    found: list[Line] = []
    last: TimelineEvent | None = None
    for event in events:
        detail = names.detail(event)
        same = last is not None and (last.kind, last.at, last.actor_name) == (
            event.kind,
            event.at,
            event.actor_name,
        )
        if not same:
            found.append(
                Line(
                    at=text.moment(event.at, zone, now=desk.now),
                    label=_label(event),
                    who=_who(event),
                    kind=event.kind.replace(".", "-"),
                    guest_visible=event.guest_visible,
                )
            )
        if detail:
            # Events come newest first; what happened at one moment reads in its own order.
            found[-1].details.insert(0, detail)
        last = event
    return found


def _label(event: TimelineEvent) -> str:
    if event.kind == EventKind.ALARM_RAISED and event.data.get("reason") == AlarmReason.ASKED:
        return gettext("a colleague was asked")  # because a question alarms nobody
    known = event.kind in EventKind.values
    return str(EventKind(event.kind).label) if known else event.kind


def _who(event: TimelineEvent) -> str:
    if event.actor_kind == ActorKind.STAFF:
        return event.actor_name
    return f"{event.actor_name} ({ActorKind(event.actor_kind).label})"


class _Names:
    """The names behind the ids in a page of events."""

    def __init__(self, events: Sequence[TimelineEvent]) -> None:
        self.tasks = self._of(Task, events, "task", "title")
        self.letters = self._of(Letter, events, "letter", "kind")
        self.certificates = self._of(Certificate, events, "certificate", "last_four")
        self.people = self._of(StaffMember, events, "owner", "name")

    @staticmethod
    def _of(model: Any, events: Sequence[TimelineEvent], key: str, name: str) -> dict[int, str]:
        ids = {event.data[key] for event in events if isinstance(event.data.get(key), int)}
        return dict(model.objects.filter(pk__in=ids).values_list("pk", name)) if ids else {}

    def detail(self, event: TimelineEvent) -> str:
        data = event.data
        if data.get("task") in self.tasks:
            return self.tasks[data["task"]]
        if data.get("letter") in self.letters:
            return str(LetterKind(self.letters[data["letter"]]).label)
        if data.get("certificate") in self.certificates:
            nights = f" · {data['nights']}" if "nights" in data else ""
            return f"…{self.certificates[data['certificate']]}{nights}"
        if data.get("owner") in self.people:
            return self.people[data["owner"]]
        return _plain(data)


def _plain(data: dict[str, Any]) -> str:
    for key, choices in (("stance", Stance), ("layer", Layer), ("severity", Severity), ("channel", Channel)):
        if key in data and data[key] in choices.values:
            return str(choices(data[key]).label)
    return str(data.get("playbook", ""))
