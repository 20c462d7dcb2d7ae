"""The nights of a stay that certificates pay for: never more than it has, whoever redeems at once."""

from __future__ import annotations

from django.db import IntegrityError
from django.db.models import F

from ..errors import StayTooShort
from ..hotel import Stay
from ..models import CertificateEntry, CoveredStay
from ..outbox.database import run_atomic
from ..rules import redemption
from .engine import Turn


def cover(turn: Turn, stay: Stay, nights: int) -> None:
    """Count nights of the stay as paid for. The last lock of a redemption: complaint, certificate, stay.

    Each step is a conditional write, because a sum over the ledger does not see what another desk has
    not committed yet.

    :raises StayTooShort: if the stay has fewer nights than that which nobody covers yet.
    """
    key = redemption.stay_digest(property_code=stay.property_code, stay_ref=stay.ref)
    if _add(turn, stay, key, nights):
        return
    rows = CoveredStay.objects.using(turn.using)
    row = rows.filter(digest=key).first()
    if row is None and (stay.nights is None or nights <= stay.nights):
        try:
            # A savepoint, because PostgreSQL refuses everything after a failed statement.
            run_atomic(lambda: rows.create(digest=key, nights=nights), using=turn.using)
            return
        except IntegrityError:
            # Somebody else's first night of this stay was committed in between: add to that.
            if _add(turn, stay, key, nights):
                return
            row = rows.filter(digest=key).first()
    raise StayTooShort(nights=max((stay.nights or 0) - (row.nights if row else 0), 0))


def uncover(turn: Turn, taken: CertificateEntry) -> None:
    """Nights that are given back can be covered by another certificate."""
    key = redemption.stay_digest(property_code=taken.property_code, stay_ref=taken.stay_ref)
    CoveredStay.objects.using(turn.using).filter(digest=key).update(nights=F("nights") + taken.nights)


def _add(turn: Turn, stay: Stay, key: str, nights: int) -> int:
    rows = CoveredStay.objects.using(turn.using).filter(digest=key)
    if stay.nights is not None:
        rows = rows.filter(nights__lte=stay.nights - nights)
    return rows.update(nights=F("nights") + nights)
