"""A step that waits for another is due its own time after that one was done."""

from __future__ import annotations

import datetime as dt

from ..models import HouseProfile, Task
from ..rules import clocks


def reckon_followers(task: Task, *, since: dt.datetime, now: dt.datetime) -> None:
    """Reckon anew when the steps after this one are due, and what waits for those.

    ``since``: when it was done, or when it is promised now. What somebody has moved keeps the moved
    time. Never past the guest's deadline.
    """
    if not task.playbook_key:
        return
    complaint = task.complaint
    waiting = [
        row
        for row in Task.objects.open().filter(complaint=complaint, playbook_key=task.playbook_key)
        if row.guide.get("after") == task.step_key and row.first_due_at is None
    ]
    if not waiting:
        return
    profile = HouseProfile.objects.filter(property_code=complaint.property_code).first()
    day_starts_at = profile.business_day_starts if profile else clocks.DAY_STARTS_AT
    for row in waiting:
        due = clocks.parse_due_rule(
            row.due_rule,
            playbook=row.playbook_key,
            now=now,
            start=since,
            zone=row.due_zone,
            deadline=complaint.guest_deadline if row.guide.get("before_deadline", True) else None,
            day_starts_at=day_starts_at,
        )
        if due.at != row.due_at:
            row.due_at = due.at
            row.save(update_fields=["due_at"])
            reckon_followers(row, since=due.at, now=now)
