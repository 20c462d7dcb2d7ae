"""The world of the week: its clock, its sweeps, its journal of what people did, its mails."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections import Counter
from collections.abc import Callable
from email.utils import format_datetime
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.db.models import Min, Q

from example import database
from example.clock import stand_still
from recovery import tasks
from recovery.choices import OutboxState, TaskKind
from recovery.errors import RecoveryError
from recovery.models import Alarm, OutboxMessage, StaffMember, Task
from story.teller import Nowhere

from . import model
from .staff import PEOPLE, Duty

#: Two clocks go back in this night: at one in the morning, UTC.
START = dt.datetime(2027, 10, 30, 22, tzinfo=dt.UTC)


class World:
    """Time passes here, and only here."""

    def __init__(self, *, days: int) -> None:
        self.now, self.end = START, START + dt.timedelta(days=days)
        self.duty = Duty(start=self.now, end=self.end)
        self.promises: dict[int, model.Promise] = {}
        self.mails: list[EmailMessage] = []
        self.refused: Counter[str] = Counter()
        #: Called with every new alarm that asks somebody.
        self.when_asked: Callable[[Alarm], None] = lambda alarm: None
        self._agenda: list[tuple[dt.datetime, int, Callable[[], object]]] = []
        self._serial = itertools.count()
        self._last_task = self._last_alarm = 0

    def build(self) -> None:
        """Make the database, both houses and everybody who works there."""
        stand_still(self.now)
        database.prepare()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")  # because this week is thrown away with its file
        call_command("seed_group", around=self.now.date(), verbosity=0, stdout=Nowhere())
        call_command("recovery_init", house="hotel", property="QUAY", stdout=Nowhere())
        call_command("recovery_init", house="small", property="STRAND", stdout=Nowhere())
        mail.outbox = []
        for who, person in enumerate(PEOPLE):
            StaffMember.objects.create(
                pk=who + 1,
                name=person.name,
                roles=list(person.roles),
                property_codes=[person.house],
                email=person.email,
                phone=f"+44 7700 9002{who:02}",
                languages=["en"],
                on_duty=False,
                active_until=self.duty.last_day(who),
            )
        for change in self.duty.changes:
            self.at(change.at, lambda c=change: self._change_duty(c))  # type: ignore[misc]
        for who in range(len(PEOPLE)):
            gone = self.duty.gone_at(who)
            if gone is not None and gone < self.end:
                self.at(gone, self._sweep)

    def at(self, moment: dt.datetime, act: Callable[[], object]) -> None:
        """Something happens then."""
        heapq.heappush(self._agenda, (moment, next(self._serial), act))

    def live(self) -> None:
        """Let the week pass."""
        while True:
            act_at = self._agenda[0][0] if self._agenda else self.end
            sweep_at = self._next_sweep()
            if sweep_at is not None and sweep_at < act_at and sweep_at <= self.end:
                self._go(sweep_at)
                self._sweep()
            elif act_at < self.end:
                self._go(act_at)
                heapq.heappop(self._agenda)[2]()
            else:
                return

    def try_to(self, verb: Callable[..., Any], **given: Any) -> Any:
        """Call a verb; what it refuses is counted, and ``None``."""
        try:
            return verb(**given)
        except RecoveryError as refusal:
            self.refused[refusal.code] += 1
            return None
        finally:
            self.notice()

    def wrote(self, task: Task, what: str, *, who: int = 0, until: dt.datetime | None = None) -> None:
        """Write down what a person did, for the model."""
        self.promises[task.pk].acts.append(model.Act(self.now, what, who, until))

    def notice(self) -> None:
        """Take new promises into the journal."""
        rows = Task.objects.filter(Q(told_guest_at__isnull=False) | Q(needs_yes=True), pk__gt=self._last_task)
        rows = rows.exclude(kind=TaskKind.HAND_OVER)
        for row in rows.order_by("pk"):
            self._last_task = row.pk
            promise = model.Promise(
                task=row.pk,
                said=row.said_at,
                due=row.due_at,
                told=row.is_promise,
                needs_yes=row.needs_yes,
                first=self._first(row),
            )
            self.promises[row.pk] = promise
            if row.accepted_at is not None:
                promise.acts.append(model.Act(row.accepted_at, "yes", row.assignee_id or 0))

    def _first(self, row: Task) -> int | None:
        """Who is to be asked first: of a role by the plan of duty, otherwise whoever was named."""
        if row.role and row.needs_yes:
            return self.duty.chain(row.complaint.property_code, row.role, row.said_at)[0] + 1
        return row.asked[0] if row.asked else None

    def _next_sweep(self) -> dt.datetime | None:
        waiting = OutboxMessage.objects.filter(state__in=(OutboxState.DUE, OutboxState.SENDING))
        due = waiting.aggregate(due=Min("due_at"))["due"]
        return None if due is None else model.next_sweep(max(due, self.now))

    def _sweep(self) -> None:
        """The real sweep, as beat calls it, until the workers have nothing left to do at this instant."""
        for _ in range(50):
            tasks.sweep()
            self._take_mails()
            if self._next_sweep() != self.now:
                break
        else:
            raise RuntimeError("something is due again and again")
        self.notice()
        for alarm in Alarm.objects.filter(pk__gt=self._last_alarm).select_related("task").order_by("pk"):
            self._last_alarm = alarm.pk
            if alarm.task is not None:
                self.when_asked(alarm)

    def _take_mails(self) -> None:
        for message in mail.outbox:
            message.extra_headers["Date"] = format_datetime(self.now)
        self.mails += mail.outbox
        mail.outbox = []

    def _go(self, moment: dt.datetime) -> None:
        self.now = moment
        stand_still(moment)

    def _change_duty(self, change: Any) -> None:
        # Whoever goes home has told the next shift aloud: the hand-over itself is not part of this play.
        StaffMember.objects.filter(pk=change.who + 1).update(
            on_duty=change.state == "duty", was_on_duty=change.state == "duty", on_call=change.state == "call"
        )
