"""Whether a guest text may go now: the limits of the mail contract, L1 to L15, over what is true at release.

L1–L6, L8, L9, L13 and the stop of L15 are one decision, ``decide``. L10–L12 are held against the words by
tests; the change of hand of L14 is written by the letter itself; L7 is about surveys, which do not exist yet.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from ..choices import (
    AddressClass,
    Category,
    HoldReason,
    LetterKind,
    MailMode,
    RemedyKey,
    Role,
    Severity,
    Urgency,
)
from ..errors import AddressNotTrusted, MailHeld, NeedsAPerson, NoAddress, WritingStopped
from . import addresses, clocks
from .limits import LADDER
from .mail_contract import CONTRACT
from .mail_switchboard import STRICTNESS

_DAY = dt.timedelta(days=1)
#: L1: mails that the guest did not cause, to one guest.
PER_DAY, PER_WEEK, PER_COMPLAINT = 1, 2, 4
#: L1: the same over all complaints and houses.
PER_GUEST_WEEK = 3
WEEK = 7 * _DAY
#: L2: texts that fall due within this time are one text.
MERGE_WITHIN = dt.timedelta(hours=12)
#: L5: at this severity and above a named person sends.
PERSON_FROM = Severity.TOUCHED

#: L5: cases in which a named person weighs every word.
DELICATE: Collection[Category] = frozenset(
    {Category.SAFETY, Category.PESTS, Category.PRIVACY, Category.STAFF_CONDUCT}
)
#: L6: what is about injury, health, or how one of us behaved is never automatic.
NEVER_ALONE: Collection[Category] = frozenset({Category.SAFETY, Category.STAFF_CONDUCT})
#: L6: and neither are these texts.
NEVER_BY_ITSELF: Collection[LetterKind] = frozenset({LetterKind.CERTIFICATE_VOID, LetterKind.CARE_CONTACT})
#: L2: what travels inside a letter.
_INSIDE: Collection[LetterKind] = frozenset({LetterKind.SOLVED, LetterKind.CERTIFICATE})

#: At most one receipt in this time, however often the guest writes.
RECEIPT_EVERY = dt.timedelta(hours=12)

#: Days until money is with the guest at the latest, reckoned from when it was paid.
MONEY_ARRIVES: Mapping[RemedyKey, dt.timedelta] = {
    RemedyKey.REFUND: dt.timedelta(days=10),
    RemedyKey.FOLIO_CREDIT: dt.timedelta(0),
    RemedyKey.POINTS: dt.timedelta(days=3),
}

#: A guest who wrote so short a time ago is awake and waits (L3).
AWAKE = dt.timedelta(minutes=30)

_IN_HOUSE = (dt.time(8, 0), dt.time(21, 0))
_DEPARTED = (dt.time(9, 0), dt.time(19, 0))


class Outcome(Enum):
    """What becomes of a text that somebody or something wants to send."""

    SEND = auto()
    #: It waits for what the reason names.
    HOLD = auto()
    #: A named person must press send.
    PERSON = auto()
    #: The system never sends it, whatever happens.
    NEVER = auto()


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is true of the guest and the complaint at the moment of release. Instants are aware."""

    now: dt.datetime
    #: IANA name of the property's zone.
    zone: str
    departed: bool
    small_house: bool
    severity: Severity
    urgency: Urgency = Urgency.NORMAL
    category: Category
    address_class: AddressClass = AddressClass.OWN
    #: A message of the guest waits for the answer of a person (L4).
    unanswered: bool = False
    #: When the guest last wrote to us.
    guest_wrote_at: dt.datetime | None = None
    #: When counted mails went or go to this guest: for this complaint, and over all, this one too (L1).
    own: tuple[dt.datetime, ...] = ()
    everywhere: tuple[dt.datetime, ...] = ()
    #: When letters to this guest fall due that could say it, too (L2).
    letters_due: tuple[dt.datetime, ...] = ()
    question_open: bool = False
    low_score: bool = False
    vip: bool = False
    minor: bool = False
    stopped: bool = False
    on_hold: bool = False
    ended: bool = False
    bounced: bool = False
    #: The mode of this house, where it is stricter than the contract's.
    house_mode: MailMode | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What to do with a text, and why. ``at``: in UTC, when it goes."""

    outcome: Outcome
    at: dt.datetime | None = None
    because: HoldReason | None = None


def signed_by(kind: LetterKind, severity: Severity) -> Role | None:
    """The role that must sign, or ``None`` where the owner signs."""
    if kind == LetterKind.APOLOGY and severity >= Severity.GRAVE:
        return Role.GENERAL_MANAGER
    return CONTRACT[kind].signed_by


def able_to_sign(role: Role) -> tuple[Role, ...]:
    """The roles that may sign for this one, the nearest first: itself, and managers above it."""
    return LADDER[LADDER.index(role) :] if role in LADDER else (role,)


def may_sign(role: Role, roles: Collection[str]) -> bool:
    """Whether somebody in these roles may sign for that one."""
    return any(each.value in roles for each in able_to_sign(role))


def check_address(kind: LetterKind, *, name: str, address_class: AddressClass, stopped: bool) -> None:
    """Refuse to send where nobody reads, or where a secret would reach others.

    :raises WritingStopped: if the guest asked us to stop and the text is not an answer to them.
    :raises NoAddress: if there is no usable address.
    :raises AddressNotTrusted: if the text carries a secret and the address is not the guest's own.
    """
    row = CONTRACT[kind]
    if stopped and not row.ignores_stop:
        raise WritingStopped()
    if addresses.is_held(address_class):
        raise NoAddress(name=name)
    if (row.carries_secret or row.own_address) and not addresses.may_carry_secret(address_class):
        raise AddressNotTrusted(address_class=address_class.label)


def send_at(
    kind: LetterKind,
    *,
    now: dt.datetime,
    zone: str,
    departed: bool,
    by_person: bool = True,
    guest_wrote_at: dt.datetime | None = None,
) -> dt.datetime:
    """The first moment at which the text may go, in UTC: its wait, then out of quiet hours (L3)."""
    earliest = now + CONTRACT[kind].wait
    if is_any_hour(kind, now=now, by_person=by_person, guest_wrote_at=guest_wrote_at):
        return earliest
    return after_quiet_hours(earliest, zone=zone, departed=departed)


def is_any_hour(
    kind: LetterKind, *, now: dt.datetime, by_person: bool, guest_wrote_at: dt.datetime | None
) -> bool:
    """Whether quiet hours do not hold: by the row, or because the guest sits there and waits."""
    row = CONTRACT[kind]
    awake = guest_wrote_at is not None and now - guest_wrote_at <= AWAKE
    return row.any_hour or (by_person and (row.any_hour_by_person or awake))


def after_quiet_hours(moment: dt.datetime, *, zone: str, departed: bool) -> dt.datetime:
    """This moment, or the end of the quiet hours in which it lies."""
    opens, closes = _DEPARTED if departed else _IN_HOUSE
    local = moment.astimezone(clocks.zone_named(zone))
    if local.time() < opens:
        return clocks.wall_time(local.date(), opens, zone)
    if local.time() >= closes:
        return clocks.wall_time(local.date() + dt.timedelta(days=1), opens, zone)
    return moment


def decide(kind: LetterKind, situation: Situation, *, by_person: bool) -> Decision:
    """Whether the text goes, when, and what keeps it.

    A person is bound by the guest's own limits – the address, the hours, one question at a time – and by no
    other: who presses send has weighed it.
    """
    blocked = _blocked(kind, situation, by_person=by_person)
    if blocked is not None:
        return Decision(outcome=Outcome.HOLD, because=blocked)
    if by_person:
        return Decision(outcome=Outcome.SEND, at=_hours(kind, situation, situation.now, by_person=True))
    if is_never_alone(kind, situation):
        return Decision(outcome=Outcome.NEVER, because=HoldReason.NEVER)
    if mode_of(kind, situation) not in (MailMode.AUTO, MailMode.VETO):
        return Decision(outcome=Outcome.PERSON, because=HoldReason.PERSON)
    return _by_itself(kind, situation)


def release_at(
    kind: LetterKind, situation: Situation, *, by_person: bool, by_hand: bool = False
) -> dt.datetime:
    """When the text goes. ``by_hand``: on paper, so that addresses, counts and talking over do not matter.

    :raises NeedsAPerson: if the system alone would send what a person must release.
    :raises MailHeld: if something keeps it; ``because`` is a ``HoldReason``.
    """
    if by_hand:
        situation = dataclasses.replace(
            situation,
            address_class=AddressClass.OWN,
            bounced=False,
            stopped=False,
            unanswered=False,
            own=(),
            everywhere=(),
            letters_due=(),
        )
    decision = decide(kind, situation, by_person=by_person)
    if decision.outcome in (Outcome.PERSON, Outcome.NEVER):
        raise NeedsAPerson(severity=int(situation.severity))
    if decision.at is None:
        because = decision.because or HoldReason.PERSON
        raise MailHeld(reason=because.label, because=because.value)
    return decision.at


def mode_of(kind: LetterKind, situation: Situation) -> MailMode:
    """Who sends this text in this case: the contract, made stricter by the case and by the house."""
    row = CONTRACT[kind]
    modes = [row.mode]
    alone = row.mode in (MailMode.AUTO, MailMode.VETO) and not row.exempt_from_person
    if alone and (is_delicate(situation) or (is_grave(situation) and not row.exempt_from_severity)):
        modes.append(MailMode.PERSON)
    if row.mode is MailMode.VETO and situation.small_house:
        modes.append(MailMode.PERSON)  # because there the one who would stop it is the one who writes it
    if situation.house_mode is not None:
        modes.append(situation.house_mode)
    return max(modes, key=STRICTNESS.index)


def is_grave(situation: Situation) -> bool:
    """L5: so grave that a named person sends what has weight."""
    return situation.severity >= PERSON_FROM


def is_delicate(situation: Situation) -> bool:
    """L5: so urgent or delicate that a named person sends everything."""
    return (
        situation.urgency == Urgency.EMERGENCY
        or situation.category in DELICATE
        or situation.low_score
        or situation.vip
        or situation.minor
    )


def is_never_alone(kind: LetterKind, situation: Situation) -> bool:
    """L6: not even with a time in which to stop it. What says nothing of the matter is exempt."""
    if kind in NEVER_BY_ITSELF:
        return True
    return situation.category in NEVER_ALONE and not CONTRACT[kind].exempt_from_person


def merges(kind: LetterKind, situation: Situation) -> bool:
    """L2: a letter that falls due soon says it, too."""
    return kind in _INSIDE and any(abs(due - situation.now) <= MERGE_WITHIN for due in situation.letters_due)


def first_free(
    moment: dt.datetime, *, own: Iterable[dt.datetime], everywhere: Iterable[dt.datetime]
) -> dt.datetime | None:
    """L1: the first moment from ``moment`` on at which one more mail is not too many; ``None``: never.

    After all that is planned already, so that looking back is enough.
    """
    mine, all_of_them = sorted(own), sorted(everywhere)
    if len(mine) >= PER_COMPLAINT:
        return None
    limits = ((mine, PER_DAY, _DAY), (mine, PER_WEEK, WEEK), (all_of_them, PER_GUEST_WEEK, WEEK))
    free = max([moment, *mine[-1:], *all_of_them[-1:]])
    for sent, most, span in limits:
        if len(sent) >= most:
            free = max(free, sent[-most] + span)
    return free


def _blocked(kind: LetterKind, situation: Situation, *, by_person: bool) -> HoldReason | None:
    """L8, L13 and L15: what keeps even a person from sending it by mail."""
    row = CONTRACT[kind]
    ignores_stop = row.ignores_stop and (by_person or row.mode is not MailMode.VETO)
    checks = (
        (situation.ended, HoldReason.ENDED),
        (situation.on_hold, HoldReason.ON_HOLD),
        (addresses.is_held(situation.address_class), HoldReason.ADDRESS),
        (situation.bounced, HoldReason.BOUNCED),
        (situation.stopped and not ignores_stop, HoldReason.STOPPED),
        (situation.question_open and kind == LetterKind.QUESTION, HoldReason.QUESTION),
    )
    return next((reason for is_so, reason in checks if is_so), None)


def _by_itself(kind: LetterKind, situation: Situation) -> Decision:
    row = CONTRACT[kind]
    if merges(kind, situation):
        return Decision(outcome=Outcome.HOLD, because=HoldReason.MERGED)
    at = situation.now + row.wait
    latest = at + row.not_after
    if not row.exempt_from_counts:
        if situation.unanswered:
            return Decision(outcome=Outcome.HOLD, because=HoldReason.UNANSWERED)
        free = first_free(at, own=situation.own, everywhere=situation.everywhere)
        if free is None or free > latest:
            return Decision(outcome=Outcome.HOLD, because=HoldReason.ENOUGH)
        at = free
    goes = _hours(kind, situation, at, by_person=False)
    if goes > latest:
        return Decision(outcome=Outcome.HOLD, because=HoldReason.TOO_LATE)
    return Decision(outcome=Outcome.SEND, at=goes)


def _hours(kind: LetterKind, situation: Situation, moment: dt.datetime, *, by_person: bool) -> dt.datetime:
    """The moment, or the end of the quiet hours in which it lies (L3)."""
    earliest = max(moment, situation.now + CONTRACT[kind].wait)
    if is_any_hour(kind, now=situation.now, by_person=by_person, guest_wrote_at=situation.guest_wrote_at):
        return earliest
    return after_quiet_hours(earliest, zone=situation.zone, departed=situation.departed)
