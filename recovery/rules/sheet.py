"""The morning sheet: when it comes, whom it concerns, and what the desk says to who leaves today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from ..choices import House, Role

#: One mail for each of these; a person gets it with the first that is theirs. Numbers are stored in
#: outbox rows: new ones go to the end.
DEPARTMENTS: tuple[Role, ...] = (
    Role.GENERAL_MANAGER,
    Role.DUTY_MANAGER,
    Role.FRONT_DESK,
    Role.HOUSEKEEPING,
    Role.ENGINEERING,
    Role.FOOD_BEVERAGE,
    Role.SECURITY,
    Role.RESERVATIONS,
    Role.FINANCE,
    Role.LOYALTY,
)
#: Whom every line concerns: they meet every guest.
SEES_ALL = frozenset({Role.GENERAL_MANAGER.value, Role.DUTY_MANAGER.value, Role.FRONT_DESK.value})
MANAGERS = frozenset({Role.GENERAL_MANAGER.value, Role.DUTY_MANAGER.value})
AT, AT_IN_SMALL_HOUSE = dt.time(7), dt.time(8)
#: A sheet that comes later than this tells of a morning that is over.
USELESS_AFTER = dt.timedelta(hours=5)


def comes_at(house: House, chosen: dt.time | None) -> dt.time:
    """The time on the property's wall."""
    return chosen or (AT_IN_SMALL_HOUSE if house == House.SMALL else AT)


def departments(house: House) -> tuple[int, ...]:
    """Numbers of the departments that get a mail. A small house has one: the manager's."""
    return (1,) if house == House.SMALL else tuple(range(len(DEPARTMENTS)))


def department_of(roles: Collection[str]) -> int | None:
    """The department with which a person gets the mail, once however many roles they have."""
    return next((number for number, role in enumerate(DEPARTMENTS) if role.value in roles), None)


def concerns(line_roles: Iterable[str], roles: Collection[str] | None) -> bool:
    """Whether a line is for somebody in these roles; ``None``: for whoever may see everything."""
    return roles is None or bool(SEES_ALL & set(roles)) or bool(set(line_roles) & set(roles))


def line_to_say(*, solved: bool, told: bool, harm: bool) -> str:
    """Which sentence the desk says at departure: a key of ``sheet_words``."""
    if harm:
        return "say_manager"
    if told:
        return "say_told"
    return "say_solved" if solved else "say_open"
