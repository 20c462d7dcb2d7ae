"""The end of a shift: everything that a person has open is offered, once."""

from __future__ import annotations

import pytest

from recovery import actions
from recovery.choices import Category
from recovery.errors import AlreadyTheirs, NotAllowed, OwnerNotHere, RequestKeyReused
from recovery.models import StaffMember, Task
from tests import factories as make
from tests.factories import House

from . import calls


@pytest.fixture
def evening(quay: House) -> House:
    """The desk has two conversations open."""
    for ref in (make.LOST, make.BY_AGENCY):
        make.make_complaint(house=quay, category=Category.NOISE, stay_ref=ref)
    return quay


def offer(house: House, **given: object) -> int:
    return actions.hand_over_all(giver=house.desk, by=house.by_desk, property_code="QUAY", **given)  # type: ignore[arg-type]


def test_the_same_key_offers_nothing_more(evening: House) -> None:
    assert offer(evening, request_key="1") == 2
    make.make_complaint(house=evening, category=Category.WIFI, stay_ref=make.RETURN)
    before = calls.contents()

    assert offer(evening, request_key="1") == 2

    assert calls.contents() == before
    assert offer(evening, request_key="2") == 3


def test_the_same_key_for_another_receiver_is_refused(evening: House) -> None:
    offer(evening, request_key="1")

    with pytest.raises(RequestKeyReused):
        offer(evening, request_key="1", receiver=evening.manager)


@pytest.mark.parametrize("request_key", [None, "1"])
def test_one_that_nobody_can_take_keeps_no_other_from_being_offered(
    evening: House, request_key: str | None
) -> None:
    first = Task.objects.order_by("pk")[0].complaint
    first.named_staff.add(*StaffMember.objects.exclude(pk=evening.desk.pk))

    assert offer(evening, request_key=request_key) == 1

    assert not Task.objects.filter(complaint=first, kind="hand_over").exists()


@pytest.mark.parametrize("request_key", [None, "1"])
def test_a_receiver_who_cannot_have_it_is_a_slip_and_offers_nothing(
    evening: House, request_key: str | None
) -> None:
    elsewhere = make.make_staff(name="Kirsten Bak", houses=("STRAND",))
    before = calls.contents()

    with pytest.raises(AlreadyTheirs):
        offer(evening, request_key=request_key, receiver=evening.desk)
    with pytest.raises(OwnerNotHere):
        offer(evening, request_key=request_key, receiver=elsewhere)

    assert calls.contents() == before


def test_whoever_may_not_hand_over_offers_nothing(evening: House) -> None:
    user = make.make_user(username="reader")
    before = calls.contents()

    with pytest.raises(NotAllowed):
        actions.hand_over_all(giver=evening.desk, by=actions.Actor.for_user(user), request_key="1")

    assert calls.contents() == before
