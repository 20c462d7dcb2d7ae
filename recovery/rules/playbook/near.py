"""When each step is due, and what is left when the guest must leave before it can be put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .. import clocks
from ..clocks import Due
from .form import Step


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A step with its time."""

    step: Step
    due: Due
    #: The repair cannot be done before the guest must leave: kept in the history, not in the list.
    is_skipped: bool = False


def plan(
    steps: Sequence[Step],
    *,
    playbook: str,
    now: dt.datetime,
    start: dt.datetime,
    zone: str,
    deadline: dt.datetime | None,
    day_starts_at: dt.time = clocks.DAY_STARTS_AT,
) -> list[Planned]:
    """The steps with their due times. ``start``: the guest's first word to any of us.

    A step after another is due its own time after that one; the time is reckoned again when that one
    is done. When one repair would be due after ``deadline`` less the buffer, every repair is skipped,
    with what waits for it, and the alternatives are due now. A deadline that has passed skips nothing:
    the guest is back, and the thing is still broken.
    """
    by_key = {step.key: step for step in steps}

    def own(step: Step, deadline: dt.datetime | None) -> Due:
        before = by_key.get(step.after)
        begins = start if before is None else max(start, own(before, None).at)
        return clocks.parse_due_rule(
            step.due,
            playbook=playbook,
            now=now,
            start=begins,
            zone=zone,
            deadline=deadline if step.before_deadline else None,
            day_starts_at=day_starts_at,
        )

    latest = deadline - clocks.DEADLINE_BUFFER if deadline is not None and deadline > now else None
    too_near = latest is not None and any(step.repair and own(step, None).at > latest for step in steps)

    def is_skipped(step: Step) -> bool:
        before = by_key.get(step.after)
        return too_near and (step.repair or (before is not None and is_skipped(before)))

    found = []
    for step in steps:
        due = own(step, deadline)
        if too_near and step.alternative:
            due = Due(at=now.astimezone(dt.UTC), zone=zone, rule=step.due)
        found.append(Planned(step=step, due=due, is_skipped=is_skipped(step) and not step.alternative))
    return found
