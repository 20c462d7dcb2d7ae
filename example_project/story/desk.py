"""An evening at two desks: complaints in every state, opened by the verbs, to look at and to work on."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from grandhotel.models import Booking
from recovery import actions, clock
from recovery.choices import (
    Category,
    Channel,
    Confirmation,
    ContactKind,
    GuestType,
    Layer,
    RemedyKey,
    Severity,
)
from recovery.models import Complaint
from recovery.outbox import relay

from . import cast


def fill() -> int:
    """Open the evening's complaints, once. Returns how many there are."""
    if Complaint.objects.filter(summary=SUMMARIES[0]).exists():
        return Complaint.objects.count()
    _dirty_room()
    _noise_by_mail()
    _wrong_charge()
    _no_hot_water()
    _lost_in_skagen()
    relay.drain(handlers=actions.HANDLERS)
    return Complaint.objects.count()


SUMMARIES = (
    "Used towels and hair in the bath",
    "Music from the bar until one, two nights running",
    "Charged for a minibar that was never opened",
    "Intet varmt vand på værelset siden i går",
    "Ankommet, men bestillingen er slettet",
)


def _dirty_room() -> None:
    desk = cast.actor("amelia")
    complaint = _open(
        "QUAY", desk, Category.DIRTY_ROOM, SUMMARIES[0], guest_type=GuestType.FAMILY, minutes_ago=25
    )
    actions.confirm_restatement(
        complaint=complaint,
        by=desk,
        restatement="You came back with two tired children and found somebody else's towels in your bath.",
        confirmation=Confirmation.YES,
        impact="Two small children, late, and nowhere clean to bathe them.",
    )
    task = actions.add_task(
        complaint=complaint,
        by=desk,
        title="Room 303 cleaned and checked by two people; then show it to the guest",
        due_at=clock.now() + dt.timedelta(minutes=12),
        assignee=cast.staff("joseph"),
        told_guest=True,
    )
    actions.accept_task(task=task, by=desk, person=cast.staff("joseph"), heard_by="Amelia Trent")


def _noise_by_mail() -> None:
    system = cast.actor("amelia")
    complaint = _open(
        "QUAY",
        system,
        Category.NOISE,
        SUMMARIES[1],
        channel=Channel.EMAIL,
        description="The music from the bar came through the floor until one, both nights. I had an exam.",
        minutes_ago=70,
    )
    actions.add_contact(
        complaint=complaint,
        by=system,
        kind=ContactKind.CHASER,
        channel=Channel.PHONE,
        words="Has anybody read my mail?",
    )


def _wrong_charge() -> None:
    manager = cast.actor("joseph")
    complaint = _open("QUAY", manager, Category.BILLING, SUMMARIES[2], minutes_ago=180)
    actions.mark_solved(
        complaint=complaint, by=manager, solution="GBP 14.50 taken off; corrected invoice made out."
    )


def _no_hot_water() -> None:
    host = cast.actor("kirsten")
    complaint = _open(
        "STRAND", host, Category.BROKEN_ROOM, SUMMARIES[3], severity=Severity.TOUCHED, minutes_ago=40
    )
    granted = actions.grant_compensation(
        complaint=complaint,
        by=host,
        remedy=RemedyKey.FOLIO_CREDIT,
        layer=Layer.GOODWILL,
        what="Morgenmad for hele familien",
        face=Decimal(380),
    )
    actions.fulfil_compensation(compensation=granted, by=host, proof="folio 4")


def _lost_in_skagen() -> None:
    host = cast.actor("kirsten")
    actions.open_complaint(
        by=host,
        category=Category.LOST_RESERVATION,
        channel=Channel.IN_PERSON,
        property_code="STRAND",
        summary=SUMMARIES[4],
        description="Har en bekræftelse på papir. Huset er fuldt.",
        guest=actions.GuestInput(name="Ellen Damgaard", phone="+45 00 20 31 44", language="da"),
        guest_deadline=clock.now() + dt.timedelta(hours=3),
        purpose="søsters sølvbryllup",
        purpose_place="Skagen Kirke",
        guest_type=GuestType.EVENT,
    )


def _open(
    house: str, by: actions.Actor, category: Category, summary: str, *, minutes_ago: int, **more: Any
) -> Complaint:
    """A complaint of somebody who sleeps there and has none yet."""
    today = clock.now().date()
    taken = Complaint.objects.values("stay_ref")
    stays = Booking.objects.filter(hotel__code=house, arrival__lte=today, departure__gte=today)
    stay = stays.exclude(status=Booking.Status.CANCELLED).exclude(reference__in=taken).order_by("-pk").first()
    return actions.open_complaint(
        by=by,
        category=category,
        summary=summary,
        channel=more.pop("channel", Channel.IN_PERSON),
        stay_ref=stay.reference if stay else "",
        property_code=house,
        told_at=clock.now() - dt.timedelta(minutes=minutes_ago),
        **more,
    )
