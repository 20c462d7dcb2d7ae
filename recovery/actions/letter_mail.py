"""From a frozen letter to a mail on the wire. Secrets exist only here, between here and SMTP."""

from __future__ import annotations

import datetime as dt
from email.headerregistry import Address

from django.core.mail import EmailMultiAlternatives

from ..choices import EventKind, LetterKind, MailMode, OutboxState, TaskKind
from ..errors import HostVeto, NoAddress
from ..hotel import get_hotel
from ..letters import attachments, fill
from ..models import Letter, OutboxMessage
from ..outbox.channels import Channels
from . import follow_ups, houses, letter_steps, lifecycle, links, message_ids
from .actor import Actor
from .engine import turn_for_delivery
from .tasks import create_task

_WHY = {
    OutboxState.TOO_LATE: "it was not delivered in time",
    OutboxState.DEAD: "the mail was refused",
    OutboxState.UNKNOWN: "nobody knows whether the mail arrived",
}


class LetterMail:
    """Sends one letter."""

    #: A second copy carries the same Message-ID and the same code, so it is never a second value.
    repeat_when_unsure = True

    def send(self, message: OutboxMessage, *, channels: Channels) -> None:
        """:raises NoAddress: if the address was taken away meanwhile.
        :raises AddressNotTrusted: if it was changed to one that must not carry a code.
        :raises NoSender: if the house's own address was taken away.
        :raises HostVeto: if the hotel's system says not to write to this guest.
        """
        letter = _letter(message)
        _check_address(letter)
        _check_host(letter)
        channels.mail.send(compose(letter, message_id=message.message_id))

    def settled(self, message: OutboxMessage, *, state: OutboxState, now: dt.datetime) -> None:
        """Date the letter, or ask a person to telephone."""
        letter = _letter(message)
        turn = turn_for_delivery(letter.complaint, by=Actor.system("delivery"), now=now)
        if state is OutboxState.SENT:
            Letter.objects.filter(pk=letter.pk).update(sent_at=now)
            turn.record(EventKind.LETTER_SENT, guest_visible=True, letter=letter.pk, letter_kind=letter.kind)
            letter.complaint.refresh_from_db()  # because it was read before the lock
            lifecycle.told_in_writing(turn, letter)
            follow_ups.after_sending(turn, letter)
            return
        turn.record(EventKind.LETTER_FAILED, letter=letter.pk, state=state, error=message.last_error)
        if follow_ups.ring_instead(turn, letter):
            return
        create_task(
            turn,
            kind=TaskKind.DELIVERY,
            title=f"Telephone: {letter.get_kind_display()} for {letter.party.name} – {_WHY[state]}"[:200],
            detail="Then try the delivery again with a corrected address, or print the letter.",
            assignee=letter.complaint.owner,
            due_at=now + dt.timedelta(minutes=15),
            zone=houses.profile_of(letter.complaint.property_code).time_zone,
            unique_key=f"failed:{message.pk}",
        )


def compose(letter: Letter, *, message_id: str) -> EmailMultiAlternatives:
    """The mail with its live secrets: text, HTML, and the papers that belong to it."""
    brand = houses.brand_of(letter.complaint.property_code)
    rendered = letter_steps.frozen(letter)
    secrets = links.secrets_for(letter)
    filled = fill(rendered, secrets)
    root = message_ids.thread_root(letter.complaint, brand)
    headers = {"Message-ID": message_id, "References": root, "In-Reply-To": root}
    if letter.mode == MailMode.AUTO or (letter.mode == MailMode.VETO and not letter.released_by):
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    mail = EmailMultiAlternatives(
        subject=filled.subject,
        body=filled.text,
        from_email=_address(f"{letter.signatory.name_for_guests}, {brand.name}", brand.sender_email),
        to=[_address(letter.party.name, letter.party.email)],
        reply_to=[brand.reply_to or brand.sender_email],
        headers=headers,
    )
    mail.attach_alternative(filled.html, "text/html")
    for paper in attachments.papers(
        LetterKind(letter.kind), letter.facts, rendered, secrets, bytes(brand.logo)
    ):
        mail.attach(paper.name, paper.content, paper.mimetype)
    return mail


def _address(name: str, email: str) -> str:
    """Name and address, quoted but not encoded yet: Django encodes long names in words that servers take."""
    return str(Address(display_name=name, addr_spec=email))


def _check_address(letter: Letter) -> None:
    """The rule of the release once more: the address may have changed since, and the code must not follow."""
    if not letter.party.email:
        raise NoAddress(name=letter.party.name)
    brand = houses.brand_of(letter.complaint.property_code)
    # Not stopped, because stop_writing has stopped what it stops, in its own transaction.
    letter_steps.check_mail(LetterKind(letter.kind), letter.party, brand, stopped=False)


def _check_host(letter: Letter) -> None:
    """The host's veto, asked at the last moment; no transaction is open here."""
    if not letter.party.guest_ref:
        return
    hotel = get_hotel()
    guest = hotel.get_guest(letter.party.guest_ref)
    if guest is not None and not hotel.may_write_to(guest):
        raise HostVeto()


def _letter(message: OutboxMessage) -> Letter:
    rows = Letter.objects.select_related("complaint__owner", "party", "certificate", "signatory", "task")
    return rows.get(pk=message.payload["letter"])
