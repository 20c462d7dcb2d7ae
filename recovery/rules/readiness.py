"""Whether a house can be left alone at three in the morning: plain facts in, a line for each question out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..choices import House, Role

#: Who meets guests: whoever does may put something small right without asking.
GUEST_CONTACT = (
    Role.FRONT_DESK,
    Role.HOUSEKEEPING,
    Role.ENGINEERING,
    Role.FOOD_BEVERAGE,
    Role.SECURITY,
    Role.RESERVATIONS,
    Role.LOYALTY,
    Role.DUTY_MANAGER,
    Role.GENERAL_MANAGER,
)
#: What must be staffed. Housekeeping and repairs are often another firm, so nobody is missed there.
NEEDED = (Role.FRONT_DESK, Role.DUTY_MANAGER, Role.GENERAL_MANAGER)
_MANAGERS = frozenset({Role.DUTY_MANAGER.value, Role.GENERAL_MANAGER.value})


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works at the house today."""

    name: str
    roles: Collection[str]
    on_duty: bool
    on_call: bool
    phone: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known about one house."""

    house: House
    people: Sequence[Person]
    #: Roles that may give something without asking.
    roles_with_limit: Collection[str]
    has_brand: bool
    sender: str
    #: Kinds of failure for which a playbook is there.
    playbooks: int


@dataclass(frozen=True, kw_only=True)
class ReadyLine:
    """One question. ``found``: what is there; ``fix``: what to do where it is not."""

    key: str
    ok: bool
    found: str
    fix: str = ""


def check(facts: Facts) -> list[ReadyLine]:
    """Every question about a house, in the order in which a person would put things right."""
    return [
        _roles(facts),
        _night(facts),
        _signatory(facts),
        _limits(facts),
        _sender(facts),
        _playbooks(facts),
    ]


def _roles(facts: Facts) -> ReadyLine:
    held = {role for person in facts.people for role in person.roles}
    missing = [role for role in NEEDED if role.value not in held]
    if facts.house == House.SMALL and held & _MANAGERS and len(missing) <= 1:
        missing = []  # because in a small house two roles are enough, and one person may have both
    if missing:
        names = ", ".join(str(role.label) for role in missing)
        return _not(
            "roles", f"nobody is {names}", "Add somebody under Staff; one person may have both roles."
        )
    return _ok("roles", f"{len(facts.people)} people, every needed role is there")


def _night(facts: Facts) -> ReadyLine:
    """Somebody who may decide can be reached now, however late it is."""
    managers = [person for person in facts.people if _MANAGERS & set(person.roles)]
    here = [person for person in managers if person.on_duty or person.on_call]
    reached = [person for person in here if person.phone or person.email]
    if reached:
        how = "on duty" if reached[0].on_duty else "on call"
        return _ok("night manager", f"{reached[0].name}, {how}, {reached[0].phone or reached[0].email}")
    if here:
        fix = f"Enter a telephone number for {here[0].name} under Staff."
        return _not("night manager", f"{here[0].name} has neither telephone nor e-mail", fix)
    fix = "Tick “on duty” or “on call” for a duty manager under Staff, or let the adapter's roster say so."
    return _not("night manager", "no manager is on duty or on call", fix)


def _signatory(facts: Facts) -> ReadyLine:
    wanted = _MANAGERS if facts.house == House.SMALL else frozenset({Role.GENERAL_MANAGER.value})
    signs = [person for person in facts.people if wanted & set(person.roles)]
    if signs:
        return _ok("signature", f"{signs[0].name} signs grave letters")
    return _not("signature", "nobody may sign a grave letter", "Give somebody the role general manager.")


def _limits(facts: Facts) -> ReadyLine:
    held = {role for person in facts.people for role in person.roles}
    # “Any employee” counts for everybody who has no limit of their own.
    everybody = Role.EMPLOYEE.value in facts.roles_with_limit
    powerless = [
        role
        for role in GUEST_CONTACT
        if role.value in held and role.value not in facts.roles_with_limit and not everybody
    ]
    if powerless:
        names = ", ".join(str(role.label) for role in powerless)
        fix = "Add an authority limit above zero for them; recovery_init makes the usual ones."
        return _not("limits", f"{names} may give nothing", fix)
    return _ok("limits", "whoever meets a guest may put something right without asking")


def _sender(facts: Facts) -> ReadyLine:
    if facts.has_brand and facts.sender:
        return _ok("sender", facts.sender)
    return _not("sender", "letters have no sender", "Fill in name and sender under Brands.")


def _playbooks(facts: Facts) -> ReadyLine:
    if facts.playbooks:
        return _ok("playbooks", f"{facts.playbooks} playbook(s)")
    return _not("playbooks", "there is no playbook", "Install the package again: its playbooks are missing.")


def _ok(key: str, found: str) -> ReadyLine:
    return ReadyLine(key=key, ok=True, found=found)


def _not(key: str, found: str, fix: str) -> ReadyLine:
    return ReadyLine(key=key, ok=False, found=found, fix=fix)
