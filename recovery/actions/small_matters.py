"""Log and done: a small matter that was settled while the guest stood there, in one form and one save."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ..choices import (
    ApologyPart,
    Category,
    Channel,
    Confirmation,
    ContactKind,
    EventKind,
    GuestType,
    Outcome,
    Severity,
)
from ..errors import NotASmallMatter
from ..hotel import Stay
from ..models import Complaint
from ..rules import severity as severities
from ..rules import text
from ..rules.choosing import one_of
from . import apologies, houses, lifecycle, urgency
from .actor import Actor
from .authority import check_may
from .complaints import SUMMARY, create_row
from .contacts import create_contact, first_told
from .engine import Turn, verb
from .joining import joinable
from .lookups import find_property, find_stay
from .parties import GuestInput, create_party

#: Written where nobody said sorry: nobody owes a letter for a towel.
NO_APOLOGY = "settled at once, and the guest was content"
TOLD = "at once, face to face or on the telephone; the guest was content"


def log_and_done(
    *,
    by: Actor,
    what: str,
    done: str,
    content: bool,
    stay_ref: str = "",
    property_code: str = "",
    guest: GuestInput | None = None,
    category: Category = Category.OTHER,
    severity: Severity | None = None,
    channel: Channel = Channel.IN_PERSON,
    guest_type: GuestType = GuestType.UNKNOWN,
    told_at: dt.datetime | None = None,
    apology: Sequence[ApologyPart] = (),
    request_key: str | None = None,
) -> Complaint:
    """Write down a small matter that is over: opened, heard, solved, told and closed in one transaction.

    ``what`` the guest said, what we have ``done``, and that the guest is ``content``. ``apology``: the
    components that were said, if any. No playbook starts and nobody is rung.

    :raises NotASmallMatter: if it must be opened instead: the guest is not content, it is graver than 2,
        it is about harm, or the guest has complained before. The sentence says which.
    :raises StayUnknown: if the adapter knows no such stay.
    :raises PropertyUnknown: if the adapter knows no such property.
    :raises NoProfile: if the property was never prepared.
    :raises NobodyOnDuty: if nobody can own the complaint.
    :raises TextMissing: if it is not said what happened or what was done.
    """
    stay = find_stay(stay_ref) if stay_ref else None
    code = (stay.property_code if stay else "") or property_code
    find_property(code)
    kind = one_of(Category, category, field="what kind")
    travels = one_of(GuestType, guest_type, field="guest type")
    grade = severities.starting_severity(
        kind,
        chosen=one_of(Severity, severity, field="severity") if severity is not None else None,
        guest_type=travels,
    )
    who = guest or GuestInput()
    check_may(by, "log_and_done", property_code=code)
    check_small(content=content, category=kind, grade=grade)
    # Here, because it asks the hotel's system, and nobody waits for that under a lock.
    _check_no_open_one(code, stay, who)
    return _log(
        by=by,
        property_code=code,
        stay=stay,
        guest=who,
        what=text.require(text.clean_text(what, field="what happened", limit=5_000), field="what happened"),
        done=done,
        category=kind,
        grade=grade,
        channel=one_of(Channel, channel, field="channel"),
        guest_type=travels,
        told_at=told_at,
        apology=tuple(apology),
        request_key=request_key,
    )


@verb.named("log_and_done")
def _log(
    turn: Turn,
    /,
    *,
    by: Actor,
    property_code: str,
    stay: Stay | None,
    guest: GuestInput,
    what: str,
    done: str,
    category: Category,
    grade: Severity,
    channel: Channel,
    guest_type: GuestType,
    told_at: dt.datetime | None,
    apology: tuple[ApologyPart, ...],
    request_key: str | None = None,
) -> Complaint:
    profile = houses.profile_of(property_code)
    taker = turn.by.staff
    today = houses.local_date(profile, turn.now)
    told = first_told(told_at, now=turn.now)
    complaint = create_row(
        turn,
        profile,
        stay=stay,
        first_told_at=told,
        category=category,
        summary=text.soft_line(what, limit=SUMMARY),
        description=what,
        guest_type=guest_type,
        channel=channel,
        severity=grade,
        owner=taker if taker is not None else houses.manager_for(property_code, today=today),
        stance=severities.rule_for(category).stance,
        acknowledged_at=turn.now,
        acknowledged_by=turn.by.name[:120],
        restatement=text.soft_line(what, limit=2_000),
        confirmation=Confirmation.YES,
        heard_at=turn.now,
        no_apology_reason="" if apology else NO_APOLOGY,
    )
    turn.begin(complaint)
    party = create_party(complaint, stay.guest if stay else None, guest)
    if urgency.went_before(turn, party):
        # Raised here, because only now the guest is known as the hotel's system knows them.
        raise NotASmallMatter(problem="the guest has complained before")
    turn.record(EventKind.COMPLAINT_OPENED, category=category, severity=int(grade), stay=bool(stay))
    create_contact(turn, party=party, kind=ContactKind.COMPLAINT, channel=channel, words=what, told_at=told)
    turn.record(EventKind.ACKNOWLEDGED, channel=channel)
    turn.record(EventKind.RESTATEMENT_CONFIRMED, confirmation=Confirmation.YES)
    lifecycle.solve(turn, done)
    if apology:
        apologies.speak(turn, apology, name=turn.by.name)
    lifecycle.tell(turn, TOLD, asked=True)
    lifecycle.end(turn, Outcome.RECOVERED)
    return complaint


def check_small(*, content: bool, category: Category, grade: Severity) -> None:
    """:raises NotASmallMatter: if somebody must take it further."""
    if not content:
        raise NotASmallMatter(problem="the guest is not content")
    if severities.rule_for(category).harm:
        raise NotASmallMatter(problem="somebody may have been harmed")
    if grade > Severity.IMPAIRED:
        raise NotASmallMatter(problem="it is graver than 2")


def _check_no_open_one(property_code: str, stay: Stay | None, guest: GuestInput) -> None:
    found = joinable(
        property_code=property_code,
        stay_ref=stay.ref if stay else "",
        phone=guest.phone,
        email=guest.email,
    )
    if any(candidate.certain for candidate in found):
        raise NotASmallMatter(problem="the guest has complained before")
