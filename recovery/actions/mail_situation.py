"""What is true of a guest at the moment of a release, read in a few queries for ``rules/mail_policy.py``."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from ..choices import (
    AddressClass,
    Category,
    Channel,
    ContactKind,
    EventKind,
    House,
    LetterKind,
    MailMode,
    OutboxState,
    PartyRole,
    Severity,
    Urgency,
)
from ..models import Complaint, Contact, HouseProfile, Letter, OutboxMessage, Party, Task
from ..outbox.enqueue import digest
from ..rules import mail_policy, mail_switchboard
from ..rules.mail_contract import CONTRACT
from ..rules.mail_policy import Situation
from . import houses
from .engine import Turn

#: The task that a guest who wrote waits for.
ANSWER = "answer"
#: What makes the delivery of a letter one row of the outbox.
LETTER_KEY = "letter:{}"

_COUNTED = [kind for kind, row in CONTRACT.items() if not row.exempt_from_counts]
_WRITTEN = [channel for channel in Channel if not channel.is_spoken]


def of(
    turn: Turn,
    kind: LetterKind,
    party: Party,
    profile: HouseProfile,
    *,
    letter: Letter | None = None,
    alone: bool = True,
) -> Situation:
    """The situation in which this guest would get this text now; ``letter`` itself is left out of it.

    ``alone``: nobody presses send, so what went before counts.
    """
    complaint = turn.complaint
    own, everywhere = _counted(turn, party, letter) if alone else ((), ())
    wrote_at = guest_wrote_at(complaint)
    is_question = kind == LetterKind.QUESTION
    people = list(complaint.parties.filter(ended_at__isnull=True))
    return Situation(
        now=turn.now,
        zone=profile.time_zone,
        departed=is_departed(complaint, profile, turn.now),
        small_house=profile.house == House.SMALL,
        severity=Severity(complaint.severity),
        urgency=Urgency(complaint.urgency),
        category=Category(complaint.category),
        address_class=AddressClass(party.address_class),
        unanswered=Task.objects.open().filter(complaint=complaint, fulfils=ANSWER).exists(),
        guest_wrote_at=wrote_at,
        own=own,
        everywhere=everywhere,
        letters_due=_letters_due(party, letter) if kind == LetterKind.SOLVED else (),
        question_open=is_question and _is_question_open(party, wrote_at, letter),
        vip=any(each.is_vip for each in people),
        minor=any(each.is_minor or each.role == PartyRole.GUARDIAN for each in people),
        on_hold=bool(complaint.hold_kind),
        stopped=party.stopped_writing_at is not None,
        bounced=_has_bounced(party),
        house_mode=mail_switchboard.mode_of(profile.mail_modes, kind),
    )


def is_departed(complaint: Complaint, profile: HouseProfile, now: dt.datetime) -> bool:
    """Whether the stay is over, by the property's calendar."""
    return complaint.departure_on is not None and complaint.departure_on < houses.local_date(profile, now)


def _counted(
    turn: Turn, party: Party, letter: Letter | None
) -> tuple[tuple[dt.datetime, ...], tuple[dt.datetime, ...]]:
    """When mails that count went or go to this guest (L1): for this complaint, and over all, a week back."""
    same = Q(party=party)
    if party.guest_ref:
        same |= Q(party__guest_ref=party.guest_ref)
    if party.email:
        same |= Q(party__email=party.email)
    rows = Letter.objects.filter(
        same,
        kind__in=_COUNTED,
        mode__in=(MailMode.AUTO, MailMode.VETO),
        released_at__isnull=False,
        released_by="",  # because what a person sent has been weighed
        stopped_at__isnull=True,
        by_hand=False,
    )
    rows = rows.filter(Q(complaint=turn.complaint) | Q(due_at__gt=turn.now - mail_policy.WEEK))
    if letter is not None:
        rows = rows.exclude(pk=letter.pk)
    found = list(rows.values_list("complaint_id", "due_at"))
    own = tuple(due for complaint, due in found if complaint == turn.complaint.pk)
    return own, tuple(due for _complaint, due in found if due > turn.now - mail_policy.WEEK)


def guest_wrote_at(complaint: Complaint) -> dt.datetime | None:
    """When the guest last wrote to us, on any written channel."""
    words = Contact.objects.filter(complaint=complaint, channel__in=_WRITTEN)
    last = words.exclude(kind=ContactKind.SAME_WORD).order_by("-at").first()
    return last.at if last is not None else None


def _letters_due(party: Party, letter: Letter | None) -> tuple[dt.datetime, ...]:
    """When the written apology goes or went, so that a smaller text travels inside it (L2)."""
    rows = Letter.objects.filter(party=party, kind=LetterKind.APOLOGY, stopped_at__isnull=True)
    if letter is not None:
        rows = rows.exclude(pk=letter.pk)
    return tuple(sent or due for sent, due in rows.values_list("sent_at", "due_at"))


def _is_question_open(party: Party, wrote_at: dt.datetime | None, letter: Letter | None) -> bool:
    """One open question at a time (L13): whatever the guest wrote since counts as the answer."""
    asked = Letter.objects.filter(
        party=party, kind=LetterKind.QUESTION, released_at__isnull=False, stopped_at__isnull=True
    )
    if letter is not None:
        asked = asked.exclude(pk=letter.pk)
    return (asked.filter(released_at__gt=wrote_at) if wrote_at is not None else asked).exists()


def _has_bounced(party: Party) -> bool:
    """The last mail was refused for good, and the address was not corrected since (L8)."""
    keys = [digest(LETTER_KEY.format(pk)) for pk in party.letters.values_list("pk", flat=True)]
    if not keys:
        return False
    refused = OutboxMessage.objects.filter(
        key__in=keys, state=OutboxState.DEAD, last_error__startswith="SMTPRecipientsRefused"
    )
    corrected = party.complaint.timeline.filter(kind=EventKind.GUEST_RELINKED).order_by("-at").first()
    if corrected is not None:
        refused = refused.filter(settled_at__gt=corrected.at)
    return refused.exists()
