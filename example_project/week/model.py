"""When somebody must be alarmed: ``docs/promises.md`` once more, in plain Python.

Written from the text and from nothing else: it imports neither ``recovery`` nor Django. The week compares
what it says with what the app did. Two who agree may both be wrong, but not by copying.

Everything is an aware instant in UTC. A promise is told as a history; the answer is the list of alarms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

MINUTE = dt.timedelta(minutes=1)
#: The app looks this often; what it finds then was due at the most this long before.
EVERY = dt.timedelta(seconds=15)
_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)

#: Staff keys, the nearest first, of whom may be asked at an instant.
Chain = Callable[[dt.datetime], Sequence[int]]
#: Whether a person answers from home at an instant.
OnCall = Callable[[int, dt.datetime], bool]


@dataclass(frozen=True, order=True)
class Act:
    """What happened: ``yes``, ``begun``, ``moved`` (until when), ``next`` (ask another), ``ended``, ``left``.

    ``left``: whoever ``who`` is works here no more, and ``heir`` has what was theirs.
    """

    at: dt.datetime
    what: str
    who: int = 0
    until: dt.datetime | None = None
    heir: int = 0


@dataclass(kw_only=True)
class Promise:
    task: int
    said: dt.datetime
    due: dt.datetime
    #: The guest was told; somebody must say yes.
    told: bool = True
    needs_yes: bool = True
    #: Who was asked first.
    first: int | None = None
    acts: list[Act] = field(default_factory=list)


@dataclass(frozen=True, order=True)
class Escalation:
    task: int
    level: int
    due: dt.datetime
    reason: str
    #: Who was asked to do it; nothing for what goes to the owner or a manager.
    asked: int = 0


@dataclass(frozen=True)
class Course:
    """What had to become of one promise: its alarms, and everybody who was asked, in order."""

    alarms: list[Escalation]
    asked: list[int]


def course(promise: Promise, *, chain: Chain, on_call: OnCall, until: dt.datetime) -> Course:
    """Every alarm that this promise must raise before ``until``, and whom it asks."""
    life = _Life(promise, chain, on_call)
    return Course(alarms=life.live(until), asked=life.asked)


def next_sweep(moment: dt.datetime) -> dt.datetime:
    """The first look at or after a moment."""
    since = moment - _EPOCH
    return _EPOCH + -(-since // EVERY) * EVERY


class _Life:
    """One promise from being said to its end."""

    def __init__(self, promise: Promise, chain: Chain, on_call: OnCall) -> None:
        self.promise, self.chain, self.on_call = promise, chain, on_call
        #: From when on the time of the promise counts: anew when it was moved.
        self.since, self.due = promise.said, promise.due
        self.asked: list[int] = [promise.first] if promise.needs_yes and promise.first else []
        self.asked_at = promise.said if self.asked else None
        self.accepted_at: dt.datetime | None = None
        self.accepted_by = 0
        self.begun = self.stalled = self.everybody = self.warned = self.missed = self.ended = False
        self.from_home = bool(self.asked) and on_call(self.asked[0], promise.said)
        #: Whose it is: who said yes, else who was asked last.
        self.holder = promise.first or 0
        self.found: list[Escalation] = []

    def live(self, until: dt.datetime) -> list[Escalation]:
        acts = sorted(self.promise.acts)
        now = self.promise.said
        while not self.ended:
            while acts and acts[0].at <= now:
                self._act(acts.pop(0))
            if self.ended:
                break
            due, reason = self._next()
            # What has become due by something that a person did is due then, not before.
            look = next_sweep(max(due, now)) if due is not None else None
            if acts and (look is None or acts[0].at <= look):
                now = acts[0].at
                continue
            if look is None or due is None or look > until:
                break
            now = look
            self._alarm(due, reason, now)
        return self.found

    def _act(self, act: Act) -> None:
        if act.what == "yes":
            self.accepted_at, self.accepted_by = act.at, act.who
            self.holder = act.who
            self.stalled = self.everybody = False
        elif act.what == "begun":
            self.begun, self.stalled = True, False
        elif act.what == "moved" and act.until is not None:
            self.since, self.due, self.warned = act.at, act.until, False
        elif act.what == "left":
            self._leave(act)
        elif act.what == "next":
            self._alarm(act.at, "by hand", act.at)
        else:
            self.ended = True

    def _leave(self, act: Act) -> None:
        """The heir is asked anew; a yes of somebody who is gone is worth nothing unless it has begun."""
        if self.holder != act.who or not self.promise.needs_yes:
            return
        self.holder = act.heir
        self.asked.append(act.heir)
        self.asked_at, self.from_home, self.everybody = act.at, self.on_call(act.heir, act.at), False
        if not self.begun:
            self.accepted_at, self.accepted_by = None, 0

    def _next(self) -> tuple[dt.datetime | None, str]:
        """What is due next. At one instant the graver: missed, no yes, not begun, delay."""
        plan = self.due - self.promise.said > 4 * 60 * MINUTE
        three_quarters = self.since + (self.due - self.since) * 3 / 4
        looks: list[tuple[dt.datetime, int, str]] = []
        if self.promise.told and not self.missed:
            looks.append((self.due, 0, "missed"))
            if not self.warned:
                looks.append((three_quarters, 3, "delay"))
        waiting = self.accepted_at is None or self.stalled
        if self.promise.needs_yes and not self.begun:
            if waiting and self.asked_at is not None and not self.everybody:
                patience = 60 * MINUTE if plan else 10 * MINUTE if self.from_home else 3 * MINUTE
                looks.append((self.asked_at + patience, 1, "not accepted"))
            elif not waiting and self.accepted_at is not None:
                begin = self.accepted_at + 10 * MINUTE
                looks.append((max(begin, three_quarters) if plan else begin, 2, "not begun"))
        if not looks:
            return None, ""
        due, _gravity, reason = min(looks)
        return due, reason

    def _alarm(self, due: dt.datetime, reason: str, now: dt.datetime) -> None:
        asked = 0
        if reason == "missed":
            self.missed = True
        elif reason == "delay":
            self.warned = True
        else:
            self.stalled = True
            done_asking = {*self.asked, self.accepted_by}
            left = [person for person in self.chain(now) if person not in done_asking]
            if left:
                asked = left[0]
                self.asked.append(asked)
                self.holder = asked if self.accepted_at is None else self.holder
                self.asked_at, self.from_home = now, self.on_call(asked, now)
            else:
                self.everybody = True
        self.found.append(Escalation(self.promise.task, len(self.found) + 1, due, reason, asked))
