"""What must be true after any race and any crash. Each function names what is wrong; empty is good."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from django.db.models import Sum

from recovery.choices import EntryKind, EventKind
from recovery.hotel import get_hotel
from recovery.models import (
    Certificate,
    CertificateEntry,
    Complaint,
    CoveredStay,
    RequestKey,
    TimelineEvent,
)
from recovery.rules import redemption


def ledger_problems() -> list[str]:
    """The balance is the sum of the ledger, never below zero, and no night is used twice."""
    found = []
    for certificate in Certificate.objects.all():
        entries = list(CertificateEntry.objects.filter(certificate=certificate).order_by("seq"))
        total = sum(entry.nights for entry in entries)
        if total != certificate.nights_left:
            found.append(f"{certificate}: the ledger says {total}, the balance {certificate.nights_left}")
        if [entry.seq for entry in entries] != list(range(1, len(entries) + 1)):
            found.append(f"{certificate}: lines {[entry.seq for entry in entries]}")
        used = -sum(e.nights for e in entries if e.kind in (EntryKind.REDEEM, EntryKind.REVERSE))
        if not 0 <= used <= certificate.nights or certificate.nights_left < 0:
            found.append(f"{certificate}: {used} of {certificate.nights} nights used")
        if certificate.void_at is not None and certificate.nights_left:
            found.append(f"{certificate}: void, with {certificate.nights_left} nights left")
    return found + stay_problems()


def stay_problems() -> list[str]:
    """No stay is covered by more nights than it has, and the count that guards it is the ledger's."""
    found = []
    kinds = (EntryKind.REDEEM, EntryKind.REVERSE)
    rows = CertificateEntry.objects.filter(kind__in=kinds).values("property_code", "stay_ref")
    used = {(r["property_code"], r["stay_ref"]): -r["total"] for r in rows.annotate(total=Sum("nights"))}
    for (house, ref), nights in used.items():
        stay = get_hotel().get_stay(ref)
        if stay is not None and stay.nights is not None and not 0 <= nights <= stay.nights:
            found.append(f"stay {ref}: {nights} of {stay.nights} nights covered")
        digest = redemption.stay_digest(property_code=house, stay_ref=ref)
        counted = CoveredStay.objects.filter(digest=digest).values_list("nights", flat=True).first()
        if counted != nights:
            found.append(f"stay {ref}: the ledger says {nights}, the count {counted}")
    return found


def times_redeemed() -> Counter[int]:
    """How many certificates were redeemed how often, less what was given back."""
    kinds = (EntryKind.REDEEM, EntryKind.REVERSE)
    used = {
        row["certificate"]: -row["nights"]
        for row in CertificateEntry.objects.filter(kind__in=kinds)
        .values("certificate")
        .annotate(nights=Sum("nights"))
    }
    return Counter(used.get(pk, 0) for pk in Certificate.objects.values_list("pk", flat=True))


def history_problems() -> list[str]:
    """Within a complaint time never runs backwards, and the first answer is the first."""
    found = []
    for complaint in Complaint.objects.all():
        events = list(TimelineEvent.objects.filter(complaint=complaint).order_by("pk"))
        found += [
            f"{complaint}: {later.kind} is written after {earlier.kind} and dated before it"
            for earlier, later in pairwise(events)
            if later.at < earlier.at
        ]
        answers = [event.at for event in events if event.kind == EventKind.ACKNOWLEDGED]
        if answers and complaint.acknowledged_at != answers[0]:
            found.append(f"{complaint}: a later answer has replaced the first")
    return found


def request_problems() -> list[str]:
    """Every key that was taken has its answer."""
    return [f"{row}: no answer" for row in RequestKey.objects.filter(answer_pk="")]
