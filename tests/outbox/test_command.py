"""``manage.py recovery_relay``: delivery without Celery."""

from __future__ import annotations

import datetime as dt
import os
import signal
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from recovery import clock
from recovery.choices import HeartbeatKind, OutboxState
from recovery.models import Certificate, Heartbeat, OutboxMessage
from tests.factories import House, make_certificate, make_complaint
from tests.outbox import scene
from tests.outbox.conftest import use_smtp
from tests.smtp_sink import Sink


def relay(*arguments: str) -> str:
    out = StringIO()
    call_command("recovery_relay", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("arguments", [(), ("--once",)])
def test_it_delivers_what_is_due_and_says_so_in_one_line(
    house: House, sink: Sink, arguments: tuple[str, ...]
) -> None:
    scene.multiply(scene.promise_receipt(house), 29)

    assert relay(*arguments) == "sent 30, again later 0, failed 0, expired 0\n"
    assert relay(*arguments) == "sent 0, again later 0, failed 0, expired 0\n"
    assert len(sink.mails) == 30


def test_it_leaves_a_sign_of_life_even_when_there_is_nothing_to_do(house: House) -> None:
    relay()

    assert Heartbeat.objects.filter(kind=HeartbeatKind.SWEEP).exists()


def test_it_writes_down_what_has_expired(house: House, sink: Sink) -> None:
    certificate = make_certificate(house=house, complaint=make_complaint(house=house), send=False)
    long_ago = clock.now().date() - dt.timedelta(days=100)
    Certificate.objects.filter(pk=certificate.pk).update(last_arrival_on=long_ago)

    assert "expired 1" in relay()

    certificate.refresh_from_db()
    assert certificate.expired_at is not None
    assert "expired 0" in relay()


def test_it_ends_while_the_mail_server_is_down(house: House, settings: Any) -> None:
    use_smtp(settings, port=1)
    scene.multiply(scene.promise_receipt(house), 60)

    assert relay() == "sent 0, again later 25, failed 0, expired 0\n"
    assert scene.states() == {OutboxState.DUE: 61}
    assert OutboxMessage.objects.filter(last_error="").count() == 36, "one try tells enough"


@pytest.mark.skipif(
    threading.current_thread() is not threading.main_thread(), reason="signals reach the main thread only"
)
def test_it_goes_on_until_it_is_asked_to_end(house: House, sink: Sink) -> None:
    before = signal.getsignal(signal.SIGTERM)
    scene.promise_receipt(house)

    def ask() -> None:
        sink.wait_until(lambda: len(sink.mails) == 1)
        os.kill(os.getpid(), signal.SIGTERM)

    asking = threading.Thread(target=ask)
    asking.start()
    said = relay("--loop", "--interval", "0.05")
    asking.join()

    assert said == "sent 1, again later 0, failed 0, expired 0\n", "it says nothing while nothing happens"
    assert signal.getsignal(signal.SIGTERM) is before


def test_once_and_for_ever_exclude_each_other() -> None:
    with pytest.raises(CommandError):
        relay("--once", "--loop")
