"""The steps of a certificate's life, taken by verbs under the lock of its complaint."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import F

from .. import conf
from ..choices import EntryKind, EventKind, Layer, RemedyKey
from ..errors import BadNights, CertificateAlreadyIssued, CertificateUsed, PropertyUnknown
from ..models import Certificate, CertificateEntry, Complaint, HouseProfile, Letter, Party
from ..outbox.enqueue import digest
from ..rules import codes, expiry, money, text, tokens
from . import compensation_steps, houses
from .engine import Turn

LEAST_NIGHTS, MOST_NIGHTS = 1, 14
WHY = 240


def issue(
    turn: Turn,
    *,
    party: Party,
    nights: int,
    why: str = "",
    number: int = 1,
    houses_valid: tuple[str, ...] = (),
    reason: str = "",
) -> Certificate:
    """Grant, issue and book n free nights. ``number``: which certificate of this complaint it is.

    :raises BadNights: if the nights are not 1 to 14.
    :raises CertificateAlreadyIssued: if this number was issued before.
    :raises AboveAuthority: if neither the playbook nor the giver's limit covers it.
    """
    complaint = turn.complaint
    check_nights(nights)
    _check_houses(houses_valid)
    issue_key = digest(f"certificate:{complaint.pk}:{number}")
    if Certificate.objects.filter(issue_key=issue_key).exists():
        raise CertificateAlreadyIssued()
    profile = houses.profile_of(complaint.property_code)
    compensation = compensation_steps.grant(
        turn,
        party=party,
        remedy=RemedyKey.FREE_NIGHT,
        layer=Layer.GOODWILL,
        what=f"{nights} free night(s)",
        # Rounded, because a night's share of a booking seldom has whole cents.
        face=money.quantise(houses.nightly_rate(complaint) * nights, profile.currency),
        units=nights,
    )
    today = houses.local_date(profile, turn.now)
    settings = conf.current()
    key_id, key = tokens.choose_key(settings.KEYS)
    row_uuid = uuid.uuid4()
    code = codes.derive_code(key=key, uuid=row_uuid, serial=1)
    certificate = Certificate.objects.create(
        uuid=row_uuid,
        complaint=complaint,
        compensation=compensation,
        party=party,
        property_code=complaint.property_code,
        houses=list(houses_valid),
        nights=nights,
        nights_left=nights,
        valid_from_on=today,
        last_arrival_on=expiry.last_arrival(issued_on=today, months=settings.CERTIFICATE_MONTHS),
        why=text.clean_line(why, field="why", limit=WHY),
        key_id=key_id,
        code_digest=codes.digest_code(key=key, code=code),
        last_four=codes.last_four(code),
        issue_key=issue_key,
        issued_at=turn.now,
        issued_by=turn.by.name[:120],
    )
    add_entry(
        turn,
        certificate,
        kind=EntryKind.ISSUE,
        nights=nights,
        op_key=f"issue:{row_uuid}",
        profile=profile,
        reason=reason,
    )
    compensation_steps.fulfil(turn, compensation, proof=f"certificate …{certificate.last_four}")
    turn.record(EventKind.CERTIFICATE_ISSUED, guest_visible=True, certificate=certificate.pk, nights=nights)
    return certificate


def check_nights(nights: int) -> None:
    """:raises BadNights: if these are not 1 to 14 whole nights."""
    if isinstance(nights, bool) or not isinstance(nights, int) or not LEAST_NIGHTS <= nights <= MOST_NIGHTS:
        raise BadNights(least=LEAST_NIGHTS, most=MOST_NIGHTS)


def _check_houses(wanted: tuple[str, ...]) -> None:
    """:raises PropertyUnknown: if a certificate would be valid at a house that does not exist."""
    if not wanted:
        return
    known = sorted(HouseProfile.objects.values_list("property_code", flat=True))
    for code in wanted:
        if code not in known:
            raise PropertyUnknown(property_code=text.soft_line(str(code), limit=40), known=", ".join(known))


def add_entry(
    turn: Turn,
    certificate: Certificate,
    *,
    kind: EntryKind,
    nights: int,
    op_key: str,
    profile: HouseProfile,
    **facts: object,
) -> CertificateEntry:
    """Append one line to the ledger. ``nights`` is signed."""
    return CertificateEntry.objects.create(
        certificate=certificate,
        seq=CertificateEntry.objects.filter(certificate=certificate).count() + 1,
        kind=kind,
        nights=nights,
        op_key=digest(op_key),
        at=turn.now,
        on=houses.local_date(profile, turn.now),
        actor_kind=turn.by.kind,
        actor_name=turn.by.name[:120],
        **facts,
    )


def take_nights(certificate: Certificate, nights: int) -> None:
    """Take nights off the balance in one conditional statement: nobody can take the same night twice.

    :raises CertificateUsed: if that many are not left.
    """
    hit = Certificate.objects.filter(
        pk=certificate.pk, nights_left__gte=nights, void_at__isnull=True, expired_at__isnull=True
    ).update(nights_left=F("nights_left") - nights)
    if not hit:
        raise CertificateUsed()


def put_back(certificate: Certificate, nights: int, *, last_arrival_on: dt.date) -> None:
    """Give nights back, usable again even if the rest expired. The CHECK refuses more than the face."""
    Certificate.objects.filter(pk=certificate.pk).update(
        nights_left=F("nights_left") + nights, last_arrival_on=last_arrival_on, expired_at=None
    )


def unsent(complaint: Complaint) -> Certificate | None:
    """A usable certificate that the guest has not been told about yet: no letter with it went out."""
    told = Letter.objects.filter(
        certificate=models.OuterRef("pk"), released_at__isnull=False, stopped_at__isnull=True
    )
    usable = complaint.certificates.filter(void_at__isnull=True, expired_at__isnull=True, nights_left__gt=0)
    return usable.exclude(models.Exists(told)).order_by("pk").first()


def second_needs_reason(number: int, reason: str) -> str:
    """:raises ReasonMissing: if any but the first certificate of a complaint has no reason."""
    if type(number) is int and number == 1:
        return text.clean_line(reason, field="reason", limit=text.REASON)
    return text.require_reason(reason)
