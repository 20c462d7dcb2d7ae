"""What the week proves: what the app did, beside what the model says had to be done."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.db.models import F

from recovery.choices import AlarmReason, EventKind
from recovery.models import Alarm, Complaint, Task, TimelineEvent

from . import model
from .staff import CALL, MANAGER, PEOPLE
from .world import World

#: On top of one sweep's interval; verbs and deliveries take no time in a week whose clock stands still.
SLACK = dt.timedelta(seconds=1)
#: More rings than this in eight hours come as a digest.
SHIFT = dt.timedelta(hours=8)
#: Of what the model knows nothing: it is about promises.
NOT_PROMISES = (AlarmReason.HAND_OVER, AlarmReason.APOLOGY_OUTSTANDING)


def report(world: World) -> dict[str, Any]:
    """Everything that the last line of the output says."""
    courses = expected(world)
    due = {(e.task, e.level): e for course in courses.values() for e in course.alarms}
    promises = Alarm.objects.filter(task__isnull=False, level__gt=0).exclude(reason__in=NOT_PROMISES)
    rows = list(promises.order_by("pk"))
    sent = [(row.task_id, row.level) for row in rows]
    mailed = [
        (message.extra_headers["X-Recovery-Task"], message.extra_headers["X-Recovery-Level"])
        for message in world.mails
        if "X-Recovery-Task" in message.extra_headers
    ]
    known = [(row, due[row.task_id, row.level]) for row in rows if (row.task_id, row.level) in due]
    asked = {task.pk: task.asked for task in Task.objects.filter(pk__in=world.promises)}
    return {
        "complaints": Complaint.objects.count(),
        "promises": Task.objects.filter(told_guest_at__isnull=False).count(),
        "escalations_due": len(due),
        "escalations_sent": len(sent),
        "unknown": len(sent) - len(known),
        "twice": len(sent) - len(set(sent)) + len(mailed) - len(set(mailed)),
        "early": sum(row.at < wanted.due for row, wanted in known),
        "late": sum(row.at > wanted.due + model.EVERY + SLACK for row, wanted in known),
        "asked_otherwise": sum(asked[task] != course.asked for task, course in courses.items()),
        "claimed_before_accepted": claimed_before_accepted(),
        "ownerless_minutes": ownerless_minutes(world),
        "alarms_per_person_and_shift": most_rings(),
        "late_means_seconds": int((model.EVERY + SLACK).total_seconds()),
    }


def expected(world: World) -> dict[int, model.Course]:
    """What the model says had to become of each promise, by the key of its task."""
    ended = {
        task.pk: task.done_at or task.broken_at or task.withdrawn_at
        for task in Task.objects.filter(pk__in=world.promises)
    }
    found: dict[int, model.Course] = {}
    for promise in world.promises.values():
        end = ended[promise.task]
        if end is not None:
            promise.acts.append(model.Act(end, "ended"))
        row = Task.objects.select_related("complaint").get(pk=promise.task)
        house, role = row.complaint.property_code, row.role or "DM"
        promise.acts += _leavers(world, promise, row.complaint)
        found[promise.task] = model.course(
            promise,
            chain=lambda at, house=house, role=role: [  # type: ignore[misc]
                who + 1 for who in world.duty.chain(house, role, at)
            ],
            on_call=lambda who, at: world.duty.state(who - 1, at) == CALL,
            until=world.end,
        )
    return found


def _leavers(world: World, promise: model.Promise, complaint: Complaint) -> list[model.Act]:
    """Who left while the complaint was open, and the manager who has what was theirs from then on."""
    house, closed = complaint.property_code, complaint.closed_at or world.end
    left = [(who, at) for who in range(len(PEOPLE)) if (at := world.duty.gone_at(who)) is not None]
    return [
        model.Act(at, "left", who=who + 1, heir=world.duty.chain(house, MANAGER, at)[0] + 1)
        for who, at in left
        if PEOPLE[who].house == house and promise.said <= at < min(closed, world.end)
    ]


def claimed_before_accepted() -> int:
    """How often a guest heard “it is happening” before anybody had said yes."""
    first_yes: dict[int, dt.datetime] = {}
    for event in TimelineEvent.objects.filter(kind=EventKind.TASK_ACCEPTED).order_by("pk"):
        first_yes.setdefault(event.data["task"], event.at)
    told = TimelineEvent.objects.filter(kind=EventKind.HAPPENING_TOLD)
    return sum(
        event.data["task"] not in first_yes or event.at < first_yes[event.data["task"]] for event in told
    )


def ownerless_minutes(world: World) -> int:
    """Minutes in which an open complaint or task belonged to somebody who does not work here any more."""
    total = dt.timedelta()
    gone = {who + 1: at for who in range(len(PEOPLE)) if (at := world.duty.gone_at(who)) and at < world.end}
    for complaint in Complaint.objects.all():
        changes = complaint.timeline.filter(kind=EventKind.ASSIGNED).order_by("pk")
        moves = [(event.at, event.data["before"], event.data["owner"]) for event in changes]
        owner = moves[0][1] if moves else complaint.owner_id
        since, end = complaint.opened_at, complaint.closed_at or world.end
        for at, _before, after in [*moves, (end, None, None)]:
            if owner in gone:
                total += max(dt.timedelta(), min(at, end) - max(since, gone[owner]))
            since, owner = at, after
    for task in Task.objects.open().filter(assignee__in=gone).exclude(complaint__closed_at__isnull=False):
        total += world.end - max(task.said_at, gone[task.assignee_id])
    return int(total.total_seconds() // 60)


def most_rings() -> int:
    """The most alarms, digests aside, that rang one person within any eight hours."""
    rung: dict[int, list[dt.datetime]] = defaultdict(list)
    for row in Alarm.objects.rang().order_by("at"):
        rung[row.person_id].append(row.at)
    return max(
        (sum(start <= at < start + SHIFT for at in times) for times in rung.values() for start in times),
        default=0,
    )


def dump(world: World, folder: Path) -> None:
    """``promises.csv``, and every alarm mail with its task and level."""
    folder.mkdir(parents=True, exist_ok=True)
    first_yes: dict[int, dt.datetime] = {}
    for event in TimelineEvent.objects.filter(kind=EventKind.TASK_ACCEPTED).order_by("pk"):
        first_yes.setdefault(event.data["task"], event.at)
    with (folder / "promises.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["id", "told", "claimed_happening", "due", "accepted", "started", "done", "chain"])
        promises = Task.objects.filter(told_guest_at__isnull=False).annotate(told=F("said_at"))
        for task in promises.order_by("pk"):
            accepted = first_yes.get(task.pk) or task.accepted_at
            moments = (task.said_at, task.claimed_at, task.due_at, accepted, task.started_at, task.done_at)
            lines.writerow([task.pk, *map(_instant, moments), ">".join(map(str, task.asked))])
    number = 0
    for message in world.mails:
        if "X-Recovery-Task" in message.extra_headers or "X-Recovery-Tasks" in message.extra_headers:
            number += 1
            headers = message.extra_headers
            about = (
                f"task-{headers['X-Recovery-Task']}-level-{headers['X-Recovery-Level']}"
                if "X-Recovery-Task" in headers
                else "digest"
            )
            (folder / f"{number:05}-{about}.eml").write_bytes(message.message().as_bytes())


def _instant(moment: dt.datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def holds(result: dict[str, Any]) -> bool:
    """Whether the app kept what the model says."""
    nothing = ("unknown", "twice", "early", "late", "asked_otherwise", "claimed_before_accepted")
    return (
        result["escalations_due"] == result["escalations_sent"]
        and result["ownerless_minutes"] == 0
        and not any(result[name] for name in nothing)
    )
