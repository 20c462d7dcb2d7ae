"""The balance of a certificate is the sum of its ledger, whatever happens to it in whatever order."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recovery import actions
from recovery.actions import Actor
from recovery.actions.links import code_of
from recovery.errors import RecoveryError
from recovery.hotel import Stay, StayStatus
from recovery.models import Certificate
from tests import factories as make
from tests.factories import House
from tests.hotel_double import HOTEL

from . import travel

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("redeem"), st.integers(0, 4)),
        st.tuples(st.just("reverse"), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.sampled_from([1, 60, 800, 100])),
        st.tuples(st.just("expire"), st.just(0)),
        st.tuples(st.just("void"), st.just(0)),
    ),
    min_size=1,
    max_size=9,
)


@dataclass
class Model:
    """What a certificate is, in ten lines of plain Python."""

    face: int
    last: dt.date
    left: int = field(init=False)
    taken: list[int] = field(default_factory=list)
    returned: set[int] = field(default_factory=set)
    void: bool = False
    expired: bool = False

    def __post_init__(self) -> None:
        self.left = self.face

    def redeem(self, nights: int, today: dt.date) -> bool:
        in_time = not self.expired and today <= self.last + dt.timedelta(days=30)
        good = not self.void and in_time and 1 <= nights <= self.left
        if good:
            self.left -= nights
            self.taken.append(nights)
        return good

    def reverse(self, number: int, today: dt.date) -> bool:
        good = not self.void and number < len(self.taken) and number not in self.returned
        if good:
            self.returned.add(number)
            self.left += self.taken[number]
            self.last = max(self.last, today + dt.timedelta(days=90))
            self.expired = False
        return good

    def expire(self, now: dt.datetime) -> int:
        due = (now - dt.timedelta(hours=12)).date() > self.last + dt.timedelta(days=30)
        if not due or self.void or self.expired or not self.left:
            return 0
        self.left, self.expired = 0, True
        return 1

    def withdraw(self) -> bool:
        good = not self.void
        if good:
            self.left, self.void = 0, True
        return good


class Case:
    """One certificate and its model, side by side."""

    def __init__(self, house: House, nights: int) -> None:
        self.house = house
        self.certificate = make.make_certificate(
            house=house, complaint=make.make_complaint(house=house), nights=nights
        )
        self.model = Model(nights, self.certificate.last_arrival_on)

    def step(self, what: str, number: int) -> None:
        today = travel.now().astimezone(travel.BRISTOL).date()
        if what == "wait":
            travel.later(days=number)
        elif what == "redeem":
            assert self._redeem(number, today) is self.model.redeem(number, today)
        elif what == "reverse":
            assert self._reverse(number) is self.model.reverse(number, today)
        elif what == "void":
            assert self._void() is self.model.withdraw()
        else:
            found = actions.expire_due_certificates(by=Actor.system(), now=travel.now())
            assert found == self.model.expire(travel.now())

    def _redeem(self, nights: int, today: dt.date) -> bool:
        HOTEL.put(_stay(today))
        return _works(
            lambda: actions.redeem_certificate(
                by=self.house.by_desk, stay_ref="TODAY", code=code_of(self.certificate), nights=nights
            )
        )

    def _reverse(self, number: int) -> bool:
        entries = list(self.certificate.entries.filter(kind="redeem").order_by("seq"))
        if number >= len(entries):
            return False
        return _works(
            lambda: actions.reverse_redemption(
                entry=entries[number], by=self.house.by_manager, reason="trip cancelled"
            )
        )

    def _void(self) -> bool:
        return _works(
            lambda: actions.void_certificate(
                certificate=self.certificate, by=self.house.by_manager, reason="issued twice"
            )
        )

    def check(self) -> None:
        row = Certificate.objects.get(pk=self.certificate.pk)
        entries = list(row.entries.order_by("seq"))
        assert row.nights_left == self.model.left == sum(entry.nights for entry in entries)
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
        assert row.last_arrival_on == self.model.last
        assert (row.void_at is not None, row.expired_at is not None) == (self.model.void, self.model.expired)


def _stay(today: dt.date) -> Stay:
    return Stay(
        ref="TODAY",
        property_code="QUAY",
        guest=None,
        arrival_on=today,
        departure_on=today + dt.timedelta(days=9),
        status=StayStatus.BOOKED,
    )


def _works(call: object) -> bool:
    try:
        call()  # type: ignore[operator]
    except RecoveryError:
        return False
    return True


class _Undo(Exception):
    """Ends an example whose writes shall not stay."""


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nights=st.integers(1, 3), steps=STEPS)
def test_the_ledger_adds_up_to_the_balance(quay: House, nights: int, steps: list[tuple[str, int]]) -> None:
    travel.go_to(travel.WEDDING)
    with suppress(_Undo), transaction.atomic():
        case = Case(quay, nights)
        for what, number in steps:
            case.step(what, number)
            case.check()
        raise _Undo
