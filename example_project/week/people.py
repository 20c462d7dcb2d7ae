"""Guests complain, again and again; colleagues say yes, begin, finish, are late, forget, leave."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable

from recovery import actions
from recovery.actions import Actor, staff_links
from recovery.choices import AlarmReason, Category, Channel, ContactKind, Outcome, Role, Severity
from recovery.models import Alarm, Complaint, StaffMember, Task

from .staff import CALL, DESK, ENGINEER, HOUSEKEEPER, OFF
from .world import START, World

#: What goes wrong, how bad it is, and who puts it right.
FAILURES = (
    (Category.POWER, "No power in the room", "An engineer looks at the fuse", ENGINEER),
    (Category.BROKEN_ROOM, "The shower is cold", "Hot water is back", ENGINEER),
    (Category.DIRTY_ROOM, "Hair in the bath", "The bathroom is cleaned and checked", HOUSEKEEPER),
    (Category.WIFI, "The network asks for a password that does not work", "The network works", ENGINEER),
    (Category.NOISE, "The bar is loud", "The music is down", ""),
    (Category.SLOW_SERVICE, "Breakfast did not come", "Breakfast is at the door", DESK),
    (Category.OTHER, "No towels", "Towels are in the room", HOUSEKEEPER),
)
CHANNELS = (Channel.PHONE, Channel.IN_PERSON, Channel.PHONE, Channel.EMAIL, Channel.WEB)
TOKEN = re.compile(r"/a/([A-Za-z0-9_-]{43})/")
#: Complaints of a day in both houses together, storms aside.
A_DAY = 28
STORM = 14


class People:
    """What everybody does, decided by one dice. Times never fall on a sweep: fifteen seconds divide them."""

    def __init__(self, world: World, *, seed: int, scale: float) -> None:
        self.world, self.duty = world, world.duty
        self.dice = random.Random(seed)
        world.when_asked = self._is_asked
        days = (world.end - START).days
        for number in range(round(A_DAY * scale * days)):
            self._plan(self._some_time(number, days))
        for _ in range(max(1, days // 3)):
            begins = self._seconds(self.dice.uniform(0.2, 0.9) * days * 86400)
            for _ in range(max(2, round(STORM * scale))):
                after = dt.timedelta(seconds=self.dice.uniform(0, 600))
                self._plan(self._off_the_sweep(begins + after), storm=True)

    # --- guests ----------------------------------------------------------------------------------

    def _plan(self, moment: dt.datetime, *, storm: bool = False) -> None:
        house = "QUAY" if storm or self.dice.random() < 0.7 else "STRAND"
        self.world.at(moment, lambda: self._complains(house, storm=storm))

    def _complains(self, house: str, *, storm: bool) -> None:
        dice = self.dice
        category, words, repair, role = FAILURES[0] if storm else dice.choice(FAILURES)
        channel = Channel.PHONE if storm else dice.choice(CHANNELS)
        desk = self._at_desk(house)
        back = dice.choice((0, 0, 0, 0, 20, 180))
        complaint = self.world.try_to(
            actions.open_complaint,
            by=Actor.for_staff(desk),
            category=category,
            summary=words,
            channel=channel,
            property_code=house,
            guest=actions.GuestInput(name=f"Guest {dice.randrange(10_000)}"),
            severity=Severity(dice.choice((1, 2, 2, 2, 3, 3, 4))),
            told_at=self.world.now - dt.timedelta(minutes=back),
        )
        if complaint is None:
            return
        if not channel.is_spoken and dice.random() < 0.7:
            self._later(5, 90, lambda: self._answers(complaint, channel))
        for _ in range(dice.choice((1, 1, 2, 2, 3, 4))):
            self._later(0, 6, lambda: self._promises(complaint, repair, role))
        for _ in range(dice.choice((0, 0, 0, 1, 1, 2))):
            self._later(8, 50, lambda: self._is_in_touch(complaint))
        self._later(120, 900, lambda: self._solves(complaint))

    def _is_in_touch(self, complaint: Complaint) -> None:
        kinds = (ContactKind.COMPLAINT, ContactKind.COMPLAINT, ContactKind.QUESTION, ContactKind.THANKS)
        self.world.try_to(
            actions.add_contact,
            complaint=complaint,
            by=self._desk(complaint),
            kind=self.dice.choice(kinds),
            channel=self.dice.choice(CHANNELS),
            words="And now?",
        )
        if self.dice.random() < 0.2:
            self._later(
                1,
                20,
                lambda: self.world.try_to(
                    actions.take_back_emergency,
                    complaint=complaint,
                    by=self._desk(complaint),
                    reason="Another guest.",
                ),
            )

    # --- the desk --------------------------------------------------------------------------------

    def _promises(self, complaint: Complaint, repair: str, role: str) -> None:
        dice = self.dice
        desk = self._at_desk(complaint.property_code)
        minutes = dice.choice((8, 12, 20, 20, 30, 45, 60, 120, 260, 480))
        himself = not role or dice.random() < 0.1
        task = self.world.try_to(
            actions.add_task,
            complaint=complaint,
            by=Actor.for_staff(desk),
            title=repair,
            due_at=self.world.now + dt.timedelta(minutes=minutes),
            assignee=desk if himself else None,
            role=None if himself else Role(role),
            told_guest=True,
        )
        if task is None:
            return
        if dice.random() < 0.3:  # before anybody said yes: must be refused
            self._later(0, 2, lambda: self._tells(task))
        if not himself and dice.random() < 0.75 and self._answers_phone(task.assignee):
            self._later(0.2, 5, lambda: self._says_yes(task, task.assignee))
        elif dice.random() < 0.15:
            self._later(0.5, 6, lambda: self._asks_next(task))
        if dice.random() < 0.85:
            self._later(min(3, minutes * 0.2), minutes * 0.9, lambda: self._begins(task))
            if dice.random() < 0.9:
                self._later(minutes * 0.4, minutes * 1.2, lambda: self._finishes(task))
        fate = dice.random()
        if fate < 0.15:
            self._later(minutes * 0.3, minutes * 1.2, lambda: self._moves(task, minutes))
        elif fate < 0.22:
            self._later(minutes * 0.3, minutes * 1.5, lambda: self._ends(task, actions.break_task))
        elif fate < 0.27:
            self._later(minutes * 0.1, minutes, lambda: self._ends(task, actions.withdraw_task))

    def _answers(self, complaint: Complaint, channel: Channel) -> None:
        self.world.try_to(actions.acknowledge, complaint=complaint, by=self._desk(complaint), channel=channel)

    def _tells(self, task: Task) -> None:
        self.world.try_to(actions.tell_happening, task=task, by=self._desk(task.complaint))

    def _asks_next(self, task: Task) -> None:
        if self.world.try_to(actions.ask_next, task=task, by=self._desk(task.complaint)) is not None:
            self.world.wrote(task, "next")

    def _moves(self, task: Task, minutes: int) -> None:
        until = task.due_at + dt.timedelta(minutes=self.dice.choice((10, 20, minutes)))
        moved = self.world.try_to(
            actions.move_task,
            task=task,
            by=self._desk(task.complaint),
            due_at=until,
            reason="A second fuse.",
            told_guest=True,
        )
        if moved is not None:
            self.world.wrote(task, "moved", until=until)

    def _ends(self, task: Task, verb: Callable[..., Task]) -> None:
        if self.world.try_to(verb, task=task, by=self._desk(task.complaint), reason="No part.") is not None:
            self.world.wrote(task, "ended")

    def _solves(self, complaint: Complaint) -> None:
        by = self._desk(complaint)
        done = self.world.try_to(
            actions.mark_solved, complaint=complaint, by=by, solution="Put right, and seen by two."
        )
        if done is None:
            return
        self.world.try_to(actions.tell_guest, complaint=complaint, by=by, how="by phone")
        self.world.try_to(actions.close, complaint=complaint, by=by, outcome=Outcome.RECOVERED)

    # --- colleagues ------------------------------------------------------------------------------

    def _is_asked(self, alarm: Alarm) -> None:
        """A colleague was asked: by mail, or by somebody who rings."""
        if alarm.reason not in (AlarmReason.NOT_ACCEPTED, AlarmReason.NOT_STARTED) or alarm.task is None:
            return
        person, task, dice = alarm.person, alarm.task, self.dice
        if self._answers_phone(person) and dice.random() < 0.65:
            self._later(0.3, 5, lambda: self._says_yes(task, person))
            if dice.random() < 0.8:
                self._later(3, 14, lambda: self._begins(task))

    def _says_yes(self, task: Task, person: StaffMember | None) -> None:
        if person is None or not self._answers_phone(person):
            return
        link = self._link(task, person)
        if link is not None and self.dice.random() < 0.7:
            said = self.world.try_to(actions.accept_task, task=task, by=link)
        elif self.dice.random() < 0.5:
            said = self.world.try_to(actions.accept_task, task=task, by=Actor.for_staff(person))
        else:
            desk = self._desk(task.complaint)
            said = self.world.try_to(
                actions.accept_task, task=task, by=desk, person=person, heard_by=desk.name
            )
        if said is not None:
            self.world.wrote(task, "yes", who=person.pk)
            if self.dice.random() < 0.7:
                self._later(0, 2, lambda: self._tells(task))

    def _link(self, task: Task, person: StaffMember) -> Actor | None:
        """The colleague behind the link of the alarm, as it stands in the mail."""
        wanted = str(task.pk)
        for message in reversed(self.world.mails[-200:]):
            is_his = person.email and message.to and person.email in message.to[0]
            if is_his and message.extra_headers.get("X-Recovery-Task") == wanted:
                token = TOKEN.search(str(message.body))
                link = staff_links.find_staff_link(token[1], now=self.world.now) if token else None
                return Actor.for_staff_link(link) if link else None
        return None

    def _begins(self, task: Task) -> None:
        if self.world.try_to(actions.start_task, task=task, by=self._desk(task.complaint)) is not None:
            self.world.wrote(task, "begun")

    def _finishes(self, task: Task) -> None:
        fresh = Task.objects.get(pk=task.pk)
        if fresh.started_at is None:
            return
        by = self._desk(task.complaint)
        if self.world.try_to(actions.keep_task, task=task, by=by) is not None:
            self.world.wrote(task, "ended")
            if self.dice.random() < 0.5:
                self._later(1, 10, lambda: self.world.try_to(actions.confirm_task, task=task, by=by))

    # --- who and when ----------------------------------------------------------------------------

    def _at_desk(self, house: str) -> StaffMember:
        return StaffMember.objects.get(pk=self.duty.chain(house, DESK, self.world.now)[0] + 1)

    def _desk(self, complaint: Complaint) -> Actor:
        return Actor.for_staff(self._at_desk(complaint.property_code))

    def _answers_phone(self, person: StaffMember | None) -> bool:
        if person is None or not self.duty.works_here(person.pk - 1, self.world.now):
            return False
        state = self.duty.state(person.pk - 1, self.world.now)
        return state != OFF and (state != CALL or self.dice.random() < 0.8)

    def _later(self, least: float, most: float, act: Callable[[], object]) -> None:
        """In so many minutes."""
        seconds = self.dice.uniform(least, most) * 60
        self.world.at(self._off_the_sweep(self.world.now + dt.timedelta(seconds=seconds)), act)

    def _some_time(self, number: int, days: int) -> dt.datetime:
        day = number % days
        # More in the morning and in the evening than in the night.
        hour = self.dice.choice((1, 3, 6, 7, 8, 8, 9, 10, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23))
        return self._seconds(day * 86400 + hour * 3600 + self.dice.uniform(0, 3600))

    def _seconds(self, seconds: float) -> dt.datetime:
        return self._off_the_sweep(START + dt.timedelta(seconds=seconds))

    def _off_the_sweep(self, moment: dt.datetime) -> dt.datetime:
        whole = moment.replace(microsecond=0)
        quarter = whole.second % 15
        return whole if quarter else whole + dt.timedelta(seconds=self.dice.randint(1, 14))
