"""What a desk does first, for every file that is run inside a host project."""

from __future__ import annotations

from typing import Any

from recovery import actions
from recovery.choices import Category, Channel
from recovery.models import Brand, Complaint, Letter, StaffMember
from tests.projects.story import LostReservation


def prepare(lost: LostReservation) -> actions.Actor:
    """The property prepared, with a manager who is also the general manager."""
    actions.prepare_property(property_code=lost.property_code)
    Brand.objects.filter(property_code=lost.property_code).update(
        sender_email="desk@hotel.example", phone="+45 00 11 22 33", address="Havnevej 1\n9990 Skagen"
    )
    staff = StaffMember.objects.create(name="Kirsten Lund", roles=["FD", "DM", "GM"], phone="+45 00 11 22 34")
    return actions.Actor.for_staff(staff)


def open_complaint(lost: LostReservation, by: actions.Actor, **more: Any) -> Complaint:
    return actions.open_complaint(
        by=by,
        category=Category.LOST_RESERVATION,
        channel=Channel.IN_PERSON,
        summary="Booked for July, entered for June, cancelled by us",
        stay_ref=lost.stay_ref,
        **more,
    )


def apologise(lost: LostReservation, complaint: Complaint, by: actions.Actor) -> Letter:
    """The written apology with its free night; on paper where the guest has no address."""
    letter = actions.send_written_apology(
        complaint=complaint,
        by=by,
        words=actions.LetterWords(
            wrong="You had booked with us, and we cancelled it.", explanation="We misread a date."
        ),
        by_hand=not lost.guest_email,
    )
    return read_and_send(letter)


def read_and_send(letter: Letter) -> Letter:
    """As the second person reads what somebody else wrote, and sends it."""
    reader = StaffMember.objects.create(name="Jonas Holm", roles=["FD"])
    return actions.release_letter(letter=letter, by=actions.Actor.for_staff(reader))
