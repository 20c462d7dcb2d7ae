"""The automatic receipt for a guest who wrote: thanks first, who answers, by when. No substance."""

from __future__ import annotations

from .. import conf
from ..choices import AddressClass, LetterKind, MailMode, PartyRight
from ..errors import MailHeld
from ..models import Brand, Complaint, Letter, Party
from ..rules import mail_policy
from . import letter_steps, waiting_letters
from .engine import Turn

_READABLE = (AddressClass.OWN, AddressClass.RELAY, AddressClass.UNPROVEN)


def send_receipt(turn: Turn, party: Party) -> None:
    """Release a receipt, unless one went lately, nobody can read it, or the guest said stop."""
    if (
        not is_readable(party)
        or party.stopped_writing_at is not None
        or not party.may_receive(PartyRight.STATUS)
    ):
        return
    if not can_send(turn.complaint) or waiting_letters.is_off(turn, LetterKind.RECEIPT):
        return
    earlier = Letter.objects.filter(
        complaint=turn.complaint,
        kind=LetterKind.RECEIPT,
        released_at__gt=turn.now - mail_policy.RECEIPT_EVERY,
    )
    if earlier.exists():
        return
    letter = letter_steps.draft(turn, kind=LetterKind.RECEIPT, party=party)
    if letter.mode != MailMode.AUTO:
        waiting_letters.wait(turn, letter)
        return
    try:
        letter_steps.release(turn, letter, by_person=False)
    except MailHeld as refusal:
        letter_steps.stop(turn, letter, reason=str(refusal.params["reason"]))


def is_readable(party: Party) -> bool:
    """Whether somebody reads the address of this guest."""
    return party.address_class in _READABLE


def can_send(complaint: Complaint) -> bool:
    """Whether this house is set up for mail: a complaint is written down before everything is."""
    brand = Brand.objects.filter(property_code=complaint.property_code).first()
    return brand is not None and bool(brand.sender_email) and bool(conf.current().KEYS)
