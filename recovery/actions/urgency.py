"""Complaint number two is an emergency; a promise that we miss is a second failure."""

from __future__ import annotations

import datetime as dt

from ..choices import AlarmReason, AtRisk, Category, EventKind, Severity, TaskKind, Urgency, UrgencyCause
from ..errors import AlreadyClosed
from ..models import Complaint, Party, StaffMember, Task
from ..rules import text
from ..rules import urgency as rules
from ..rules.choosing import one_of
from . import alarms, chains, houses
from .actor import Actor
from .engine import Turn, verb
from .playbooks import start_overlay
from .tasks import TITLE, create_task

#: What was written down so long after it was said rings nobody any more.
WRITTEN_UP_AFTER = dt.timedelta(hours=1)
#: The first step of an Emergency.
LOCATE = "locate"
MANAGER_WITHIN = dt.timedelta(minutes=5)


@verb
def raise_urgency(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    urgency: Urgency,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """A colleague sees that it is worse than the rules know: fast, or Emergency. Never lower.

    :raises AlreadyClosed: if the complaint is closed.
    :raises ReasonMissing: if no reason is given.
    """
    current = turn.complaint
    if current.closed_at is not None:
        raise AlreadyClosed()
    why = text.require_reason(reason)
    raise_to(
        turn,
        one_of(Urgency, urgency, field="urgency"),
        UrgencyCause.RAISED,
        raises_severity=False,
        note=why,
    )
    return current


@verb
def take_back_emergency(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """It was a misunderstanding: within half an hour, with a reason. The history keeps both.

    :raises NotAnEmergency: if there is none.
    :raises TooLateToTakeBack: if half an hour has passed.
    :raises ReasonMissing: if no reason is given.
    """
    current = turn.complaint
    rules.check_take_back(Urgency(current.urgency), current.urgency_since, now=turn.now)
    text.require_reason(reason)
    if current.severity_raised_by and current.severity_raised_by == current.urgency_cause:
        current.severity = rules.lowered_severity(Severity(current.severity))
        current.severity_raised_by = ""
    current.urgency = current.urgency_before or Urgency.NORMAL
    current.urgency_since, current.urgency_cause, current.urgency_before = None, "", ""
    current.save(
        update_fields=[
            "severity",
            "severity_raised_by",
            "urgency",
            "urgency_since",
            "urgency_cause",
            "urgency_before",
        ]
    )
    turn.record(EventKind.EMERGENCY_TAKEN_BACK)
    return current


@verb
def set_at_risk(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    at_risk: AtRisk,
    request_key: str | None = None,
    version: int | None = None,
) -> Complaint:
    """The guest is leaving, will post, or threatens us: the general manager hears of it."""
    current = turn.complaint
    current.at_risk = one_of(AtRisk, at_risk, field="at risk")
    current.save(update_fields=["at_risk"])
    turn.record(EventKind.AT_RISK_SET, at_risk=current.at_risk)
    chief = chains.general_manager_for(current, now=turn.now)
    if current.at_risk and chief is not None:
        create_task(
            turn,
            kind=TaskKind.CALL,
            title=f"The guest {current.get_at_risk_display()}: speak to them yourself",
            detail=current.summary,
            assignee=chief,
            due_at=turn.now + dt.timedelta(hours=1),
            zone=houses.profile_of(current.property_code).time_zone,
            unique_key=f"at-risk:{current.pk}",
        )
    return current


# --- steps -------------------------------------------------------------------------------------


def after_complaint(turn: Turn, *, number: int, told_at: dt.datetime) -> None:
    """What the guest's complaint number ``number`` on this matter sets off."""
    quiet = turn.now - told_at > WRITTEN_UP_AFTER
    raise_to(turn, rules.after_complaint(number), UrgencyCause.SECOND_COMPLAINT, quiet=quiet)
    chief = chains.general_manager_for(turn.complaint, now=turn.now)
    if number >= rules.GENERAL_MANAGER_AT and chief is not None:
        alarms.ring(
            turn,
            reason=AlarmReason.THIRD_COMPLAINT,
            person=chief,
            key=f"third:{turn.complaint.pk}",
            quiet=quiet,
        )


def on_opening(turn: Turn, party: Party) -> None:
    """What went before makes a new complaint urgent: the same stay, the same failure within a year."""
    current = turn.complaint
    same_stay = _same_stay(current)
    similar = None if same_stay is not None else _similar(current, party, now=turn.now)
    found = rules.on_opening(
        earlier_in_stay=same_stay is not None,
        similar=similar is not None,
        similar_outcome=similar.outcome if similar is not None else "",
    )
    if found is None:
        return
    current.repeats = same_stay or similar
    current.save(update_fields=["repeats"])
    quiet = turn.now - current.first_told_at > WRITTEN_UP_AFTER
    raise_to(turn, *found, quiet=quiet)


def went_before(turn: Turn, party: Party) -> bool:
    """Whether the guest has complained in this stay, or of the same within a year."""
    current = turn.complaint
    return _same_stay(current) is not None or _similar(current, party, now=turn.now) is not None


def fail_recovery(turn: Turn, task: Task) -> None:
    """We failed again while making it good: more urgent, one graver, and the manager knows (S0-04)."""
    turn.record(EventKind.RECOVERY_FAILED, task=task.pk)
    raise_to(turn, rules.after_failure(Urgency(turn.complaint.urgency)), UrgencyCause.MISSED_PROMISE)


def raise_to(
    turn: Turn,
    wanted: Urgency,
    cause: UrgencyCause,
    *,
    raises_severity: bool = True,
    quiet: bool = False,
    note: str = "",
) -> None:
    """Raise urgency, and severity once; an Emergency gets a manager as owner and rings one."""
    current = turn.complaint
    is_new = rules.is_higher(wanted, Urgency(current.urgency))
    if raises_severity and wanted != Urgency.NORMAL:
        _raise_severity(turn, cause)
    if not is_new:
        return
    current.urgency_before, current.urgency = current.urgency, wanted
    current.urgency_since, current.urgency_cause = turn.now, cause
    current.save(update_fields=["urgency_before", "urgency", "urgency_since", "urgency_cause"])
    turn.record(EventKind.URGENCY_RAISED, urgency=wanted, cause=cause, noted=bool(note))
    if wanted == Urgency.EMERGENCY:
        _begin_emergency(turn, quiet=quiet)


def _raise_severity(turn: Turn, cause: UrgencyCause) -> None:
    current = turn.complaint
    raised = rules.raised_severity(
        Severity(current.severity), already_raised=bool(current.severity_raised_by)
    )
    if raised != current.severity:
        current.severity, current.severity_raised_by = raised, cause
        current.save(update_fields=["severity", "severity_raised_by"])


def _begin_emergency(turn: Turn, *, quiet: bool) -> None:
    current = turn.complaint
    manager = chains.manager_for(current, now=turn.now)
    if current.owner != manager:
        before, current.owner = current.owner_id, manager
        current.save(update_fields=["owner"])
        turn.record(EventKind.ASSIGNED, owner=manager.pk, before=before)
    if start_overlay(turn, rules.OVERLAY):
        _locate_first(turn, manager)
    else:
        _go_again(turn, manager)
    alarms.ring(
        turn,
        reason=AlarmReason.EMERGENCY,
        person=manager,
        key=f"emergency:{current.pk}:{turn.now.isoformat()}",
        quiet=quiet,
    )


def _locate_first(turn: Turn, manager: StaffMember) -> None:
    """The first step names whom to find: whoever was promised to the guest and has not come (S1-14)."""
    current = turn.complaint
    promises = _not_done(current)
    step = Task.objects.open().filter(complaint=current, playbook_key=rules.OVERLAY, step_key=LOCATE).first()
    if not promises or step is None:
        return
    names = ", ".join(dict.fromkeys(_name(promise.assignee) for promise in promises))
    what = "; ".join(promise.title for promise in promises)
    step.kind = TaskKind.LOCATE
    step.title = text.soft_line(f"Find out where {names} is, then answer the guest: {what}", limit=TITLE)
    step.assignee = turn.by.staff or manager
    step.save(update_fields=["kind", "title", "assignee"])


def _go_again(turn: Turn, manager: StaffMember) -> None:
    """The steps are there from the first Emergency; the guest still has to be seen anew."""
    create_task(
        turn,
        kind=TaskKind.CALL,
        title="Emergency again: go to the guest yourself, and make it good now",
        assignee=manager,
        due_at=turn.now + MANAGER_WITHIN,
        zone=houses.profile_of(turn.complaint.property_code).time_zone,
        unique_key=f"emergency:{turn.complaint.pk}",
    )


def _not_done(complaint: Complaint) -> list[Task]:
    rows = Task.objects.open().filter(complaint=complaint, needs_yes=True, told_guest_at__isnull=False)
    return list(rows.select_related("assignee").order_by("due_at", "pk"))


def _name(person: StaffMember | None) -> str:
    return person.name if person is not None else "the colleague"


def _same_stay(current: Complaint) -> Complaint | None:
    if not current.stay_ref:
        return None
    rows = Complaint.objects.for_stay(current.stay_ref).exclude(pk=current.pk)
    found: Complaint | None = rows.order_by("-pk").first()
    return found


def _similar(current: Complaint, party: Party, *, now: dt.datetime) -> Complaint | None:
    """The last failure of this kind for this guest within a year, at another stay."""
    if current.category == Category.OTHER or not party.guest_ref:
        return None
    rows = Complaint.objects.filter(
        parties__guest_ref=party.guest_ref,
        category=current.category,
        opened_at__gt=now - rules.RECURS_WITHIN,
    )
    found: Complaint | None = rows.exclude(pk=current.pk).order_by("-pk").first()
    return found
