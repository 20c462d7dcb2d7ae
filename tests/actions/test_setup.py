"""Preparing a property: complete, repeatable, and without touching what a hotel has edited."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import translation

from recovery import actions, errors
from recovery.choices import House as HouseKind
from recovery.choices import RemedyKey, Role
from recovery.hotel import Property
from recovery.models import AuthorityLimit, Brand, HouseProfile, Remedy
from recovery.models.permissions import VERB_PERMISSIONS

from . import calls

pytestmark = pytest.mark.django_db


def prepare(code: str = "QUAY", kind: HouseKind = HouseKind.SMALL) -> list[str]:
    return actions.prepare_property(property_code=code, house=kind)


def test_a_property_starts_with_everything_it_needs() -> None:
    made = prepare()

    profile, brand = HouseProfile.objects.get(), Brand.objects.get()
    assert (profile.time_zone, profile.currency, profile.house) == ("Europe/London", "GBP", "small")
    assert (brand.name, brand.sender_email) == ("The Quayside", "quayside@quay-strand.example")
    assert brand.address_lines == ("3 Lantern Quay", "BS0 3QY Bristol")
    assert set(Remedy.objects.values_list("key", flat=True)) == set(RemedyKey.values)
    assert "house profile QUAY" in made


def test_every_role_with_guest_contact_may_give_something() -> None:
    prepare()

    limits = {row.role: row for row in AuthorityLimit.objects.all()}
    at_the_guest = {Role.EMPLOYEE, Role.FRONT_DESK, Role.HOUSEKEEPING, Role.FOOD_BEVERAGE}
    assert at_the_guest <= set(limits)
    assert all(row.unlimited or (row.share_percent or 0) > 0 for row in limits.values())
    assert limits[Role.GENERAL_MANAGER].unlimited


def test_doing_it_again_makes_nothing() -> None:
    prepare()
    before = calls.contents()

    assert prepare() == []
    assert calls.contents() == before


def test_a_second_property_adds_its_own_house_only() -> None:
    prepare()

    assert prepare("STRAND") == ["house profile STRAND", "brand STRAND"]


def test_what_a_hotel_edited_stays() -> None:
    prepare()
    HouseProfile.objects.update(currency="EUR", desk_opens="06:00", reference_rate=99)
    Brand.objects.update(name="Our own name", sender_email="we@example.com")
    AuthorityLimit.objects.filter(role=Role.FRONT_DESK).update(amount=5, currency="GBP")
    Remedy.objects.filter(key=RemedyKey.DINNER).update(own_cost=Decimal(12), active=False)
    Group.objects.get(name="recovery: front desk").permissions.clear()
    before = calls.contents()

    assert prepare(kind=HouseKind.GROUP) == []
    assert calls.contents() == before
    assert not Group.objects.get(name="recovery: front desk").permissions.exists()


@pytest.mark.parametrize("code", ["NOWHERE", "", "\0", "\ud800", "x" * 1_000_000, "QUAY\n"])
def test_an_unknown_property_is_refused_and_the_known_ones_named(code: str) -> None:
    with pytest.raises(errors.PropertyUnknown) as refusal:
        prepare(code)

    assert "QUAY, STRAND" in refusal.value.sentence
    assert len(refusal.value.sentence.encode()) < 300
    assert not HouseProfile.objects.exists()


def test_an_unknown_kind_of_house_is_refused() -> None:
    with pytest.raises(errors.UnknownChoice):
        prepare(kind="castle")  # type: ignore[arg-type]


def test_a_property_with_the_longest_facts_fits(hotel: Any) -> None:
    hotel.put(
        Property(
            code="C" * 40,
            name="N" * 160,
            time_zone="America/Argentina/ComodRivadavia",
            phone="1" * 40,
            email="e" * 60 + "@example.com",
            address=("A" * 160,) * 8,
        )
    )

    prepare("C" * 40)

    for row in (Brand.objects.get(), HouseProfile.objects.get()):
        for field in row._meta.concrete_fields:
            value = getattr(row, field.attname)
            if field.max_length and isinstance(value, str):
                assert len(value) <= field.max_length, field.name


def test_a_property_without_an_address_of_its_own_is_prepared_without_a_sender(hotel: Any) -> None:
    hotel.put(Property(code="BARE", name="", time_zone="Europe/Paris"))

    prepare("BARE")

    brand = Brand.objects.get()
    assert (brand.sender_email, brand.name) == ("", "BARE")
    assert HouseProfile.objects.get().currency == "EUR"


# --- groups --------------------------------------------------------------------------------------


def verbs_of(group: str) -> set[str]:
    held = Permission.objects.filter(group__name=group).values_list("codename", flat=True)
    return set(held) & {name for name, _label in VERB_PERMISSIONS}


def test_the_general_manager_may_do_everything_a_duty_manager_and_the_desk_nearly() -> None:
    prepare()

    every = {name for name, _label in VERB_PERMISSIONS}
    reserved = {
        "set_stance",
        "void_certificate",
        "redeem_without_code",
        "reverse_redemption",
        "assign",
        "reopen",
        "name_staff",
        "take_back_emergency",
        "edit_playbook",
        "restore_playbook",
        "set_hold",
        "lift_hold",
    }
    house_style = {"word_letter_text", "withdraw_letter_text", "lock_letter_text"}
    assert verbs_of("recovery: general manager") == every
    assert verbs_of("recovery: duty manager") == every - house_style
    assert verbs_of("recovery: front desk") == every - house_style - reserved
    assert verbs_of("recovery: housekeeping") == {
        "open_complaint",
        "log_and_done",
        "ask_next",
        "add_contact",
        "accept_task",
        "start_task",
        "keep_task",
        "hand_over",
        "accept_hand_over",
        "log_duty",
        "record_answers",
        "run_overlay",
        "acknowledge_playbook",
    }


def test_groups_are_the_same_in_every_language() -> None:
    prepare()
    before = set(Group.objects.values_list("name", flat=True))

    with translation.override("da"):
        prepare()

    assert set(Group.objects.values_list("name", flat=True)) == before
    assert all(name.isascii() for name in before)


def test_a_member_of_a_group_may_act(quay: Any) -> None:
    from recovery.actions import Actor
    from tests import factories as make

    user = make.make_user(username="amelia")
    user.groups.add(Group.objects.get(name="recovery: front desk"))
    make.make_staff(name="Amelia", user=user)

    complaint = make.make_complaint(house=quay, by=Actor.for_user(user))

    assert complaint.acknowledged_by == "Amelia"
