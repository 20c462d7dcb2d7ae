"""The mail contract as data: one row for each guest text. What a row means is decided in ``mail_policy``.

``docs/mail.md`` shows these rows; a test holds it against them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..choices import EventKind, Lane, LetterKind, MailMode, PartyRight, Role

_MINUTE, _HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class MailRow:
    """One row of the mail contract."""

    #: Its place in the contract; numbers without a row belong to texts that do not exist yet.
    number: int
    #: What makes it necessary, in one line.
    trigger: str
    mode: MailMode
    lane: Lane = Lane.NORMAL
    #: The text waits this long, in case a person answers first.
    wait: dt.timedelta = dt.timedelta(0)
    #: Of ``VETO``: the draft goes by itself after this, unless somebody stops it.
    veto: dt.timedelta = dt.timedelta(0)
    #: Past this the text is not sent any more; somebody telephones instead (L9).
    not_after: dt.timedelta
    #: A draft that nobody pressed is due by then.
    draft_due: dt.timedelta = 24 * _HOUR
    #: Allowed at any hour (L3).
    any_hour: bool = False
    #: Allowed at any hour when a person presses send (L3).
    any_hour_by_person: bool = False
    #: The guest's own act caused it: it neither counts nor waits (L1, L4).
    exempt_from_counts: bool = False
    #: Says nothing that a person must weigh, so grave and delicate cases get it as well (L5).
    exempt_from_person: bool = False
    #: Says the same whatever the severity; an Emergency or a delicate matter still needs a person (L5).
    exempt_from_severity: bool = False
    #: What the addressee must be allowed to receive.
    right: PartyRight
    #: Carries a live certificate code.
    carries_secret: bool = False
    #: Goes to the guest's own, proven address only: a matter of health, or an agreement.
    own_address: bool = False
    #: Goes although the guest asked us to stop: a person sends it, or the guest's own act caused it.
    ignores_stop: bool = True
    #: Who signs, whatever the severity; a higher role may.
    signed_by: Role | None = None
    #: Values that must be there at release. A draft may still lack them.
    facts: tuple[str, ...] = ()
    #: What makes an unsent text untrue: it is stopped in the transaction of that verb (L9).
    untrue_after: tuple[EventKind, ...] = ()
    #: Other stops that a person sees to.
    stops_when: str = ""


CONTRACT: dict[LetterKind, MailRow] = {
    LetterKind.RECEIPT: MailRow(
        number=1,
        trigger="the guest wrote",
        mode=MailMode.AUTO,
        lane=Lane.URGENT,
        wait=2 * _MINUTE,
        not_after=4 * _HOUR,
        any_hour=True,
        exempt_from_counts=True,
        exempt_from_person=True,
        right=PartyRight.STATUS,
        ignores_stop=False,
        facts=("answer_by", "on_call_phone"),
        untrue_after=(EventKind.ACKNOWLEDGED,),
        stops_when="a receipt went in the last 12 hours; it was told by voice",
    ),
    LetterKind.ACKNOWLEDGEMENT: MailRow(
        number=2,
        trigger="the first answer of a person, in writing",
        mode=MailMode.PERSON,
        lane=Lane.URGENT,
        not_after=24 * _HOUR,
        draft_due=4 * _HOUR,
        right=PartyRight.STATUS,
        facts=("understood", "promise", "promise_who", "promise_by"),
        untrue_after=(EventKind.GUEST_TOLD, EventKind.CLOSED),
        stops_when="nobody has said yes to the promise in it",
    ),
    LetterKind.AGREED: MailRow(
        number=3,
        trigger="told by voice, and the guest asked for it in writing",
        mode=MailMode.CLICK,
        lane=Lane.URGENT,
        not_after=24 * _HOUR,
        draft_due=15 * _MINUTE,
        any_hour=True,
        right=PartyRight.STATUS,
        own_address=True,
        facts=("promise", "promise_who", "promise_by"),
        untrue_after=(EventKind.GUEST_TOLD, EventKind.CLOSED),
        stops_when="the guest did not ask for it",
    ),
    LetterKind.QUESTION: MailRow(
        number=4,
        trigger="one fact or one receipt is needed",
        mode=MailMode.PERSON,
        not_after=72 * _HOUR,
        right=PartyRight.STATUS,
        facts=("question", "question_why"),
        untrue_after=(EventKind.CLOSED,),
        stops_when="another question is open; the guest was asked by telephone",
    ),
    LetterKind.QUESTION_REMINDER: MailRow(
        number=4,
        trigger="no answer to the question for three days; once",
        mode=MailMode.AUTO,
        not_after=24 * _HOUR,
        exempt_from_severity=True,
        right=PartyRight.STATUS,
        ignores_stop=False,
        facts=("question",),
        untrue_after=(EventKind.CONTACT_ADDED, EventKind.SOLVED, EventKind.GUEST_TOLD, EventKind.CLOSED),
        stops_when="it was answered by voice, or is not needed any more: the task says so",
    ),
    LetterKind.UPDATE: MailRow(
        number=5,
        trigger="a written case, and the next news is due",
        mode=MailMode.PERSON,
        not_after=12 * _HOUR,
        draft_due=4 * _HOUR,
        right=PartyRight.STATUS,
        facts=("still_open", "promise_who", "promise_by"),
        untrue_after=(EventKind.SOLVED, EventKind.GUEST_TOLD, EventKind.CLOSED),
        stops_when="the guest is in the house and can be told by voice",
    ),
    LetterKind.NO_NEWS: MailRow(
        number=5,
        trigger="a written case, no word from us for 24 hours, and somebody is at it; once a promise",
        mode=MailMode.AUTO,
        not_after=4 * _HOUR,
        exempt_from_severity=True,
        right=PartyRight.STATUS,
        ignores_stop=False,
        facts=("promise_who", "promise_by"),
        untrue_after=(
            EventKind.ACKNOWLEDGED,
            EventKind.HAPPENING_TOLD,
            EventKind.TASK_DONE,
            EventKind.TASK_BROKEN,
            EventKind.TASK_WITHDRAWN,
            EventKind.TASK_MOVED,
            EventKind.SOLVED,
            EventKind.GUEST_TOLD,
            EventKind.CLOSED,
        ),
        stops_when="no person touched it for 24 hours; the guest is in the house; any letter to the guest",
    ),
    LetterKind.DELAY: MailRow(
        number=6,
        trigger="a promise for later than 4 hours was moved, or three quarters of its time are gone",
        mode=MailMode.PERSON,
        lane=Lane.URGENT,
        not_after=4 * _HOUR,
        draft_due=_HOUR,
        right=PartyRight.STATUS,
        facts=("before", "promise_who", "promise_by"),
        untrue_after=(EventKind.TASK_DONE, EventKind.TASK_BROKEN, EventKind.TASK_WITHDRAWN),
        stops_when="it is shorter: then telephone",
    ),
    LetterKind.REPLY: MailRow(
        number=7,
        trigger="a person answers in the thread",
        mode=MailMode.PERSON,
        lane=Lane.URGENT,
        not_after=48 * _HOUR,
        draft_due=4 * _HOUR,
        right=PartyRight.STATUS,
        facts=("answer",),
    ),
    LetterKind.SOLVED: MailRow(
        number=8,
        trigger="solved, and the guest was not told by voice",
        mode=MailMode.PERSON,
        not_after=24 * _HOUR,
        draft_due=2 * _HOUR,
        right=PartyRight.STATUS,
        facts=("done",),
        untrue_after=(EventKind.GUEST_TOLD, EventKind.REOPENED, EventKind.CLOSED),
        stops_when="a letter within 12 hours says it too",
    ),
    LetterKind.WALK_BEFORE_TRAVEL: MailRow(
        number=9,
        trigger="there will be no room, and two calls did not reach the guest",
        mode=MailMode.PERSON,
        lane=Lane.URGENT,
        not_after=6 * _HOUR,
        draft_due=15 * _MINUTE,
        any_hour=True,
        right=PartyRight.STATUS,
        signed_by=Role.DUTY_MANAGER,
        facts=("walk_hotel", "walk_address", "walk_confirmation", "walk_paid", "walk_manager_phone"),
        stops_when="the guest was reached",
    ),
    LetterKind.WALK_CARD: MailRow(
        number=10,
        trigger="the other room is confirmed",
        mode=MailMode.CLICK,
        lane=Lane.URGENT,
        not_after=6 * _HOUR,
        draft_due=15 * _MINUTE,
        any_hour=True,
        exempt_from_person=True,
        right=PartyRight.STATUS,
        facts=("walk_hotel", "walk_address", "walk_phone", "walk_confirmation", "walk_paid"),
        stops_when="the room is not held; the guest declined",
    ),
    LetterKind.PAYMENT_DONE: MailRow(
        number=15,
        trigger="a refund, credit or points are proved",
        mode=MailMode.AUTO,
        not_after=48 * _HOUR,
        exempt_from_person=True,
        right=PartyRight.MONEY,
        ignores_stop=False,
        facts=("payment_amount", "payment_means", "payment_arrives"),
        stops_when="it was told by hand",
    ),
    LetterKind.APOLOGY: MailRow(
        number=16,
        trigger="a step of the playbook, or a person writes it",
        mode=MailMode.VETO,
        veto=2 * _HOUR,
        not_after=72 * _HOUR,
        any_hour_by_person=True,
        right=PartyRight.APOLOGY,
        carries_secret=True,
        facts=("wrong",),
        untrue_after=(EventKind.CERTIFICATE_VOIDED,),
        stops_when="the guest has our written apology",
    ),
    LetterKind.CERTIFICATE: MailRow(
        number=17,
        trigger="a free night was given without a letter",
        mode=MailMode.CLICK,
        not_after=72 * _HOUR,
        right=PartyRight.CERTIFICATE,
        carries_secret=True,
        facts=("certificate_why", "certificate_code"),
        untrue_after=(EventKind.CERTIFICATE_VOIDED,),
        stops_when="a letter within 12 hours carries it",
    ),
    LetterKind.REDEEMED: MailRow(
        number=18,
        trigger="a night was redeemed",
        mode=MailMode.AUTO,
        lane=Lane.URGENT,
        not_after=48 * _HOUR,
        any_hour=True,
        exempt_from_counts=True,
        exempt_from_person=True,
        right=PartyRight.CERTIFICATE,
        facts=("redeemed_house", "redeemed_arrival", "redeemed_nights_left"),
        untrue_after=(EventKind.CERTIFICATE_REVERSED, EventKind.CERTIFICATE_VOIDED),
    ),
    LetterKind.RESTORED: MailRow(
        number=19,
        trigger="a redemption was reversed",
        mode=MailMode.AUTO,
        lane=Lane.URGENT,
        not_after=48 * _HOUR,
        any_hour=True,
        exempt_from_counts=True,
        exempt_from_person=True,
        right=PartyRight.CERTIFICATE,
        facts=("restored_nights", "restored_nights_left", "restored_last_arrival"),
        untrue_after=(EventKind.CERTIFICATE_REDEEMED, EventKind.CERTIFICATE_VOIDED),
    ),
    LetterKind.CERTIFICATE_VOID: MailRow(
        number=21,
        trigger="a certificate was voided after the guest had it",
        mode=MailMode.PERSON,
        not_after=72 * _HOUR,
        right=PartyRight.CERTIFICATE,
        signed_by=Role.GENERAL_MANAGER,
        facts=("void_why", "instead"),
        stops_when="the guest never had it; nobody has rung the guest yet",
    ),
    LetterKind.CARE_CONTACT: MailRow(
        number=33,
        trigger="a case of safety or health, after somebody spoke to the guest",
        mode=MailMode.PERSON,
        lane=Lane.URGENT,
        not_after=24 * _HOUR,
        draft_due=2 * _HOUR,
        right=PartyRight.STATUS,
        own_address=True,
        signed_by=Role.GENERAL_MANAGER,
        facts=("signatory_phone", "care"),
    ),
}

#: What a fact is called where it is missing.
MISSING: dict[str, str] = {
    "answer": "the answer to what the guest wrote",
    "answer_by": "by when a person answers",
    "before": "what we had told the guest",
    "care": "what is paid for the guest",
    "certificate_why": "why the guest gets it, in one sentence",
    "done": "what was done, in the guest's language",
    "instead": "what comes in its place",
    "payment_amount": "how much was paid",
    "promise": "what we do next",
    "promise_by": "by when it is done",
    "promise_who": "a promise that somebody has said yes to",
    "question": "the question",
    "question_why": "why we ask",
    "signatory_phone": "the direct number of who signs",
    "still_open": "what is not done yet",
    "understood": "what the guest told us, in our words",
    "void_why": "why it was withdrawn",
    "walk_hotel": "the hotel that holds the room",
    "wrong": "the sentence that names what went wrong",
}


def speaks_of_a_promise(kind: LetterKind) -> bool:
    """Whether the text names who keeps a promise, and by when."""
    return "promise_who" in CONTRACT[kind].facts
