"""Who leaves today, what was promised, who is in the house, who comes back: one page for the morning."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q

from ..choices import Urgency
from ..hotel import Stay
from ..models import Certificate, Complaint, HouseProfile, Party, Task
from ..models.complaints import ABANDONED_AFTER
from ..rules import clocks, sheet
from ..rules.severity import rule_for
from ..rules.sheet_words import words

#: Texts of lines are cut so that a line stays a line.
_WHAT = 110


@dataclass(frozen=True, kw_only=True)
class Line:
    """One guest or one promise. ``note`` is what to do or to say."""

    room: str
    guest: str
    what: str
    note: str
    reference: str = ""
    #: ``None`` for a guest of whom only a certificate is known.
    complaint_id: int | None = None
    marks: tuple[str, ...] = ()
    #: Roles that have a part in it.
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Section:
    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What one reader sees of one property's morning. Sections without lines are not there."""

    property_code: str
    day: dt.date
    language: str
    sections: tuple[Section, ...]
    knows_arrivals: bool

    @property
    def count(self) -> int:
        return sum(len(section.lines) for section in self.sections)


@dataclass
class _Reader:
    profile: HouseProfile
    now: dt.datetime
    language: str
    said: Any = field(init=False)

    def __post_init__(self) -> None:
        self.said = words(self.language)

    def time(self, moment: dt.datetime) -> str:
        local = moment.astimezone(clocks.zone_named(self.profile.time_zone))
        same_day = local.date() == clocks.local_date(self.now, self.profile.time_zone)
        return f"{local:%H:%M}" if same_day else f"{local:%d.%m. %H:%M}"


def morning_sheet(
    *,
    profile: HouseProfile,
    day: dt.date,
    now: dt.datetime,
    seen: Any,
    language: str,
    roles: Collection[str] | None = None,
    arrivals: Sequence[Stay] | None = None,
) -> Sheet:
    """The sheet of one business day, as one reader sees it.

    ``seen``: the complaints that the reader may see, of every house. ``roles``: the reader's; ``None``:
    every line. ``arrivals``: of that day, from the hotel's system; ``None``: it cannot tell.
    """
    reader = _Reader(profile, now, language)
    rows = _complaints(profile, day, seen)
    leaving = [row for row in rows if row.departure_on == day]
    staying = [row for row in rows if row not in leaving and row.closed_at is None and _is_here(row, day)]
    found = {
        "leaving": [_leaving(reader, row) for row in leaving],
        "promises": _promises(reader, rows, day),
        "in_house": [_in_house(reader, row) for row in staying],
        "arriving": _arriving(reader, seen, arrivals or (), day),
        "resting": [_resting(reader, row) for row in rows if _rests(row, now)],
    }
    if roles is not None and not sheet.MANAGERS & set(roles):
        found["resting"] = []
    sections = [
        Section(key=key, title=reader.said[key], lines=tuple(line for line in lines))
        for key, lines in ((key, _of(lines, roles)) for key, lines in found.items())
        if lines
    ]
    return Sheet(
        property_code=profile.property_code,
        day=day,
        language=language,
        sections=tuple(sections),
        knows_arrivals=arrivals is not None,
    )


def _complaints(profile: HouseProfile, day: dt.date, seen: Any) -> list[Complaint]:
    """Everything open at the house, and who leaves today, in the order of the rooms."""
    rows = seen.filter(property_code=profile.property_code)
    rows = rows.filter(Q(closed_at__isnull=True) | Q(departure_on=day)).select_related("owner")
    tasks = Task.objects.select_related("assignee").order_by("due_at", "pk")
    parties = Party.objects.order_by("pk")
    found = rows.prefetch_related(
        Prefetch("tasks", tasks, to_attr="all_tasks"), Prefetch("parties", parties, to_attr="all_parties")
    )
    return sorted(found, key=lambda row: (_room_order(row.room_reported), row.pk))


def _of(lines: Iterable[Line], roles: Collection[str] | None) -> list[Line]:
    return [line for line in lines if sheet.concerns(line.roles, roles)]


# --- one line ------------------------------------------------------------------------------------


def _line(reader: _Reader, row: Any, *, what: str = "", note: str, marks: Sequence[str] = ()) -> Line:
    guest = next(iter(row.all_parties), None)
    urgent = (reader.said["emergency"],) if row.urgency == Urgency.EMERGENCY else ()
    return Line(
        room=row.room_reported,
        guest=guest.name if guest is not None else "",
        what=_cut(what or row.summary),
        note=note,
        reference=row.reference,
        complaint_id=row.pk,
        marks=(*urgent, *marks),
        roles=_roles(row),
    )


def _roles(row: Any) -> frozenset[str]:
    """Departments with a part in a complaint: those that its tasks name, and those of who does them."""
    found = {task.role for task in row.all_tasks if task.role}
    for task in row.all_tasks:
        if task.assignee is not None:
            found |= set(task.assignee.roles)
    return frozenset(found)


