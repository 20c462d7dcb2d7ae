"""Who may give how much without asking: the higher of share and amount, a complaint and a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..choices import Category, Layer, RemedyKey, Role, Stance
from ..errors import AboveAuthority, NoTariffOnHarm
from . import money
from .severity import rule_for

#: The person above, in the order in which to ask.
LADDER: tuple[Role, ...] = (Role.FRONT_DESK, Role.DUTY_MANAGER, Role.GENERAL_MANAGER)


#: Of what a playbook gives unasked, these are gifts; rooms and rides cost what they cost.
GIFTS = frozenset({RemedyKey.DINNER, RemedyKey.FREE_NIGHT})
#: Gifts that nobody is asked for, together: a dinner and a free night, as a share of a night's rate.
GIFTS_PERCENT = Decimal(160)


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One authority row, as plain values."""

    role: Role
    share_percent: Decimal | None
    amount: Decimal | None
    currency: str
    unlimited: bool


def allowance(
    limits: Iterable[Limit], *, roles: Sequence[str], rate: Decimal | None, currency: str
) -> Decimal | None:
    """The most that a person in these roles may give; ``None`` means no limit.

    A limit in another currency counts by its share alone: amounts are never converted.
    """
    best = Decimal(0)
    for limit in limits:
        if limit.role.value not in roles:
            continue
        if limit.unlimited:
            return None
        if limit.share_percent is not None and rate is not None:
            best = max(best, money.share(rate, limit.share_percent, currency))
        if limit.amount is not None and limit.currency == currency:
            best = max(best, limit.amount)
    return best


def check_authority(
    *,
    asked: Decimal,
    given_on_complaint: Decimal,
    given_today: Decimal,
    allowed: Decimal | None,
    currency: str,
    who_may: str,
) -> None:
    """Refuse what is above a person's limit, counting what they gave already.

    :raises AboveAuthority: if this complaint or this day would exceed the limit; names who may.
    """
    if allowed is None:
        return
    if asked + max(given_on_complaint, given_today) > allowed:
        raise AboveAuthority(
            amount=money.format_amount(asked, currency, "en"),
            limit=money.format_amount(allowed, currency, "en"),
            who=who_may,
        )


def is_in_bundle(
    remedy: RemedyKey, *, units: int, asked: Decimal, given: Decimal, rate: Decimal | None, currency: str
) -> bool:
    """Whether a playbook's pre-approval covers this: one night, one dinner, together 160 % of a night.

    ``given``: gifts that it covered before. Without a rate nobody can tell, so somebody is asked.
    """
    if remedy not in GIFTS:
        return True
    if remedy == RemedyKey.FREE_NIGHT and units != 1:
        return False
    return rate is not None and asked + given <= money.share(rate, GIFTS_PERCENT, currency)


def check_goodwill(*, category: Category, layer: Layer, stance_decided: bool, stance: Stance) -> None:
    """:raises NoTariffOnHarm: if goodwill is talked about while a harm's stance is open."""
    if layer == Layer.GOODWILL and rule_for(category).harm and not stance_decided:
        raise NoTariffOnHarm(category=category.label)
