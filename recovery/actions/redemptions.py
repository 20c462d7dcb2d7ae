"""Redeeming free nights: once, by the code, the QR, or a manager; and giving them back."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import router
from django.db.models import F
from django.views.decorators.debug import sensitive_variables

from .. import conf
from ..choices import ActorKind, EntryKind, EventKind, LinkPurpose
from ..errors import (
    AlreadyReversed,
    CertificateNotFound,
    CertificateVoid,
    CodeNeeded,
    NoKeys,
    TextMissing,
    WrongState,
)
from ..hotel import Stay
from ..models import Certificate, CertificateEntry, GuestLink
from ..models.scope import properties_of
from ..outbox.database import run_atomic
from ..rules import codes, expiry, redemption, text, tokens
from . import certificate_steps, guest_mail, hotel_nights, houses, links, stay_nights, waiting_letters
from .actor import Actor
from .authority import check_may
from .engine import Turn, verb
from .lookups import find_stay

log = logging.getLogger("recovery.certificates")


# An error report mailed to the host's developers shows what every frame holds.
@sensitive_variables("code", "token")
def redeem_certificate(
    *,
    by: Actor,
    stay_ref: str,
    code: str = "",
    token: str = "",
    nights: int = 1,
    request_key: str | None = None,
) -> CertificateEntry:
    """Use nights of a certificate for a stay, by its code or by the token of its QR.

    A refused try is counted first, in its own transaction. Mistyped, unknown and not visible to
    this person are one refusal.

    :raises StayUnknown: if the adapter knows no such stay.
    :raises CertificateNotFound: if nothing can be redeemed with that here.
    :raises CertificateExpired, CertificateVoid, CertificateUsed, TooFewNights,
        CertificateOutOfScope, CertificateForeign, StayTooShort: if it cannot be used for this stay.
    """
    stay = find_stay(stay_ref)
    check_may(by, "redeem_certificate", property_code=stay.property_code)
    certificate = _by_code(code) if code else _by_token(token)
    if certificate is None or not _may_see(by, certificate):
        # The code itself is not logged: only that somebody tried.
        log.warning("refused certificate try by %s", by.key)
        raise CertificateNotFound()
    return _redeem_counted(by=by, certificate=certificate, stay=stay, nights=nights, request_key=request_key)


def redeem_without_code(
    *,
    by: Actor,
    certificate: Certificate,
    stay_ref: str,
    guest_name: str,
    id_seen: bool,
    reason: str,
    nights: int = 1,
    request_key: str | None = None,
) -> CertificateEntry:
    """Use nights for a guest who lost the code: a manager, the name, an ID, and a reason.

    :raises CodeNeeded: if any of these is missing, or the name is not the certificate's.
    """
    stay = find_stay(stay_ref)
    check_may(by, "redeem_without_code", property_code=stay.property_code)
    same_name = redemption.same_name(guest_name, certificate.party.name)
    if not (by.is_manager and id_seen and same_name and _may_see(by, certificate)):
        raise CodeNeeded()
    why = text.require_reason(reason)
    return _redeem_counted(
        by=by, certificate=certificate, stay=stay, nights=nights, request_key=request_key, reason=why
    )


def _redeem_counted(
    *,
    by: Actor,
    certificate: Certificate,
    stay: Stay,
    nights: int,
    request_key: str | None,
    reason: str = "",
) -> CertificateEntry:
    try:
        return _redeem(
            by=by,
            certificate=certificate,
            property_code=stay.property_code,
            stay=stay,
            nights=nights,
            reason=reason,
            request_key=request_key,
        )
    except WrongState:
        run_atomic(lambda: _count_refusal(certificate), using=router.db_for_write(Certificate))
        raise


def _count_refusal(certificate: Certificate) -> int:
    return Certificate.objects.filter(pk=certificate.pk).update(refused_tries=F("refused_tries") + 1)


@verb.named("redeem_certificate")
def _redeem(
    turn: Turn,
    /,
    *,
    by: Actor,
    certificate: Certificate,
    property_code: str,
    stay: Stay,
    nights: int,
    reason: str = "",
    request_key: str | None = None,
) -> CertificateEntry:
    row = turn.fresh(certificate)
    profile = houses.profile_of(stay.property_code)
    redemption.check(
        redemption.Asked(
            nights=nights,
            property_code=stay.property_code,
            guest_ref=stay.guest.ref if stay.guest else "",
            arrival_on=stay.arrival_on or houses.local_date(profile, turn.now),
            stay_nights=stay.nights,
            cancelled=stay.is_cancelled,
        ),
        redemption.Face(
            nights_left=row.nights_left,
            houses=tuple(row.houses),
            guest_ref=row.party.guest_ref,
            transferable=row.transferable,
            last_arrival_on=row.last_arrival_on,
            void=row.void_at is not None,
            void_reason=row.void_reason,
            expired=row.expired_at is not None,
        ),
        grace_days=conf.current().CERTIFICATE_GRACE_DAYS,
    )
    certificate_steps.take_nights(row, nights)
    stay_nights.cover(turn, stay, nights)
    entry = certificate_steps.add_entry(
        turn,
        row,
        kind=EntryKind.REDEEM,
        nights=-nights,
        op_key=f"redeem:{row.pk}:{row.entries.count()}",
        profile=profile,
        stay_ref=stay.ref,
        property_code=stay.property_code,
        arrival_on=stay.arrival_on,
        departure_on=stay.departure_on,
        cancel_until=stay.cancel_until,
        reason=reason,
    )
    row.refresh_from_db()
    turn.record(
        EventKind.CERTIFICATE_REDEEMED, guest_visible=True, certificate=row.pk, entry=entry.pk, nights=nights
    )
    hotel_nights.ask_to_book(turn, entry)
    waiting_letters.supersede(turn, EventKind.CERTIFICATE_REDEEMED, certificate=row)
    guest_mail.after_redemption(turn, row, entry)
    return entry


@verb
def reverse_redemption(
    turn: Turn,
    /,
    *,
    entry: CertificateEntry,
    by: Actor,
    reason: str,
    request_key: str | None = None,
    version: int | None = None,
) -> CertificateEntry:
    """Give redeemed nights back: usable for at least 90 more days, whatever the face says.

    :raises AlreadyReversed: if they were given back before.
    :raises CertificateVoid: if the certificate was voided meanwhile.
    """
    taken = turn.fresh(entry)
    why = text.require_reason(reason)
    if taken.kind != EntryKind.REDEEM:
        raise WrongState()
    if CertificateEntry.objects.filter(reverses=taken).exists():
        raise AlreadyReversed()
    row = turn.fresh(taken.certificate)
    if row.void_at is not None:
        raise CertificateVoid(reason=row.void_reason)
    profile = houses.profile_of(taken.property_code or row.property_code)
    last = expiry.after_return(
        last_arrival_on=row.last_arrival_on, today=houses.local_date(profile, turn.now)
    )
    certificate_steps.put_back(row, -taken.nights, last_arrival_on=last)
    stay_nights.uncover(turn, taken)
    back = certificate_steps.add_entry(
        turn,
        row,
        kind=EntryKind.REVERSE,
        nights=-taken.nights,
        op_key=f"reverse:{taken.pk}",
        profile=profile,
        stay_ref=taken.stay_ref,
        property_code=taken.property_code,
        arrival_on=taken.arrival_on,
        departure_on=taken.departure_on,
        reason=why,
        reverses=taken,
    )
    GuestLink.objects.filter(certificate=row, purpose=LinkPurpose.CERTIFICATE).update(
        expires_at=turn.now + dt.timedelta(days=(last - turn.now.date()).days + links.CERTIFICATE_EXTRA_DAYS)
    )
    waiting_letters.supersede(turn, EventKind.CERTIFICATE_REVERSED, certificate=row)
    turn.record(EventKind.CERTIFICATE_REVERSED, guest_visible=True, certificate=row.pk, entry=back.pk)
    hotel_nights.ask_to_cancel(turn, back)
    row.refresh_from_db()
    guest_mail.after_reversal(turn, row, back)
    return back


# --- look-ups ----------------------------------------------------------------------------------


@sensitive_variables("code", "letters")
def _by_code(code: str) -> Certificate | None:
    """By the digest of the code, with every key that codes were made with."""
    settings = conf.current()
    if not settings.KEYS:
        raise NoKeys()
    try:
        letters = codes.normalise_code(code)
    except CertificateNotFound:
        return None  # so that a mistyped code goes the way of an unknown one
    digests = [codes.digest_code(key=key, code=letters) for key in settings.KEYS.values()]
    return Certificate.objects.select_related("complaint", "party").filter(code_digest__in=digests).first()


@sensitive_variables("token")
def _by_token(token: str) -> Certificate | None:
    if not token:
        raise TextMissing(field="certificate code")
    link = (
        GuestLink.objects.select_related("certificate__complaint", "certificate__party")
        .filter(digest=tokens.digest_token(token), purpose=LinkPurpose.CERTIFICATE, revoked_at__isnull=True)
        .first()
    )
    return link.certificate if link is not None else None


def _may_see(by: Actor, certificate: Certificate) -> bool:
    """Staff of the issuing house, or of a house where it can be used."""
    if by.user is None:
        return by.staff is not None or by.kind is ActorKind.SYSTEM
    mine = properties_of(by.user)
    if mine is None:
        return True
    return certificate.property_code in mine or not certificate.houses or bool(mine & set(certificate.houses))