def _leaving(reader: _Reader, row: Any) -> Line:
    key = sheet.line_to_say(
        solved=row.solved_at is not None,
        told=row.told_at is not None,
        harm=rule_for(row.category).harm or row.urgency == Urgency.EMERGENCY,
    )
    return _line(reader, row, note=reader.said[key])


def _in_house(reader: _Reader, row: Any) -> Line:
    first = next((task for task in row.all_tasks if task.is_open), None)
    if first is None:
        return _line(reader, row, note=reader.said["with"] % {"name": row.owner.name})
    who = (first.assignee or row.owner).name
    return _line(reader, row, note=f"{_when(reader, first)}: {first.title} – {who}")


def _resting(reader: _Reader, row: Any) -> Line:
    return _line(reader, row, note=reader.said["with"] % {"name": row.owner.name})


def _promises(reader: _Reader, rows: Sequence[Any], day: dt.date) -> list[Line]:
    """What guests were told for today, and what is late from before; the nearest first."""
    ends = clocks.wall_time(
        day + dt.timedelta(days=1), reader.profile.business_day_starts, reader.profile.time_zone
    )
    due = [
        (task, row)
        for row in rows
        for task in row.all_tasks
        if task.is_promise and task.is_open and task.due_at < ends
    ]
    due.sort(key=lambda pair: (pair[0].due_at, pair[0].pk))
    lines = []
    for task, row in due:
        marks = (reader.said["not_happening"],) if task.is_not_happening else ()
        who = (task.assignee or row.owner).name
        line = _line(reader, row, what=task.title, note=f"{_when(reader, task)}, {who}", marks=marks)
        own = {task.role} if task.role else set()
        own |= set(task.assignee.roles) if task.assignee is not None else set()
        lines.append(Line(**{**line.__dict__, "roles": frozenset(own)}))
    return lines


def _when(reader: _Reader, task: Task) -> str:
    key = "late" if task.due_at < reader.now else "by"
    return str(reader.said[key] % {"time": reader.time(task.due_at)})


def _arriving(reader: _Reader, seen: Any, stays: Sequence[Stay], day: dt.date) -> list[Line]:
    """Guests of today of whom we have an earlier complaint or an unused certificate."""
    rooms = {stay.guest.ref: stay for stay in stays if stay.guest is not None and stay.guest.ref}
    if not rooms:
        return []
    earlier: dict[str, Any] = {}
    rows = Party.objects.filter(guest_ref__in=rooms, complaint__in=seen).select_related("complaint")
    # A complaint about this very stay is no history: it stands above.
    for party in rows.order_by("complaint__opened_at", "pk"):
        if party.complaint.stay_ref != rooms[party.guest_ref].ref:
            earlier[party.guest_ref] = party.complaint
    held = Certificate.objects.filter(
        party__guest_ref__in=rooms,
        complaint__in=seen,
        nights_left__gt=0,
        void_at__isnull=True,
        expired_at__isnull=True,
        last_arrival_on__gte=day,
    ).select_related("party")
    certificates = {row.party.guest_ref: row for row in held.order_by("pk")}
    lines = []
    for ref, stay in rooms.items():
        complaint, certificate = earlier.get(ref), certificates.get(ref)
        if complaint is None and certificate is None:
            continue
        note = []
        if complaint is not None:
            note.append(reader.said["earlier"] % {"what": _cut(complaint.summary)})
        if certificate is not None:
            given = {"four": certificate.last_four, "nights": certificate.nights_left}
            note.append(reader.said["certificate"] % given)
        lines.append(
            Line(
                room=stay.room,
                guest=stay.guest.name if stay.guest is not None else "",
                what=stay.ref,
                note="; ".join(note),
                reference=complaint.reference if complaint is not None else "",
                complaint_id=complaint.pk if complaint is not None else None,
            )
        )
    return sorted(lines, key=lambda line: (_room_order(line.room), line.guest))


# --- small things --------------------------------------------------------------------------------


def _is_here(row: Complaint, day: dt.date) -> bool:
    if row.arrival_on is None or row.departure_on is None:
        return bool(row.room_reported)
    return row.arrival_on <= day < row.departure_on


def _rests(row: Any, now: dt.datetime) -> bool:
    """Abandoned: open for an hour, and no dated task lies ahead."""
    if row.closed_at is not None or row.opened_at > now - ABANDONED_AFTER:
        return False
    return not any(task.is_open for task in row.all_tasks)


def _room_order(room: str) -> tuple[int, int, str]:
    """Room 9 before room 10, names after numbers, no room last."""
    number = re.match(r"\d{1,9}", room)
    return (0 if number else 1 if room else 2, int(number[0]) if number else 0, room)


def _cut(text: str) -> str:
    return text if len(text) <= _WHAT else text[: _WHAT - 1].rstrip() + "…"
