"""Ringing a colleague: decided and written in the verb's transaction, carried out by the outbox."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from ..choices import ActorKind, AlarmReason, AlarmWay, EventKind, Lane, Severity, TaskKind
from ..hotel import Capability, get_hotel
from ..models import Alarm, OutboxMessage, StaffMember, Task
from ..outbox.enqueue import digest, enqueue
from ..rules import alarms as rules
from ..rules import watching
from . import houses, message_ids, staff_links, watches
from .engine import Turn
from .tasks import calling_key, create_task

STAFF_ALARM, STAFF_DIGEST = "staff.alarm", "staff.digest"
#: An alarm that comes later than this has become a telephone call.
USELESS_AFTER = dt.timedelta(minutes=15)


def ring(
    turn: Turn,
    *,
    reason: AlarmReason,
    person: StaffMember,
    key: str,
    task: Task | None = None,
    level: int = 0,
    due_at: dt.datetime | None = None,
    quiet: bool = False,
) -> Alarm | None:
    """Alarm one person once for one reason; ``None`` where that was done before.

    ``key``: what makes it one effect. ``quiet``: it stands on the board and rings nobody, because what
    happened was written down long after.
    """
    unique = digest(f"alarm:{key}")
    if Alarm.objects.filter(key=unique).exists():
        return None
    way = AlarmWay.QUIET if quiet else _way(turn, person, reason)
    alarm = Alarm.objects.create(
        complaint=turn.complaint,
        task=task,
        level=level,
        key=unique,
        reason=reason,
        person=person,
        way=way,
        due_at=due_at or turn.now,
        at=turn.now,
    )
    about = None if task is None else task.pk
    turn.record(
        EventKind.ALARM_RAISED,
        alarm=alarm.pk,
        reason=reason,
        person=person.pk,
        way=way,
        task=about,
        level=level,
    )
    if way in (AlarmWay.HOTEL, AlarmWay.MAIL):
        if task is not None:
            staff_links.make_staff_link(turn, task=task, person=person)
        _promise_alarm(turn, alarm)
    elif way == AlarmWay.CALL:
        ask_to_ring(turn, alarm)
    elif way == AlarmWay.DIGEST:
        _promise_digest(turn, person)
    return alarm


def put_question(turn: Turn, task: Task) -> None:
    """Tell whoever is to do it that the guest counts on them, with the link that says yes.

    A question and no alarm: it is level 0, and does not count among the six of a shift.
    """
    if task.needs_yes and task.accepted_at is None and task.assignee is not None:
        key = f"task:{task.pk}:asked:{task.assignee.pk}"
        ring(turn, reason=AlarmReason.ASKED, person=task.assignee, task=task, key=key)


def ask_to_ring(turn: Turn, alarm: Alarm) -> None:
    """A person rings: there is no other way, or the other way failed."""
    person, complaint = alarm.person, turn.complaint
    number = person.phone or houses.profile_of(complaint.property_code).on_call_phone
    create_task(
        turn,
        kind=TaskKind.ALARM,
        title=f"Ring {person.name}{f', {number}' if number else ''}: {alarm.get_reason_display()}",
        detail=alarm.task.title if alarm.task is not None else complaint.summary,
        assignee=_who_rings(turn, person),
        due_at=turn.now + (watching.PLAN_PATIENCE if is_unhurried(alarm) else dt.timedelta(minutes=2)),
        zone=houses.profile_of(complaint.property_code).time_zone,
        unique_key=calling_key(alarm.pk),
    )


def is_unhurried(alarm: Alarm) -> bool:
    """A question about a plan for later: it may wait until the colleague looks at the phone."""
    if alarm.reason != AlarmReason.ASKED or alarm.task is None:
        return False
    return watching.is_plan(watches.watched(alarm.task))


def _who_rings(turn: Turn, person: StaffMember) -> StaffMember:
    """Whoever acts, else the owner: somebody other than the one who is to be rung, where there is one."""
    if turn.by.kind is ActorKind.STAFF and turn.by.staff is not None and turn.by.staff != person:
        return turn.by.staff
    return turn.complaint.owner


def _way(turn: Turn, person: StaffMember, reason: AlarmReason) -> AlarmWay:
    complaint = turn.complaint
    zone = houses.profile_of(complaint.property_code).time_zone
    local = turn.now.astimezone(ZoneInfo(zone)).time()
    severity = Severity(complaint.severity)
    if not rules.may_ring(reason, roles=tuple(person.roles), severity=severity, local=local):
        return AlarmWay.QUIET
    rung = Alarm.objects.filter(person=person, at__gt=turn.now - rules.SHIFT).rang()
    can_send = get_hotel().has(Capability.NOTIFY_STAFF)
    if reason != AlarmReason.ASKED and rules.goes_into_digest(rung_this_shift=rung.count()):
        # With nothing but a number a digest reaches nobody: the board holds what six calls did not say.
        return AlarmWay.DIGEST if can_send or person.email else AlarmWay.QUIET
    if can_send:
        return AlarmWay.HOTEL
    return AlarmWay.MAIL if person.email else AlarmWay.CALL


def _promise_alarm(turn: Turn, alarm: Alarm) -> OutboxMessage:
    return enqueue(
        kind=STAFF_ALARM,
        key=f"staff-alarm:{alarm.pk}",
        payload={"alarm": alarm.pk},
        now=turn.now,
        lane=Lane.URGENT,
        not_after=turn.now + USELESS_AFTER,
        property_code=turn.complaint.property_code,
        message_id_domain=_domain(turn),
    )


def _promise_digest(turn: Turn, person: StaffMember) -> None:
    at = rules.digest_at(turn.now)
    key = f"staff-digest:{person.pk}:{at.isoformat()}"
    if OutboxMessage.objects.filter(key=digest(key)).exists():
        return
    enqueue(
        kind=STAFF_DIGEST,
        key=key,
        payload={"person": person.pk, "until": int(at.timestamp())},
        now=turn.now,
        due_at=at,
        property_code=turn.complaint.property_code,
        message_id_domain=_domain(turn),
    )


def _domain(turn: Turn) -> str:
    return message_ids.domain(houses.brand_of(turn.complaint.property_code))
