"""Each time the guest raises it, on any channel; and by when a person answers."""

from __future__ import annotations

import datetime as dt

from ..choices import Channel, ContactKind, EventKind, Severity, TaskKind, Urgency
from ..errors import TimeOrder
from ..models import Complaint, Contact, HouseProfile, Party
from ..rules import answering, text
from ..rules import urgency as urgencies
from ..rules.choosing import one_of
from . import follow_ups, houses, moments, receipts, urgency, waiting_letters
from .actor import Actor
from .engine import Turn, verb
from .parties import guest_of
from .tasks import create_task

LONG, LINK = 20_000, 500


@verb
def add_contact(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    kind: ContactKind,
    channel: Channel,
    words: str,
    told_at: dt.datetime | None = None,
    link: str = "",
    request_key: str | None = None,
    version: int | None = None,
) -> Contact:
    """Write down that the guest raised it again, on any channel.

    Complaining a second time makes it an Emergency; a question, thanks, or a colleague who reports the same
    word does not.

    :raises TextMissing: if nothing was said.
    :raises TimeOrder: if it was said in the future.
    :raises BadLink: if the link is no web address.
    """
    told_by = one_of(Channel, channel, field="channel")
    contact = create_contact(
        turn,
        party=guest_of(turn.complaint),
        kind=one_of(ContactKind, kind, field="kind"),
        channel=told_by,
        words=text.require(text.clean_text(words, field="what was said", limit=LONG), field="what was said"),
        told_at=first_told(told_at, now=turn.now),
        link=text.check_link(text.clean_line(link, field="link", limit=LINK)),
    )
    if contact.kind != ContactKind.SAME_WORD:
        follow_ups.answered(turn, how=contact.channel)
    if urgencies.counts(ContactKind(contact.kind)):
        number = Contact.objects.filter(complaint=turn.complaint, kind=ContactKind.COMPLAINT).count()
        urgency.after_complaint(turn, number=number, told_at=contact.told_at)
    if not told_by.is_spoken and contact.kind != ContactKind.THANKS:
        promise_answer(turn, houses.profile_of(turn.complaint.property_code), channel=told_by)
        waiting_letters.hold_waiting(turn)
        if contact.party is not None:
            receipts.send_receipt(turn, contact.party)
    return contact


def first_told(told_at: dt.datetime | None, *, now: dt.datetime) -> dt.datetime:
    if told_at is None:
        return now
    told_at = moments.meant(told_at, now=now, field="when it was said")
    # A minute of grace: the desk's clock and the database's clock differ a little.
    if told_at > now + dt.timedelta(minutes=1):
        raise TimeOrder(earlier="now", later="the guest's first word")
    return min(told_at, now)


def create_contact(
    turn: Turn,
    *,
    party: Party | None,
    kind: ContactKind,
    channel: Channel,
    words: str,
    told_at: dt.datetime,
    link: str = "",
) -> Contact:
    contact = Contact.objects.create(
        complaint=turn.complaint,
        party=party,
        at=turn.now,
        told_at=told_at,
        channel=channel,
        kind=kind,
        text=words,
        taken_by=turn.by.name[:120],
        link=link,
    )
    turn.record(EventKind.CONTACT_ADDED, contact=contact.pk, contact_kind=kind, channel=channel)
    return contact


def promise_answer(turn: Turn, profile: HouseProfile, *, channel: Channel) -> None:
    """A person answers by then; the receipt says so, and the desk sees it."""
    complaint = turn.complaint
    today = houses.local_date(profile, turn.now)
    due = answering.answer_due(
        now=turn.now,
        severity=Severity(complaint.severity),
        channel=channel,
        urgency=Urgency(complaint.urgency),
        where=answering.whereabouts(
            arrival_on=complaint.arrival_on, departure_on=complaint.departure_on, today=today
        ),
        hours=houses.calendar_of(profile),
    )
    create_task(
        turn,
        kind=TaskKind.PROMISE,
        title="Answer the guest in person",
        assignee=complaint.owner,
        due_at=due,
        zone=profile.time_zone,
        fulfils="answer",
        told_guest=True,
        unique_key=f"answer:{complaint.pk}",
    )
