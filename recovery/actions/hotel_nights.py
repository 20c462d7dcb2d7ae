"""Telling the hotel's own system about nights that are free, or asking a person to do it."""

from __future__ import annotations

import datetime as dt

from ..choices import OutboxState, TaskKind
from ..errors import StayUnknown
from ..hotel import Capability, get_hotel
from ..models import CertificateEntry, OutboxMessage
from ..outbox.channels import Channels
from ..outbox.enqueue import enqueue
from . import houses
from .actor import Actor
from .engine import Turn, turn_for_delivery
from .tasks import create_task

BOOK_NIGHTS = "hotel.book_nights"
CANCEL_NIGHTS = "hotel.cancel_nights"

_NEEDS = {
    BOOK_NIGHTS: Capability.BOOK_CERTIFICATE_NIGHTS,
    CANCEL_NIGHTS: Capability.CANCEL_CERTIFICATE_NIGHTS,
}


def ask_to_book(turn: Turn, entry: CertificateEntry) -> None:
    """Promise that the stay's nights become free in the hotel's system."""
    _ask(turn, entry, BOOK_NIGHTS)


def ask_to_cancel(turn: Turn, entry: CertificateEntry) -> None:
    """Promise that nights which were given back are charged again in the hotel's system."""
    _ask(turn, entry, CANCEL_NIGHTS)


def _ask(turn: Turn, entry: CertificateEntry, kind: str) -> None:
    if get_hotel().has(_NEEDS[kind]):
        enqueue(
            kind=kind,
            key=f"{kind}:{entry.pk}",
            payload={"entry": entry.pk},
            now=turn.now,
            property_code=entry.property_code,
        )
    else:
        ask_a_person(turn, entry, kind)


def ask_a_person(turn: Turn, entry: CertificateEntry, kind: str) -> None:
    """A staff task with everything that is needed to do it by hand."""
    nights = abs(entry.nights)
    done = "make free of charge" if kind == BOOK_NIGHTS else "charge again"
    zone = houses.profile_of(entry.property_code or turn.complaint.property_code).time_zone
    create_task(
        turn,
        kind=TaskKind.HOTEL_SYSTEM,
        title=f"In the hotel system: {done} {nights} night(s) of stay {entry.stay_ref}"[:200],
        detail=f"Certificate …{entry.certificate.last_four}, ledger line {entry.seq}.",
        due_at=turn.now + dt.timedelta(hours=4),
        zone=zone,
        unique_key=f"{kind}:{entry.pk}",
    )


class NightsHandler:
    """Delivers one booking or cancellation of free nights through the adapter."""

    #: The adapter promises to do nothing twice for one request key.
    repeat_when_unsure = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """:raises StayUnknown: if the stay is gone meanwhile."""
        entry = _entry(message)
        hotel = get_hotel()
        stay = hotel.get_stay(entry.stay_ref)
        if stay is None:
            raise StayUnknown(stay_ref=entry.stay_ref)
        act = hotel.book_certificate_nights if self.kind == BOOK_NIGHTS else hotel.cancel_certificate_nights
        act(
            certificate_ref=str(entry.certificate.uuid),
            stay=stay,
            nights=abs(entry.nights),
            request_key=message.key,
        )

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """What the adapter could not do, a person does."""
        if state is OutboxState.SENT:
            return
        entry = _entry(message)
        turn = turn_for_delivery(entry.certificate.complaint, by=Actor.system("delivery"), now=now)
        ask_a_person(turn, entry, self.kind)


def _entry(message: OutboxMessage) -> CertificateEntry:
    rows = CertificateEntry.objects.select_related("certificate__complaint")
    entry: CertificateEntry = rows.get(pk=message.payload["entry"])
    return entry
