"""What is known when a playbook starts, and which steps that leaves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .form import Step


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known when a playbook starts."""

    #: The reservation was found and there is a room for the guest.
    room_free: bool = False
    #: The guest must be at an event on this business day.
    event_today: bool = False
    #: The guest has not come to the desk yet.
    before_travel: bool = False
    #: More than one night was booked, or nobody knows how many.
    more_nights: bool = True

    def takes(self, step: Step) -> bool:
        """Whether the step is for this guest."""
        holds = {
            "room_free": self.room_free,
            "event_today": self.event_today,
            "no_event_today": not self.event_today,
            "before_travel": self.before_travel,
            "more_nights": self.more_nights,
        }
        return self.room_free == ("room_free" in step.when) and all(holds[name] for name in step.when)

    def choose(self, steps: Iterable[Step]) -> tuple[Step, ...]:
        """The steps that this guest needs, in their order. ``Situation()``: the usual case, at the desk."""
        return tuple(step for step in steps if self.takes(step))
