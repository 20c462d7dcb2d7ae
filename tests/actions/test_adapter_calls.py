"""The hotel's system is asked before a transaction and never inside one: no network under a lock."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from recovery.actions import Actor
from recovery.hotel import get_hotel
from recovery.models import Complaint
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories as make
from tests.factories import House
from tests.hotel_double import HotelDouble

from . import calls

pytestmark = pytest.mark.django_db(transaction=True)

#: Read without the network: what the class can do.
FREE = {"has", "properties_for"}


class WatchedHotel(HotelDouble):
    """A hotel that notes whether somebody asks it while a transaction is open."""

    watching = False
    asked_inside: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        watched = type(self).watching and callable(found) and not name.startswith("_") and name not in FREE
        if watched and connection.in_atomic_block:
            type(self).asked_inside.append(name)
        return found

    def properties_for(self, user: Any) -> frozenset[str] | None:
        if type(self).watching and connection.in_atomic_block:
            type(self).asked_inside.append("properties_for")
        return super().properties_for(user)


WATCHED = WatchedHotel()


@pytest.fixture
def house(transactional_db: None, settings: Any) -> House:
    WATCHED.reset()
    WatchedHotel.watching, WatchedHotel.asked_inside = False, []
    settings.RECOVERY = {**settings.RECOVERY, "HOTEL": "tests.actions.test_adapter_calls.WATCHED"}
    assert get_hotel() is WATCHED
    return make.make_house()


@pytest.mark.parametrize("name", sorted(calls.CALLS))
def test_no_verb_asks_the_hotel_under_its_lock(house: House, name: str) -> None:
    arguments = calls.CALLS[name](house)
    by = make.make_signed_in(
        username="helen",
        verbs=[verb for verb, _label in VERB_PERMISSIONS],
        roles=tuple(make.Role),
    )
    if name == "stop_writing":
        by = Actor.for_link(arguments["link"])
    WatchedHotel.watching = True

    calls.verb(name)(by=by, **arguments)

    WatchedHotel.watching = False
    assert WatchedHotel.asked_inside == []


def test_the_watch_would_notice(house: House) -> None:
    from django.db import transaction

    WatchedHotel.watching = True
    with transaction.atomic():
        get_hotel().get_stay(make.LOST)
    WatchedHotel.watching = False

    assert WatchedHotel.asked_inside == ["get_stay"]


def test_a_refused_verb_leaves_the_lock_as_it_was(house: House) -> None:
    complaint = make.make_complaint(house=house)
    version = Complaint.objects.get().version

    with pytest.raises(Exception, match="mark solved"):
        make.tell(house=house, complaint=complaint)

    assert Complaint.objects.get().version == version
