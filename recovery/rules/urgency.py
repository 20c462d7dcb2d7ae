"""When a complaint is an emergency, and what circumstances do to urgency and severity.

Severity is what happened to the guest; urgency comes from how often we made them say it, and from what
we did about it. Circumstances raise severity by one at the most, once, and never to 5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from ..choices import ContactKind, Outcome, Role, Severity, Urgency, UrgencyCause
from ..errors import NotAnEmergency, TooLateToTakeBack

#: The complaint with which Emergency begins, and the one with which the general manager is called.
EMERGENCY_AT, GENERAL_MANAGER_AT = 2, 3
#: The playbook that lies over every other when a guest had to complain twice.
OVERLAY = "P15"
#: An Emergency that was a misunderstanding can be taken back for this long, with a reason.
TAKE_BACK_WITHIN = dt.timedelta(minutes=30)
#: A similar failure for the same guest within this time is the second one (S0-17).
RECURS_WITHIN = dt.timedelta(days=365)

_ORDER = (Urgency.NORMAL, Urgency.FAST, Urgency.EMERGENCY)
#: Who stands above whom when authority is raised by one level.
_ABOVE = {
    Role.EMPLOYEE: Role.FRONT_DESK,
    Role.FRONT_DESK: Role.DUTY_MANAGER,
    Role.HOUSEKEEPING: Role.DUTY_MANAGER,
    Role.ENGINEERING: Role.FRONT_DESK,
    Role.FOOD_BEVERAGE: Role.DUTY_MANAGER,
    Role.SECURITY: Role.FRONT_DESK,
    Role.RESERVATIONS: Role.DUTY_MANAGER,
    Role.FINANCE: Role.DUTY_MANAGER,
    Role.LOYALTY: Role.DUTY_MANAGER,
    Role.DUTY_MANAGER: Role.GENERAL_MANAGER,
}


def counts(kind: ContactKind) -> bool:
    """Whether a contact counts as complaining: not a question, thanks, or a colleague's same word."""
    return kind == ContactKind.COMPLAINT


def after_complaint(number: int) -> Urgency:
    """What the guest's complaint number ``number`` on one matter makes of it."""
    return Urgency.EMERGENCY if number >= EMERGENCY_AT else Urgency.NORMAL


def on_opening(
    *, earlier_in_stay: bool, similar: bool, similar_outcome: str
) -> tuple[Urgency, UrgencyCause] | None:
    """How urgent a new complaint is because of what went before, and why; ``None``: nothing did.

    ``similar``: a failure of the same kind for the same guest within a year, at another stay.
    """
    if earlier_in_stay:
        return Urgency.EMERGENCY, UrgencyCause.SAME_STAY
    if similar and similar_outcome != Outcome.RECOVERED:
        return Urgency.EMERGENCY, UrgencyCause.UNRECOVERED
    if similar:
        return Urgency.FAST, UrgencyCause.RECURRENCE
    return None


def is_higher(wanted: Urgency, current: Urgency) -> bool:
    return _ORDER.index(wanted) > _ORDER.index(current)


def after_failure(current: Urgency) -> Urgency:
    """A promise that we missed makes it fast; Emergency is already more."""
    return current if current == Urgency.EMERGENCY else Urgency.FAST


def raised_severity(severity: Severity, *, already_raised: bool) -> Severity:
    """One more, once, and never to 5: that is what happened to the guest, not what came of it."""
    if already_raised or severity >= Severity.LOST:
        return severity
    return Severity(severity + 1)


def lowered_severity(severity: Severity) -> Severity:
    """What ``raised_severity`` did, undone."""
    return Severity(max(severity - 1, Severity.IRRITATION))


def check_take_back(urgency: Urgency, since: dt.datetime | None, *, now: dt.datetime) -> None:
    """:raises NotAnEmergency: if there is none.
    :raises TooLateToTakeBack: if half an hour has passed: then it is made good, not argued away.
    """
    if urgency != Urgency.EMERGENCY or since is None:
        raise NotAnEmergency()
    if now - since > TAKE_BACK_WITHIN:
        raise TooLateToTakeBack(minutes=int(TAKE_BACK_WITHIN.total_seconds() // 60))


def roles_with_authority(roles: Sequence[str], urgency: Urgency) -> tuple[str, ...]:
    """Whose limits count: in an Emergency also those of the level above."""
    if urgency != Urgency.EMERGENCY:
        return tuple(roles)
    return (*roles, *_above(roles))


def _above(roles: Iterable[str]) -> list[str]:
    known = {role.value for role in Role}
    return sorted({_ABOVE[Role(r)].value for r in roles if r in known and Role(r) in _ABOVE})
