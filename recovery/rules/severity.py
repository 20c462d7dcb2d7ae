"""How grave a failure is to start with, and which categories are core or harmful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..choices import Category, GuestType, Severity, Stance


@dataclass(frozen=True, kw_only=True)
class CategoryRule:
    """What is true of every complaint of a category before anybody chooses."""

    start: Severity
    #: Where it begins when the guest must be somewhere on time, and for whom it is worse. Never 5: that is
    #: for no room, safety, health and law, and not for circumstances.
    with_deadline: Severity | None = None
    by_guest: Mapping[GuestType, Severity] = field(default_factory=dict)
    #: Core failures cannot be rated lower than they start: no room is never "medium" (S4-07).
    core: bool = False
    #: Harm has no tariff: no goodwill before the stance is decided.
    harm: bool = False
    #: The stance to start from. Harm starts at regret whatever anybody thinks at midnight.
    stance: Stance = Stance.REGRET


_PLAIN = CategoryRule(start=Severity.IMPAIRED)

RULES: dict[Category, CategoryRule] = {
    Category.LOST_RESERVATION: CategoryRule(start=Severity.GRAVE, core=True, stance=Stance.RESPONSIBILITY),
    Category.POWER: CategoryRule(start=Severity.TOUCHED),
    Category.NOISE: CategoryRule(start=Severity.TOUCHED),
    Category.DIRTY_ROOM: CategoryRule(start=Severity.TOUCHED, stance=Stance.RESPONSIBILITY),
    Category.BROKEN_ROOM: CategoryRule(start=Severity.TOUCHED, stance=Stance.RESPONSIBILITY),
    Category.BILLING: CategoryRule(start=Severity.TOUCHED),
    Category.SLOW_SERVICE: CategoryRule(
        start=Severity.IRRITATION, with_deadline=Severity.TOUCHED, stance=Stance.RESPONSIBILITY
    ),
    Category.STAFF_CONDUCT: CategoryRule(start=Severity.TOUCHED),
    Category.SAFETY: CategoryRule(start=Severity.GRAVE, core=True, harm=True),
    Category.LOST_PROPERTY: CategoryRule(start=Severity.IMPAIRED),
    Category.AMENITY: CategoryRule(start=Severity.IMPAIRED),
    Category.PESTS: CategoryRule(start=Severity.LOST, stance=Stance.RESPONSIBILITY),
    Category.WIFI: CategoryRule(
        start=Severity.IRRITATION, with_deadline=Severity.TOUCHED, stance=Stance.RESPONSIBILITY
    ),
    Category.MISSED_PROMISE: CategoryRule(
        start=Severity.IMPAIRED, with_deadline=Severity.LOST, stance=Stance.RESPONSIBILITY
    ),
    Category.RULE_SAYS_NO: CategoryRule(start=Severity.IMPAIRED),
    Category.NOT_AS_BOOKED: CategoryRule(
        start=Severity.IMPAIRED,
        by_guest={GuestType.ACCESSIBLE: Severity.LOST},
        stance=Stance.RESPONSIBILITY,
    ),
    Category.PRIVACY: CategoryRule(start=Severity.LOST, harm=True),
    Category.DAMAGE: CategoryRule(start=Severity.IMPAIRED),
    Category.SMELL: CategoryRule(start=Severity.IMPAIRED, stance=Stance.RESPONSIBILITY),
}


def rule_for(category: Category) -> CategoryRule:
    return RULES.get(category, _PLAIN)


def is_no_walk(category: Category, *, room_was_free: bool) -> bool:
    """Whether a lost reservation was found while a room is free: checked in at once, severity 2 or 3."""
    return room_was_free and category == Category.LOST_RESERVATION


def starting_severity(
    category: Category,
    *,
    chosen: Severity | None,
    room_was_free: bool = False,
    guest_type: GuestType = GuestType.UNKNOWN,
    has_deadline: bool = False,
) -> Severity:
    """The severity of a new complaint: where its kind begins, unless a person judges.

    A lost reservation that was found while a room is free is checked in at once and is no walk.
    """
    rule = rule_for(category)
    if is_no_walk(category, room_was_free=room_was_free):
        return min(max(chosen or Severity.IMPAIRED, Severity.IMPAIRED), Severity.TOUCHED)
    if rule.core:
        return rule.start
    if chosen is not None:
        return chosen
    worse = [rule.with_deadline] if has_deadline else []
    return max(found for found in (rule.start, *worse, rule.by_guest.get(guest_type)) if found is not None)
