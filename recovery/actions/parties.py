"""Who the guest is and how we reach them."""

from __future__ import annotations

from dataclasses import dataclass

from .. import conf
from ..choices import AddressClass, EventKind, LanguageSource, PartyRight, PartyRole
from ..hotel import Guest
from ..models import Complaint, Party
from ..rules import addresses, languages, text
from .actor import Actor
from .engine import Turn, verb

NAME, FIRST_NAME = 160, 80


@dataclass(frozen=True, kw_only=True)
class GuestInput:
    """A guest as typed at the desk, when the hotel system knows none or knows too little."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    postal_address: str = ""
    #: The address was read back to the guest letter by letter, so it counts as their own.
    email_read_back: bool = False


@verb
def relink_guest(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    guest: GuestInput,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Party:
    """Correct who the guest is and how we reach them. Letters already sent keep what they were.

    :raises ReasonMissing: if no reason is given.
    :raises BadEmail: if the address is not one.
    """
    note = text.require_reason(reason)
    party = guest_of(turn.complaint)
    if party is None:
        party = create_party(turn.complaint, None, guest)
    else:
        correct(party, guest)
    turn.record(EventKind.GUEST_RELINKED, party=party.pk, reason_given=bool(note))
    return party


def correct(party: Party, guest: GuestInput) -> None:
    """Change what was typed, and keep the rest."""
    typed = party_values(None, guest, name_before=party.name)
    changed = {name: typed[name] for name in ("phone", "postal_address") if typed[name]}
    if guest.name.strip():
        changed |= {"name": typed["name"], "first_name": typed["first_name"]}
    # The same address typed again proves nothing, and takes nothing away.
    if typed["email"] and (guest.email_read_back or typed["email"].lower() != party.email.lower()):
        changed |= {"email": typed["email"], "address_class": typed["address_class"]}
    if typed["language_source"] == LanguageSource.SAID:
        changed |= {"language": typed["language"], "language_source": LanguageSource.SAID}
    for name, value in changed.items():
        setattr(party, name, value)
    party.save(update_fields=sorted(changed))


def create_party(complaint: Complaint, known: Guest | None, typed: GuestInput) -> Party:
    """The guest whose story it is. What the hotel's system says of age and standing is taken over."""
    return Party.objects.create(
        complaint=complaint,
        role=PartyRole.SLEEPER,
        may_money=True,
        is_minor=known is not None and known.is_minor,
        is_vip=known is not None and known.is_vip,
        **party_values(known, typed),
    )


def party_values(known: Guest | None, typed: GuestInput, *, name_before: str = "") -> dict[str, str]:
    """What we know of a guest: what was typed at the desk beats the hotel system."""
    name = text.clean_line(typed.name, field="name", limit=NAME) or (known.name if known else name_before)
    email = addresses.check_email(typed.email) if typed.email else (known.email if known else "")
    language, source = languages.choose(
        said=typed.language,
        booked=known.language if known else "",
        before="",
        offered=conf.current().LANGUAGES,
    )
    return {
        "name": name or "Guest",
        "first_name": text.soft_line(
            (known.first_name if known and not typed.name else "") or text.first_name(name), limit=FIRST_NAME
        ),
        "email": email,
        "address_class": _address_class(email, proven=typed.email_read_back or not typed.email, name=name),
        "phone": text.clean_line(typed.phone, field="phone", limit=40) or (known.phone if known else ""),
        "postal_address": text.clean_text(typed.postal_address, field="postal address", limit=300),
        "language": language,
        "language_source": source,
        "guest_ref": known.ref if known else "",
    }


def _address_class(email: str, *, proven: bool, name: str) -> AddressClass:
    others = (
        Party.objects.filter(email__iexact=email).exclude(name=name).values("name").distinct().count()
        if email
        else 0
    )
    return addresses.classify_address(email, shared_by=others + 1, proven=proven)


def guest_of(complaint: Complaint) -> Party | None:
    return complaint.parties.order_by("pk").first()


def recipient(complaint: Complaint, right: PartyRight = PartyRight.APOLOGY) -> Party:
    """Whom a text is for unless somebody else is named: the guardian of a minor, else the first who may."""
    parties = list(complaint.parties.filter(ended_at__isnull=True).order_by("pk"))
    may = [party for party in parties if party.may_receive(right)]
    speaks_for_a_minor = (party for party in may if party.role == PartyRole.GUARDIAN)
    return next(speaks_for_a_minor, None) or (may or parties)[0]
