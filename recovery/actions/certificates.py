"""Free-night certificates: issue, void, expire."""

from __future__ import annotations

import datetime as dt

from .. import clock, conf
from ..choices import EntryKind, EventKind, LetterKind, TaskKind
from ..errors import CertificateVoid
from ..models import Certificate, Complaint, Letter, Party
from ..rules import text
from . import certificate_steps, guest_mail, houses, letter_steps
from .actor import Actor
from .authority import check_may
from .engine import Turn, verb
from .parties import recipient
from .tasks import create_task

TELL_WITHIN = dt.timedelta(hours=24)


@verb
def issue_certificate(
    turn: Turn,
    /,
    *,
    complaint: Complaint,
    by: Actor,
    nights: int = 1,
    why: str = "",
    party: Party | None = None,
    houses_valid: tuple[str, ...] = (),
    send: bool = True,
    number: int = 1,
    reason: str = "",
    request_key: str | None = None,
    version: int | None = None,
) -> Certificate:
    """Issue n free nights, and with ``send`` tell the guest at once in a letter of its own.

    Without an address, or with one that must not carry a code, the letter is printed and handed
    over. ``send=False`` is for a certificate that travels inside the apology letter.
    ``number`` 2 and above, with a reason, is a further certificate for the same complaint.

    :raises BadNights: if the nights are not 1 to 14.
    :raises PropertyUnknown: if it would be valid at a house that does not exist.
    :raises ReasonMissing: if a further certificate has no reason.
    :raises TextMissing: if the guest would be told without the one human sentence that says why.
    :raises CertificateAlreadyIssued: if this one was issued before.
    :raises AboveAuthority: if neither the playbook nor the giver's limit covers it.
    """
    why_again = certificate_steps.second_needs_reason(number, reason)
    who = party or recipient(turn.complaint)
    certificate = certificate_steps.issue(
        turn,
        party=who,
        nights=nights,
        why=why,
        number=number,
        houses_valid=houses_valid,
        reason=why_again,
    )
    if send:
        text.require(certificate.why, "why, in one sentence")
        letter = letter_steps.draft(turn, kind=LetterKind.CERTIFICATE, party=who, certificate=certificate)
        letter_steps.release_or_hand_over(turn, letter)
    else:
        _ask_to_tell(turn, certificate)
    return certificate


def _ask_to_tell(turn: Turn, certificate: Certificate) -> None:
    """Nobody has told the guest yet: without a task the gift would be forgotten."""
    create_task(
        turn,
        kind=TaskKind.OTHER,
        title="Tell the guest about the free night: write the apology, or send the certificate",
        assignee=turn.complaint.owner,
        due_at=turn.now + TELL_WITHIN,
        zone=houses.profile_of(turn.complaint.property_code).time_zone,
        fulfils=letter_steps.CERTIFICATE_TOLD,
        unique_key=f"tell-certificate:{certificate.pk}",
    )


@verb
def void_certificate(
    turn: Turn,
    /,
    *,
    certificate: Certificate,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> Certificate:
    """Withdraw a certificate. Letters that carry it and were not sent yet are stopped.

    :raises CertificateVoid: if it was voided before.
    """
    row = turn.fresh(certificate)
    why = text.require_reason(reason)
    if row.void_at is not None:
        raise CertificateVoid(reason=row.void_reason)
    left = row.nights_left
    Certificate.objects.filter(pk=row.pk).update(void_at=turn.now, void_reason=why, nights_left=0)
    if left:
        certificate_steps.add_entry(
            turn,
            row,
            kind=EntryKind.VOID,
            nights=-left,
            op_key=f"void:{row.pk}",
            profile=houses.profile_of(row.property_code),
            reason=why,
        )
    row.compensation.void_at = turn.now
    row.compensation.save(update_fields=["void_at"])
    for letter in Letter.objects.filter(certificate=row, sent_at__isnull=True, stopped_at__isnull=True):
        letter_steps.stop(turn, letter, reason="the certificate was withdrawn")
    # Its links keep working: the page explains what happened, and a scan at the desk says "withdrawn".
    turn.record(EventKind.CERTIFICATE_VOIDED, certificate=row.pk, nights=left)
    row.refresh_from_db()
    guest_mail.after_void(turn, row)
    return row


def expire_due_certificates(*, by: Actor, now: dt.datetime) -> int:
    """Write down the end of certificates whose last arrival date and grace are over. Returns how many.

    Judged by the westernmost date on earth, so that no guest loses a day anywhere.
    """
    check_may(by, "expire_due_certificates", property_code="")
    westernmost = (clock.aware(now) - dt.timedelta(hours=12)).date()
    cutoff = westernmost - dt.timedelta(days=conf.current().CERTIFICATE_GRACE_DAYS)
    # Every number by itself, because an index cannot look for two ranges, and used ones stay for ever.
    left = range(certificate_steps.LEAST_NIGHTS, certificate_steps.MOST_NIGHTS + 1)
    due = Certificate.objects.select_related("complaint").filter(
        void_at__isnull=True, expired_at__isnull=True, nights_left__in=left, last_arrival_on__lt=cutoff
    )
    count = 0
    for certificate in due.order_by("pk"):
        _expire(by=by, certificate=certificate)
        count += 1
    return count


@verb.named("expire_due_certificates")
def _expire(
    turn: Turn, /, *, by: Actor, certificate: Certificate, request_key: str | None = None
) -> Certificate:
    row = turn.fresh(certificate)
    left = row.nights_left
    hit = Certificate.objects.filter(
        pk=row.pk,
        expired_at__isnull=True,
        void_at__isnull=True,
        nights_left__gt=0,
        last_arrival_on=certificate.last_arrival_on,
    ).update(expired_at=turn.now, nights_left=0)
    if hit:
        certificate_steps.add_entry(
            turn,
            row,
            kind=EntryKind.EXPIRE,
            nights=-left,
            op_key=f"expire:{row.pk}:{row.last_arrival_on}",
            profile=houses.profile_of(row.property_code),
        )
        turn.record(EventKind.CERTIFICATE_EXPIRED, certificate=row.pk, nights=left)
    row.refresh_from_db()
    return row
