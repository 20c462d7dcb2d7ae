"""Whether a certificate can be used for a stay."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from dataclasses import dataclass

from ..errors import (
    BadNights,
    CertificateExpired,
    CertificateForeign,
    CertificateOutOfScope,
    CertificateUsed,
    CertificateVoid,
    StayCancelled,
    StayTooShort,
    TooFewNights,
)
from . import expiry

#: Characters of a name, with room for accents that are typed one by one.
LONGEST_NAME = 640


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody wants to use."""

    nights: int
    property_code: str
    guest_ref: str
    arrival_on: dt.date
    stay_nights: int | None
    cancelled: bool


@dataclass(frozen=True, kw_only=True)
class Face:
    """What the certificate gives, as it stands now."""

    nights_left: int
    houses: tuple[str, ...]
    guest_ref: str
    transferable: bool
    last_arrival_on: dt.date
    void: bool
    void_reason: str
    expired: bool


def check(asked: Asked, face: Face, *, grace_days: int) -> None:
    """Refuse, with the reason that helps the desk most.

    :raises BadNights: if the nights asked are not a whole number above zero.
    :raises CertificateVoid, CertificateExpired, CertificateUsed, TooFewNights: if nothing is left to use.
    :raises CertificateOutOfScope, CertificateForeign: if it is not for this house or this guest.
    :raises StayCancelled, StayTooShort: if the stay cannot take it.
    """
    if isinstance(asked.nights, bool) or not isinstance(asked.nights, int) or asked.nights < 1:
        raise BadNights(least=1, most=max(face.nights_left, 1))
    if face.void:
        raise CertificateVoid(reason=face.void_reason)
    in_time = expiry.is_in_time(
        last_arrival_on=face.last_arrival_on, arrival_on=asked.arrival_on, grace_days=grace_days
    )
    if face.expired or not in_time:
        raise CertificateExpired(last_arrival_on=face.last_arrival_on.isoformat())
    if face.nights_left == 0:
        raise CertificateUsed()
    if asked.nights > face.nights_left:
        raise TooFewNights(left=face.nights_left)
    if face.houses and asked.property_code not in face.houses:
        raise CertificateOutOfScope(houses=", ".join(face.houses))
    if not face.transferable and face.guest_ref and asked.guest_ref != face.guest_ref:
        raise CertificateForeign()
    if asked.cancelled:
        raise StayCancelled()
    if asked.stay_nights is not None and asked.nights > asked.stay_nights:
        raise StayTooShort(nights=asked.stay_nights)


def stay_digest(*, property_code: str, stay_ref: str) -> str:
    """Which stay of which house: a digest, because collations differ in whether A is a.

    The length in front keeps house and reference apart, whatever characters they hold.
    """
    key = f"{len(property_code)}:{property_code}:{stay_ref}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def same_name(typed: str, printed: str) -> bool:
    """Whether a name on an ID is the name on the certificate; accents, case and order do not matter."""
    if len(typed) > LONGEST_NAME:  # because normalising a megabyte is not worth a refusal
        return False
    return bool(_words(typed)) and _words(typed) == _words(printed)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return sorted(letters.split())
