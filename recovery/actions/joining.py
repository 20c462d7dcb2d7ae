"""A word from a guest, from anywhere: it joins the open complaint, or opens one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .. import clock
from ..choices import Category, Channel, ContactKind
from ..errors import NothingToJoin
from ..hotel import Capability, StayStatus, get_hotel
from ..models import Complaint, Contact
from ..rules import joining as rules
from ..rules import text
from ..rules import urgency as urgencies
from ..rules.choosing import one_of
from . import houses
from .actor import Actor
from .complaints import SUMMARY, open_complaint
from .contacts import add_contact
from .lookups import find_stay
from .parties import GuestInput


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An open complaint that a word may belong to, and why."""

    complaint: Complaint
    why: tuple[rules.Why, ...]
    #: Joined without asking.
    certain: bool


def receive_report(
    *,
    by: Actor,
    words: str,
    channel: Channel,
    kind: ContactKind = ContactKind.COMPLAINT,
    property_code: str = "",
    stay_ref: str = "",
    room: str = "",
    phone: str = "",
    email: str = "",
    name: str = "",
    category: Category = Category.OTHER,
    told_at: dt.datetime | None = None,
    request_key: str | None = None,
) -> Contact:
    """Write down a call, mail, post or word to a colleague: with its open complaint, or as a new one.

    It joins without asking only where a mistake is impossible. Otherwise a complaint is opened, and
    ``joinable`` names what it perhaps belongs to. Where the guest complains about the very colleague who
    reports, it is opened for a manager: the words are kept, and the colleague learns nothing.

    :raises NothingToJoin: if it is no complaint and belongs to none.
    :raises StayUnknown: if the adapter knows no such stay.
    :raises PropertyUnknown: if the adapter knows no such property.
    :raises TextMissing: if nothing was said.
    """
    of = one_of(ContactKind, kind, field="kind")
    found = joinable(
        property_code=property_code, stay_ref=stay_ref, room=room, phone=phone, email=email, name=name
    )
    for candidate in found:
        if candidate.certain and not _names(candidate.complaint, by):
            return add_contact(
                complaint=candidate.complaint,
                by=by,
                kind=of,
                channel=channel,
                words=words,
                told_at=told_at,
                request_key=request_key,
            )
    if not urgencies.counts(of):
        raise NothingToJoin()
    complaint = open_complaint(
        by=by,
        category=category,
        channel=channel,
        summary=text.soft_line(words, limit=SUMMARY),
        description=words,
        stay_ref=stay_ref,
        property_code=property_code,
        guest=GuestInput(name=name, email=email, phone=phone),
        told_at=told_at,
        request_key=request_key,
    )
    first: Contact = complaint.contacts.order_by("pk")[0]
    return first


def _names(complaint: Complaint, by: Actor) -> bool:
    return by.staff is not None and complaint.named_staff.filter(pk=by.staff.pk).exists()


def joinable(
    *,
    property_code: str = "",
    stay_ref: str = "",
    room: str = "",
    phone: str = "",
    email: str = "",
    name: str = "",
) -> list[Candidate]:
    """The open complaints that a word may belong to, the certain one first. Reads only."""
    stay = find_stay(stay_ref) if stay_ref else None
    code = (stay.property_code if stay is not None else "") or property_code
    if not code:
        return []
    today = houses.local_date(houses.profile_of(code), clock.now())
    word = rules.Word(
        property_code=code, on=today, stay_ref=stay_ref, room=room, phone=phone, email=email, name=name
    )
    rows = {row.pk: row for row in _open_complaints(code)}
    found = rules.belongs_to(
        word,
        [_as_open(row) for row in rows.values()],
        current_stays_with=_current_stays(phone or email, today),
    )
    return [Candidate(complaint=rows[pk], why=why, certain=pk == found.certain) for pk, why in found.perhaps]


def _open_complaints(property_code: str) -> list[Complaint]:
    rows = Complaint.objects.open().filter(property_code=property_code).prefetch_related("parties")
    return list(rows.order_by("-pk"))


def _as_open(row: Complaint) -> rules.Open:
    people = list(row.parties.all())
    return rules.Open(
        pk=row.pk,
        property_code=row.property_code,
        stay_ref=row.stay_ref,
        room=row.room_reported,
        arrival_on=row.arrival_on,
        departure_on=row.departure_on,
        phones=frozenset(person.phone for person in people if person.phone),
        emails=frozenset(person.email for person in people if person.email),
        names=frozenset(person.name for person in people),
    )


def _current_stays(words: str, today: dt.date) -> Sequence[str] | None:
    """References of the stays of today that have this phone or address; ``None``: nobody can tell."""
    hotel = get_hotel()
    if not words or not hotel.has(Capability.FIND_STAYS):
        return None
    stays = [match.stay for match in hotel.find_stays(words, today)]
    return [
        stay.ref
        for stay in stays
        if stay.status is not StayStatus.CANCELLED
        and stay.arrival_on is not None
        and stay.departure_on is not None
        and stay.arrival_on <= today <= stay.departure_on
    ]
