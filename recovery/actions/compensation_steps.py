"""The steps of giving, taken by verbs under their lock."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import F, QuerySet, Sum

from ..choices import Category, EventKind, HoldKind, Layer, RemedyKey, Role, Stance, Urgency
from ..errors import BadAmount, BadUnits, LossNotNamed, OnHold, RateUnknown
from ..models import AuthorityLimit, Compensation, Complaint, Party, Remedy, StaffMember
from ..rules import limits, money, text, urgency
from . import chains, houses
from .engine import Turn

#: More units of one thing than this is a typing error.
MOST_UNITS = 60


def grant(
    turn: Turn,
    *,
    party: Party,
    remedy: RemedyKey,
    layer: Layer,
    what: str,
    face: Decimal,
    currency: str = "",
    units: int = 1,
) -> Compensation:
    """Check and write one compensation. See ``grant_compensation`` for what is refused."""
    complaint = turn.complaint
    profile = houses.profile_of(complaint.property_code)
    given_currency = text.soft_line(currency, limit=12) if currency else profile.currency
    money.check_same_currency(expected=profile.currency, given=given_currency)
    amount = money.check_amount(_decimal(face, given_currency), given_currency)
    if isinstance(units, bool) or not isinstance(units, int) or not 1 <= units <= MOST_UNITS:
        raise BadUnits(most=MOST_UNITS)
    if layer is not Layer.GOODWILL and not what:
        raise LossNotNamed()
    limits.check_goodwill(
        category=Category(complaint.category),
        layer=layer,
        stance_decided=complaint.stance_at is not None,
        stance=Stance(complaint.stance),
    )
    if layer is Layer.GOODWILL and complaint.hold_kind:
        who = chains.manager_for(complaint, now=turn.now).name
        raise OnHold(kind=HoldKind(complaint.hold_kind).label, who=who)
    bundle = _bundle(complaint, remedy, amount, units=units) if layer is Layer.GOODWILL else ""
    today = houses.business_date(profile, turn.now)
    if layer is Layer.GOODWILL and not bundle:
        _check_authority(turn, amount, given_currency, today)
    line = catalogue_line(complaint.property_code, remedy)
    row = Compensation.objects.create(
        complaint=complaint,
        party=party,
        remedy=line,
        layer=layer,
        what=what or str(line),
        units=units,
        face=amount,
        own_cost=money.quantise(line.own_cost * units, given_currency) if line.own_cost is not None else None,
        currency=given_currency,
        pre_approved_by=bundle,
        granted_at=turn.now,
        granted_on=today,
        granted_by=turn.by.name[:120],
        granted_by_staff=turn.by.staff,
    )
    turn.record(EventKind.COMPENSATION_GRANTED, guest_visible=True, compensation=row.pk, layer=layer)
    return row


def _decimal(face: object, currency: str) -> Decimal:
    """An exact amount; a float is none, because 0.1 is not a tenth."""
    if isinstance(face, Decimal):
        return face
    if isinstance(face, int) and not isinstance(face, bool):
        return Decimal(face)
    raise BadAmount(places=money.minor_units(currency), currency=currency)


def fulfil(turn: Turn, row: Compensation, *, proof: str) -> None:
    """Mark it fulfilled by whoever acts."""
    row.fulfilled_at, row.fulfilled_by, row.proof = turn.now, turn.by.name[:120], proof
    row.save(update_fields=["fulfilled_at", "fulfilled_by", "proof"])
    turn.record(EventKind.COMPENSATION_FULFILLED, guest_visible=True, compensation=row.pk)


def catalogue_line(property_code: str, remedy: RemedyKey) -> Remedy:
    """The property's own line, else the group's; made on the spot where the catalogue lacks it."""
    rows = {
        r.property_code: r for r in Remedy.objects.filter(key=remedy, property_code__in=("", property_code))
    }
    return rows.get(property_code) or rows.get("") or Remedy.objects.create(key=remedy, unit="unit")


def allowance(complaint: Complaint, roles: tuple[str, ...]) -> Decimal | None:
    """What somebody in these roles may give for this complaint without asking; ``None`` = no limit."""
    profile = houses.profile_of(complaint.property_code)
    counted = urgency.roles_with_authority(roles, Urgency(complaint.urgency))
    return limits.allowance(
        _limits(complaint.property_code), roles=counted, rate=_rate(complaint), currency=profile.currency
    )


def _rate(complaint: Complaint) -> Decimal | None:
    try:
        return houses.nightly_rate(complaint)
    except RateUnknown:
        return None  # because limits in amounts still count


def _limits(property_code: str) -> list[limits.Limit]:
    """The property's own rows beat the group's, role by role."""
    rows = list(AuthorityLimit.objects.filter(property_code__in=("", property_code)))
    own = {row.role for row in rows if row.property_code}
    return [
        limits.Limit(
            role=Role(row.role),
            share_percent=row.share_percent,
            amount=row.amount,
            currency=row.currency,
            unlimited=row.unlimited,
        )
        for row in rows
        if row.property_code or row.role not in own
    ]


def _bundle(complaint: Complaint, remedy: RemedyKey, amount: Decimal, *, units: int) -> str:
    """The playbook that gives this unasked, each thing once for a complaint (S4-20)."""
    for entry in complaint.playbooks:
        if str(remedy) in entry["pre_approved"]:
            given = complaint.compensations.filter(pre_approved_by=entry["key"], void_at__isnull=True)
            covered = limits.is_in_bundle(
                remedy,
                units=units,
                asked=amount,
                given=_total(given.filter(remedy__key__in=limits.GIFTS)),
                rate=_rate(complaint),
                currency=houses.profile_of(complaint.property_code).currency,
            )
            if covered and not given.filter(remedy__key=remedy).exists():
                return str(entry["key"])
    return ""


def _check_authority(turn: Turn, amount: Decimal, currency: str, today: dt.date) -> None:
    complaint = turn.complaint
    _lock_giver(turn)
    own = Compensation.objects.filter(
        layer=Layer.GOODWILL, pre_approved_by="", void_at__isnull=True, currency=currency
    )
    mine = (
        own.filter(granted_by_staff=turn.by.staff)
        if turn.by.staff is not None
        else own.filter(granted_by_staff__isnull=True, granted_by=turn.by.name[:120])
    )
    # Everybody's goodwill on the complaint counts, so that a gift cannot be split among colleagues.
    given_on_complaint = _total(own.filter(complaint=complaint))
    limits.check_authority(
        asked=amount,
        given_on_complaint=given_on_complaint,
        given_today=_total(mine.filter(granted_on=today)),
        allowed=allowance(complaint, turn.by.roles),
        currency=currency,
        who_may=_who_may(turn, amount + given_on_complaint),
    )


def _lock_giver(turn: Turn) -> None:
    """A write on the giver's row: two gifts at one moment on two complaints would not see each other."""
    if turn.by.staff is not None:
        StaffMember.objects.filter(pk=turn.by.staff.pk).update(on_duty=F("on_duty"))


def _total(rows: QuerySet[Compensation]) -> Decimal:
    found = rows.aggregate(total=Sum("face"))["total"]
    return found if found is not None else Decimal(0)


def _who_may(turn: Turn, amount: Decimal) -> str:
    """The nearest role whose limit is high enough for the whole, with the name of somebody else."""
    complaint = turn.complaint
    today = houses.local_date(houses.profile_of(complaint.property_code), turn.now)
    for role in limits.LADDER:
        allowed = allowance(complaint, (role.value,))
        if allowed is None or allowed >= amount:
            people = [
                p for p in houses.staff_in(complaint.property_code, role, today=today) if p != turn.by.staff
            ]
            if not people and turn.by.staff is not None and turn.by.staff.has_role(role):
                continue  # because nobody is told to ask oneself
            return f"{people[0].name} ({role.label})" if people else str(role.label)
    return str(Role.GENERAL_MANAGER.label)
