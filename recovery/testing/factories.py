"""Houses, people, complaints, letters and certificates, built by verbs: no impossible state can be made.

What has no verb – staff, an account's permissions – is written as the admin writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from .. import actions
from ..actions import Actor, GuestInput, LetterWords, links
from ..actions.lookups import find_stay
from ..choices import Category, Channel, LetterKind, LetterState, Role, Stance
from ..choices import House as HouseKind
from ..hotel import get_hotel
from ..models import Brand, Certificate, CertificateEntry, Complaint, HouseProfile, Letter, StaffMember

WHY = "For the night when you needed a room and we had none."
#: Words for a letter that takes responsibility, and for one that may only regret.
WORDS = LetterWords(
    wrong="You had booked with us in July; we had written it down for June, and then we cancelled it.",
    impact="So you stood at our desk without a room, two hours before the wedding.",
    explanation="One of us typed the wrong month, and nobody read it back.",
    repairs=("Two nights at The Lantern House are paid.", "So are the taxis."),
    changes="Every booking is now read back to the guest, with its weekday.",
    own_sentence="I am glad that your suit was ready in time.",
)
REGRET_WORDS = LetterWords(
    wrong="You slipped on the stairs on your way to breakfast.",
    repairs=("The doctor's bill is paid.",),
    own_sentence="I hope that your ankle is better.",
)
#: Whom every story needs: name and role.
_PEOPLE = (
    ("Asha Patel", Role.FRONT_DESK),
    ("Tom Ridley", Role.DUTY_MANAGER),
    ("Helen Marsh", Role.GENERAL_MANAGER),
)


@dataclass(frozen=True)
class House:
    """A prepared property with the three people whom every story needs."""

    code: str
    profile: HouseProfile
    desk: StaffMember
    manager: StaffMember
    general_manager: StaffMember
    by_desk: Actor = field(repr=False)
    by_manager: Actor = field(repr=False)
    by_general_manager: Actor = field(repr=False)


def make_house(
    *, property_code: str = "", house: HouseKind = HouseKind.HOTEL, facts: Mapping[str, Any] | None = None
) -> House:
    """A property that can work: prepared, staffed, with a sender of mail. Of what is there already
    nothing is changed.

    Without a code it is the first house of the adapter. ``facts`` are edits of its profile, as in
    ``{"reference_rate": 168}``.

    :raises PropertyUnknown: if the adapter knows no such property.
    """
    code = property_code or get_hotel().properties()[0].code
    if not HouseProfile.objects.filter(property_code=code).exists():
        actions.prepare_property(property_code=code, house=house)
        # A house without an address sends nothing, and many a host's rows have none.
        Brand.objects.filter(property_code=code, sender_email="").update(sender_email="desk@hotel.example")
    if facts:
        HouseProfile.objects.filter(property_code=code).update(**dict(facts))
    people = list(StaffMember.objects.order_by("pk"))
    desk, manager, general_manager = (_somebody(people, name, role, code) for name, role in _PEOPLE)
    return House(
        code=code,
        profile=HouseProfile.objects.get(property_code=code),
        desk=desk,
        manager=manager,
        general_manager=general_manager,
        by_desk=Actor.for_staff(desk),
        by_manager=Actor.for_staff(manager),
        by_general_manager=Actor.for_staff(general_manager),
    )


def _somebody(people: list[StaffMember], name: str, role: Role, code: str) -> StaffMember:
    known = [person for person in people if person.has_role(role) and person.works_at(code)]
    return known[0] if known else make_staff(name=name, roles=(role,), property_codes=(code,))


def make_staff(
    *,
    name: str = "Asha Patel",
    roles: Iterable[Role | str] = (Role.FRONT_DESK,),
    property_codes: Iterable[str] = (),
    user: Any = None,
    phone: str = "+44 7700 900101",
    **facts: Any,
) -> StaffMember:
    """A colleague; without codes they work for every house. ``facts`` are further columns."""
    return StaffMember.objects.create(
        name=name,
        roles=[str(role) for role in roles],
        property_codes=list(property_codes),
        user=user,
        phone=phone,
        **facts,
    )


def allow(user: Any, *verbs: str) -> None:
    """Give an account of yours permissions of this app, such as ``"release_letter"``.

    :raises ValueError: if there is no such permission.
    """
    permissions = apps.get_model("auth", "Permission")._default_manager
    found = permissions.filter(content_type__app_label="recovery", codename__in=verbs)
    missing = set(verbs) - set(found.values_list("codename", flat=True))
    if missing:
        raise ValueError(f"no permission of recovery: {', '.join(sorted(missing))}")
    user.user_permissions.add(*found)
    for cache in ("_perm_cache", "_user_perm_cache"):
        user.__dict__.pop(cache, None)


def make_complaint(
    *,
    stay_ref: str = "",
    property_code: str = "",
    by: Actor | None = None,
    category: Category | str = Category.LOST_RESERVATION,
    channel: Channel | str = Channel.IN_PERSON,
    summary: str = "Booked for July, entered for June",
    guest: GuestInput | None = None,
    **more: Any,
) -> Complaint:
    """A complaint about a stay of your system, or of a ``guest`` whom no system knows.

    The house is prepared and staffed if it is not. ``by`` is its front desk unless you say otherwise;
    ``more`` goes to ``open_complaint``.

    :raises StayUnknown, PropertyUnknown: if the adapter knows no such stay or house.
    """
    code = property_code or (find_stay(stay_ref).property_code if stay_ref else "")
    house = make_house(property_code=code)
    return actions.open_complaint(
        by=by or house.by_desk,
        category=Category(category),
        channel=Channel(channel),
        summary=summary,
        stay_ref=stay_ref,
        property_code=house.code,
        guest=guest,
        **more,
    )


def make_letter(
    *,
    complaint: Complaint,
    kind: LetterKind | str = LetterKind.APOLOGY,
    by: Actor | None = None,
    words: LetterWords | None = None,
    **more: Any,
) -> Letter:
    """A draft, written by the front desk unless you say otherwise; so a manager can send it."""
    return actions.draft_letter(
        complaint=complaint,
        by=by or make_house(property_code=complaint.property_code).by_desk,
        kind=LetterKind(kind),
        words=words or _words_for(complaint),
        **more,
    )


def make_apology(
    *,
    complaint: Complaint,
    by: Actor | None = None,
    words: LetterWords | None = None,
    nights: int = 1,
    why: str = WHY,
    by_hand: bool = False,
    **more: Any,
) -> Letter:
    """The written apology, released, with free nights inside unless ``nights=0``. ``run_due()`` mails it.

    ``by`` writes it. From severity 4 on a colleague reads and releases it, as the app wants it.

    :raises NoAddress: if the guest has no e-mail address: then say ``by_hand=True``.
    """
    writer = by or _general_manager(complaint)
    letter = actions.send_written_apology(
        complaint=complaint,
        by=writer,
        words=words or _words_for(complaint),
        nights=nights,
        why=why,
        by_hand=by_hand,
        **more,
    )
    if letter.state is not LetterState.DRAFT:
        return letter
    return actions.release_letter(letter=letter, by=_somebody_else(complaint, writer), by_hand=by_hand)


def make_certificate(
    *,
    complaint: Complaint,
    nights: int = 1,
    by: Actor | None = None,
    why: str = WHY,
    send: bool = True,
    **more: Any,
) -> Certificate:
    """A certificate, given by the general manager unless you say otherwise; with ``send`` it is mailed."""
    return actions.issue_certificate(
        complaint=complaint, by=by or _general_manager(complaint), nights=nights, why=why, send=send, **more
    )


def make_redemption(
    *, certificate: Certificate, stay_ref: str, by: Actor | None = None, **more: Any
) -> CertificateEntry:
    """One night used for that stay, by its code, at the front desk of the stay's house."""
    house = make_house(property_code=find_stay(stay_ref).property_code)
    return actions.redeem_certificate(
        by=by or house.by_desk, code=links.code_of(certificate), stay_ref=stay_ref, **more
    )


def code_of(certificate: Certificate) -> str:
    """The live code, as it stands in the guest's letter. For tests: no screen for staff ever shows it."""
    return links.code_of(certificate)


def _words_for(complaint: Complaint) -> LetterWords:
    return REGRET_WORDS if complaint.stance == Stance.REGRET else WORDS


def _somebody_else(complaint: Complaint, writer: Actor) -> Actor:
    house = make_house(property_code=complaint.property_code)
    return house.by_manager if writer.staff == house.desk else house.by_desk


def _general_manager(complaint: Complaint) -> Actor:
    return make_house(property_code=complaint.property_code).by_general_manager
