"""Houses, people and complaints of the tests, made by ``recovery.testing`` from the hotel double.

What has no verb – staff, the edits of a house in the admin, accounts of the host – is written as the
admin or the host writes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Permission, User

from recovery import actions, testing
from recovery.actions import Actor
from recovery.choices import (
    ApologyPart,
    Confirmation,
    Layer,
    LetterKind,
    LinkPurpose,
    Outcome,
    RemedyKey,
    Role,
)
from recovery.choices import House as HouseKind
from recovery.models import (
    Brand,
    Certificate,
    CertificateEntry,
    Compensation,
    Complaint,
    GuestLink,
    Letter,
    Party,
    StaffMember,
    Task,
)
from recovery.testing.factories import REGRET_WORDS, WHY, WORDS, House

__all__ = ["REGRET_WORDS", "WHY", "WORDS", "House"]

#: Stays of ``tests.hotel_double``.
LOST, RETURN, SECOND_RETURN = "Q10231", "Q11874", "S20417"
IN_HOUSE, NO_ADDRESS, BY_AGENCY = "S40118", "S40174", "Q10383"

ROOM = {
    "hotel": "The Lantern House",
    "address": "11 Chandlers Row, Bristol",
    "phone": "+44 117 496 0188",
    "distance_km": "0.4",
    "confirmation": "LH-40718",
}


def make_house(*, code: str = "QUAY", kind: HouseKind = HouseKind.HOTEL, **facts: Any) -> House:
    """A prepared property; ``facts`` are edits of its profile."""
    return testing.make_house(property_code=code, house=kind, facts=facts)


def edit_brand(*, code: str = "QUAY", **facts: Any) -> Brand:
    """As somebody edits it in the admin."""
    brand = Brand.objects.get(property_code=code)
    for name, value in facts.items():
        setattr(brand, name, value)
    brand.save()
    return brand


def make_staff(
    *,
    name: str = "Asha Patel",
    roles: Iterable[Role] = (Role.FRONT_DESK,),
    houses: Iterable[str] = ("QUAY",),
    **facts: Any,
) -> StaffMember:
    return testing.make_staff(name=name, roles=roles, property_codes=houses, **facts)


def make_user(*, username: str = "asha", verbs: Iterable[str] = (), **facts: Any) -> User:
    """An account of the host with the permissions of these verbs."""
    user = User.objects.create_user(username=username, **facts)
    wanted = Permission.objects.filter(content_type__app_label="recovery", codename__in=list(verbs))
    user.user_permissions.set(wanted)
    return user


def make_signed_in(
    *,
    username: str = "asha",
    verbs: Iterable[str] = (),
    roles: Iterable[Role] = (Role.FRONT_DESK,),
    houses: Iterable[str] = ("QUAY",),
) -> Actor:
    """A colleague who is signed in: every permission is really asked."""
    user = make_user(username=username, verbs=verbs)
    make_staff(name=username.title(), roles=roles, houses=houses, user=user)
    return Actor.for_user(User.objects.get(pk=user.pk))


def make_complaint(*, house: House, by: Actor | None = None, **given: Any) -> Complaint:
    """A lost reservation, told at the desk, unless something else is given."""
    values = {"stay_ref": LOST if house.code == "QUAY" else IN_HOUSE} | given
    return testing.make_complaint(by=by or house.by_desk, **values)


def make_party(*, complaint: Complaint, name: str = "Clara Whitfield", **facts: Any) -> Party:
    """Somebody beside the guest with everything of the guest but the facts given, as no verb would allow."""
    party = complaint.parties.order_by("pk")[0]
    party.pk, party._state.adding = None, True
    party.name, party.first_name, party.guest_ref = name, name.split()[0], ""
    for attribute, value in facts.items():
        setattr(party, attribute, value)
    party.save()
    return party


def guest_of(complaint: Complaint) -> Party:
    """The guest whose story it is."""
    return complaint.parties.order_by("pk")[0]


def make_task(*, complaint: Complaint, by: Actor, in_minutes: int = 60, **given: Any) -> Task:
    due_at = complaint.opened_at + dt.timedelta(minutes=in_minutes)
    values: dict[str, Any] = {"title": "Ring the church about the parking", "due_at": due_at} | given
    return actions.add_task(complaint=complaint, by=by, **values)


def make_letter(*, house: House, complaint: Complaint, **given: Any) -> Letter:
    """A draft of the written apology by the front desk, unless something else is given."""
    values: dict[str, Any] = {"words": WORDS, "by": house.by_desk} | given
    return testing.make_letter(complaint=complaint, **values)


def make_apology(*, house: House, complaint: Complaint, **given: Any) -> Letter:
    """The written apology, released, with one free night inside unless ``nights=0``."""
    values: dict[str, Any] = {"words": WORDS, "by": house.by_general_manager} | given
    return testing.make_apology(complaint=complaint, **values)


def make_walk_card(*, house: House, complaint: Complaint) -> Letter:
    """A draft of the walk card, after the other room is held and paid."""
    find_room(house=house, complaint=complaint)
    make_compensation(house=house, complaint=complaint)
    return actions.draft_letter(complaint=complaint, by=house.by_manager, kind=LetterKind.WALK_CARD)


def find_room(*, house: House, complaint: Complaint, **evidence: str) -> Task:
    task = complaint.tasks.get(step_key="substitute_room")
    return actions.keep_task(task=task, by=house.by_manager, evidence=ROOM | evidence)


def make_certificate(*, house: House, complaint: Complaint, **given: Any) -> Certificate:
    return testing.make_certificate(complaint=complaint, **{"by": house.by_general_manager, **given})


def make_entry(*, house: House, certificate: Certificate, **given: Any) -> CertificateEntry:
    """One redemption, by its code."""
    values = {"stay_ref": RETURN, "by": house.by_desk} | given
    return testing.make_redemption(certificate=certificate, **values)


def make_compensation(*, house: House, complaint: Complaint, **given: Any) -> Compensation:
    values: dict[str, Any] = {
        "remedy": RemedyKey.SUBSTITUTE_ROOM,
        "layer": Layer.MAKE_WHOLE,
        "what": "Two nights at The Lantern House",
        "face": Decimal("412"),
    } | given
    by = values.pop("by", house.by_manager)
    return actions.grant_compensation(complaint=complaint, by=by, **values)


def make_link(*, complaint: Complaint, purpose: LinkPurpose = LinkPurpose.STOP) -> GuestLink:
    """The link in a letter that was released before."""
    return GuestLink.objects.filter(complaint=complaint, purpose=purpose).order_by("-pk")[0]


def apologise(*, house: House, complaint: Complaint) -> None:
    actions.record_spoken_apology(
        complaint=complaint,
        by=house.by_manager,
        parts=[ApologyPart.REGRET, ApologyPart.RESPONSIBILITY, ApologyPart.REPAIR],
    )


def hear(*, house: House, complaint: Complaint) -> Complaint:
    return actions.confirm_restatement(
        complaint=complaint,
        by=house.by_manager,
        restatement="You booked for July and we wrote June.",
        confirmation=Confirmation.YES,
    )


def solve(*, house: House, complaint: Complaint) -> Complaint:
    return actions.mark_solved(
        complaint=complaint, by=house.by_manager, solution="A room at The Lantern House, paid."
    )


def tell(*, house: House, complaint: Complaint) -> Complaint:
    return actions.tell_guest(complaint=complaint, by=house.by_manager, how="by telephone")


def close(*, house: House, complaint: Complaint) -> Complaint:
    """Solved, told, apologised for, closed."""
    solve(house=house, complaint=complaint)
    tell(house=house, complaint=complaint)
    apologise(house=house, complaint=complaint)
    return actions.close(complaint=complaint, by=house.by_manager, outcome=Outcome.RECOVERED)
