"""Due times follow the hotel's clock, which a demonstration can move; leases follow the real one."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from recovery import clock
from recovery.actions import HANDLERS
from recovery.choices import Channel, OutboxState
from recovery.models import Letter, OutboxMessage
from recovery.outbox import claim, relay
from tests.factories import House, make_complaint
from tests.outbox import scene
from tests.smtp_sink import Sink

_travelled = dt.timedelta(0)


def travel(real: dt.datetime) -> dt.datetime:
    """What ``RECOVERY["CLOCK"]`` names."""
    return real + _travelled


@pytest.fixture
def machine(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Moves the hotel's clock."""
    settings.DEBUG = True
    settings.RECOVERY = {**settings.RECOVERY, "CLOCK": "tests.outbox.test_clock.travel"}

    def go(**by: float) -> None:
        monkeypatch.setattr(sys.modules["tests.outbox.test_clock"], "_travelled", dt.timedelta(**by))

    go()
    return go


def test_a_mail_that_waits_goes_once_the_hotels_clock_says_so(house: House, sink: Sink, machine: Any) -> None:
    make_complaint(house=house, channel=Channel.EMAIL)
    assert not scene.deliver().sent

    machine(minutes=3)

    assert scene.deliver().sent == 1
    assert len(sink.mails) == 1
    assert Letter.objects.get().sent_at > clock.database_now() + dt.timedelta(minutes=2)


def test_travelling_ends_no_lease(house: House, sink: Sink, machine: Any) -> None:
    scene.promise_receipt(house)
    (mine,) = claim.claim(ids=None, using="default", limit=10)

    machine(days=400)

    assert relay.sweep_chunks() == []
    assert not claim.claim(ids=None, using="default", limit=10)
    assert claim.fence(mine, using="default")
    lease = scene.fresh(mine).lease_until
    assert lease is not None
    assert abs(lease - clock.database_now() - dt.timedelta(seconds=300)) < dt.timedelta(seconds=30)


def test_travelling_past_its_time_makes_a_mail_too_late(house: House, sink: Sink, machine: Any) -> None:
    message = scene.promise_receipt(house)

    machine(hours=5)
    relay.drain(handlers=HANDLERS)

    assert scene.fresh(message).state == OutboxState.TOO_LATE
    assert not sink.mails


def test_the_clock_of_this_machine_decides_nothing(house: House, sink: Sink) -> None:
    """An application server whose clock is an hour fast sends nothing twice and nothing early."""
    import time_machine

    message = scene.promise_receipt(house)
    claim.claim(ids=None, using="default", limit=10)
    if connection.vendor == "sqlite":
        pytest.skip("SQLite runs in this process: its clock is this machine's")

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)):
        assert not scene.deliver().sent
        assert abs(clock.now() - dt.datetime.now(dt.UTC)) > dt.timedelta(minutes=59)

    assert scene.fresh(message).state == OutboxState.DUE


def test_the_clock_is_aware_and_in_utc() -> None:
    now = clock.now()

    assert now.tzinfo is dt.UTC
    assert abs(now - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_the_clock_moves_inside_a_transaction() -> None:
    from django.db import transaction

    with transaction.atomic():
        first = clock.now()
        while clock.now() == first:
            pass  # because it would stand still for ever if it were the transaction's


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/St_Johns"])
def test_without_time_zones_the_clock_is_still_right(zone: str, child_env: dict[str, str]) -> None:
    script = f"""
import datetime as dt, django
from django.conf import settings
from tests.settings import DATABASES
settings.configure(DATABASES=DATABASES, USE_TZ=False, TIME_ZONE={zone!r}, INSTALLED_APPS=[])
django.setup()
from recovery import clock
now = clock.now()
assert abs(now - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5), now
assert clock.stored(now).tzinfo is None
assert clock.aware(clock.stored(now)) == now
"""
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=child_env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_what_a_visitor_has_chosen_moves_no_stored_moment(settings: Any) -> None:
    """A middleware that activates the visitor's zone must not change what a host without zones stores."""
    settings.USE_TZ = False
    now = clock.now()
    plain = clock.stored(now)

    with timezone.override("Asia/Kathmandu"):
        assert clock.stored(now) == plain
        assert clock.aware(plain) == now


def test_a_lease_is_as_long_as_the_setting_says(house: House, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "LEASE": 7}
    scene.promise_receipt(house)
    before = clock.database_now()

    claim.claim(ids=None, using="default", limit=1)

    lease = OutboxMessage.objects.get().lease_until
    assert lease is not None
    assert dt.timedelta(seconds=6) < lease - before < dt.timedelta(seconds=17)
