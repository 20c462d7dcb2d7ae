"""Whether a house can be left alone."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from recovery.choices import House, Role
from recovery.rules.readiness import Facts, Person, check


def person(*roles: Role, **given: Any) -> Person:
    values: dict[str, Any] = {
        "name": "Tom Ridley",
        "roles": tuple(role.value for role in roles),
        "on_duty": True,
        "on_call": False,
        "phone": "+44 7700 900101",
        "email": "",
    }
    return Person(**(values | given))


READY = Facts(
    house=House.HOTEL,
    people=(
        person(Role.FRONT_DESK),
        person(Role.DUTY_MANAGER),
        person(Role.GENERAL_MANAGER),
        person(Role.HOUSEKEEPING),
    ),
    roles_with_limit=frozenset(Role.values),
    has_brand=True,
    sender="desk@quay.example",
    playbooks=21,
)


def wrong(**given: Any) -> dict[str, str]:
    """The lines that are not ready, with their fix."""
    return {line.key: line.fix for line in check(dataclasses.replace(READY, **given)) if not line.ok}


def test_a_whole_house_is_ready() -> None:
    assert wrong() == {}


def test_a_small_house_needs_two_roles_and_one_manager_of_any_title() -> None:
    people = (person(Role.FRONT_DESK), person(Role.DUTY_MANAGER))

    assert wrong(house=House.SMALL, people=people) == {}
    assert "roles" in wrong(house=House.HOTEL, people=people)


def test_one_person_can_be_a_small_house() -> None:
    for other in (Role.FRONT_DESK, Role.DUTY_MANAGER):
        assert wrong(house=House.SMALL, people=(person(other, Role.GENERAL_MANAGER),)) == {}
    assert "roles" in wrong(house=House.SMALL, people=(person(Role.GENERAL_MANAGER),))


def asleep(**given: Any) -> tuple[Person, ...]:
    return tuple(
        dataclasses.replace(p, on_duty=False, **given) if {"DM", "GM"} & set(p.roles) else p
        for p in READY.people
    )


def test_a_night_without_a_manager_is_not_ready() -> None:
    assert "on call" in wrong(people=asleep())["night manager"]


def test_a_manager_on_call_is_enough() -> None:
    assert wrong(people=asleep(on_call=True)) == {}


def test_a_manager_who_cannot_be_reached_is_none() -> None:
    assert "telephone" in wrong(people=asleep(on_call=True, phone=""))["night manager"]


def test_an_address_reaches_a_manager_as_well_as_a_telephone() -> None:
    assert wrong(people=asleep(on_call=True, phone="", email="tom@quay.example")) == {}


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"people": READY.people[:2]}, "signature"),
        ({"roles_with_limit": frozenset({"DM", "GM", "FD"})}, "limits"),
        ({"sender": ""}, "sender"),
        ({"has_brand": False}, "sender"),
        ({"playbooks": 0}, "playbooks"),
    ],
)
def test_what_is_missing_is_said_with_what_to_do(given: dict[str, Any], key: str) -> None:
    assert wrong(**given)[key]


def test_the_limit_of_any_employee_counts_for_who_has_no_other() -> None:
    assert wrong(roles_with_limit=frozenset({"EMP", "DM", "GM"})) == {}
