"""What a colleague must know to go on, so that the guest repeats nothing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from ..choices import TaskKind, TaskState
from ..models import StaffMember, Task
from ..rules import money, text
from . import houses
from .engine import Turn

LIMIT = 5_000
#: Characters of one line: a summary is read standing.
LINE = 240


def for_receiver(turn: Turn, *, giver: StaffMember, note: str) -> str:
    """The story so far in a few lines: who, what, what was promised and given, what comes next."""
    complaint = turn.complaint
    zone = ZoneInfo(houses.profile_of(complaint.property_code).time_zone)
    lines = [note] if note else []
    guest = complaint.parties.order_by("pk").first()
    if guest is not None:
        room = f", room {complaint.room_reported}" if complaint.room_reported else ""
        ring = f", {guest.phone}" if guest.phone else ""
        lines.append(f"Guest: {guest.name}{room}{ring}, language {guest.language}")
    lines.append(f"What happened: {complaint.description or complaint.summary}")
    if complaint.restatement:
        lines.append(f"The guest said yes to: {complaint.restatement}")
    if complaint.impact:
        lines.append(f"What it cost: {complaint.impact}")
    if complaint.guest_deadline is not None:
        lines.append(f"Must be on time: {complaint.guest_deadline.astimezone(zone):%a %H:%M}")
    contacts = list(complaint.contacts.order_by("told_at", "pk"))
    if contacts:
        last = contacts[-1]
        at = last.told_at.astimezone(zone)
        lines.append(f"Told us {len(contacts)} times; last {at:%a %H:%M}: {last.text or last.kind}")
    apology = complaint.apologies.order_by("-at").first()
    lines.append(f"Apologised: by {apology.by}" if apology is not None else "Apologised: not yet")
    lines += [
        f"Given: {row.what}, {money.format_amount(row.face, row.currency, 'en')}"
        for row in complaint.compensations.filter(void_at__isnull=True).order_by("pk")
    ]
    open_tasks = Task.objects.open().filter(complaint=complaint).exclude(kind=TaskKind.HAND_OVER)
    for task in open_tasks.select_related("assignee").order_by("due_at", "pk")[:12]:
        said = "Promised" if task.is_promise else "To do"
        yes = "" if task.state is TaskState.SAID else f", {task.accepted_by} said yes"
        lines.append(f"{said} by {task.due_at.astimezone(zone):%a %H:%M}: {task.title}{yes}")
    lines.append(f"From {giver.name}. Ask the guest nothing that stands here.")
    return "\n".join(text.soft_line(line, limit=LINE) for line in lines)[:LIMIT]
