"""Waking Celery: whom, how, and never in a request."""

from __future__ import annotations

import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Celery, _state
from django.apps import apps
from django.db import transaction

from recovery import tasks
from recovery.choices import Channel, Lane
from recovery.models import Complaint
from recovery.outbox.publisher import Publisher
from recovery.signals import outbox_committed
from tests.factories import House, make_complaint
from tests.outbox import scene
from tests.smtp_sink import Sink

ROOT = Path(__file__).resolve().parents[2]
SOON = 10.0


@pytest.fixture
def celery(monkeypatch: pytest.MonkeyPatch) -> Iterator[Celery]:
    """A host's Celery app with a broker in memory."""
    app = Celery("host", broker="memory://", set_as_current=False)
    monkeypatch.setattr(tasks, "_host_app", app)
    monkeypatch.setattr(tasks, "_connection", None)
    monkeypatch.setattr(_state._tls, "current_app", app)
    # The broker in memory is one for the whole process: what earlier tests left in it is not ours.
    for name in ("celery", "now"):
        published(app, name)
    yield app
    tasks.forget_connection()


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    """A publisher of this test's own, where the app looks for its publisher."""
    config = apps.get_app_config("recovery")
    fresh = Publisher(publish=config.publisher._publish, chunk=25)
    monkeypatch.setattr(config, "publisher", fresh)
    return fresh


def published(app: Celery, name: str = "celery") -> list[tuple[str, Any]]:
    """Task and arguments of every message in a queue."""
    found = []
    with app.connection_for_read() as connection:
        box = connection.SimpleQueue(name)
        while True:
            try:
                message = box.get(block=False)
            except queue.Empty:
                return found
            message.ack()
            args, kwargs, _embed = message.payload
            assert kwargs == {}
            found.append((message.headers["task"], args))


def commit(lane: Lane = Lane.NORMAL, ids: tuple[int, ...] = (7, 8)) -> None:
    transaction.on_commit(
        lambda: outbox_committed.send(sender=None, ids=list(ids), lane=lane, using="default")
    )


# --- what is published ---------------------------------------------------------------------------


def test_a_commit_publishes_ids_and_nothing_else(celery: Celery, publisher: Publisher) -> None:
    commit()

    assert publisher.flush(patience=SOON)
    assert published(celery) == [("recovery.deliver", [[7, 8]])]


def test_each_lane_can_have_a_queue_of_its_own(celery: Celery, publisher: Publisher, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "QUEUES": {"urgent": "now"}}

    commit(Lane.URGENT)
    commit(Lane.NORMAL)

    assert publisher.flush(patience=SOON)
    assert published(celery, "now") == [("recovery.deliver", [[7]]), ("recovery.deliver", [[8]])]
    assert published(celery) == [("recovery.deliver", [[7, 8]])]


def test_a_sweep_publishes_to_the_same_queues(house: House, celery: Celery, settings: Any) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "QUEUES": {"urgent": "now"}}
    message = scene.promise_receipt(house)

    tasks.sweep()

    assert published(celery, "now") == [("recovery.deliver", [[message.pk]])]


@pytest.mark.parametrize(
    ("wake", "broker", "eager", "wakes"),
    [
        ("auto", "memory://", False, True),
        ("auto", None, False, False),
        ("auto", "memory://", True, False),
        ("celery", "memory://", False, True),
        ("none", "memory://", False, False),
    ],
)
def test_who_is_woken_is_a_setting(
    celery: Celery,
    publisher: Publisher,
    settings: Any,
    wake: str,
    broker: str | None,
    eager: bool,
    wakes: bool,
) -> None:
    settings.RECOVERY = {**settings.RECOVERY, "WAKE": wake}
    celery.conf.broker_url, celery.conf.task_always_eager = broker, eager

    commit()

    assert publisher.flush(patience=SOON)
    assert (tasks._connection is not None) is wakes
    if wakes:
        assert published(celery) == [("recovery.deliver", [[7, 8]])]


def test_a_host_without_any_celery_app_is_left_alone(publisher: Publisher) -> None:
    script = """
import threading, django
from celery import Celery, _state
django.setup()
from recovery import tasks
from recovery.choices import Lane
tasks.publish([1], Lane.NORMAL)
assert _state.default_app is None, "an empty app was made for the host"

host = Celery("host", broker="memory://", set_as_current=False)
seen = []
thread = threading.Thread(target=lambda: seen.append(_state.get_current_app()))
thread.start(); thread.join()
assert seen == [host], seen
tasks.publish([1], Lane.NORMAL)
assert tasks._connection is not None
"""
    run_alone(script)


def test_a_host_whose_app_is_made_first_is_remembered() -> None:
    script = """
import django
from celery import Celery
host = Celery("host", broker="memory://")
other = Celery("other", broker="memory://", set_as_current=False)
django.setup()
from recovery import tasks
assert tasks._host_app is host
"""
    run_alone(script)


def run_alone(script: str) -> None:
    """In a process of its own, because Celery keeps its apps in globals."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


# --- a broker that does not work -----------------------------------------------------------------


@pytest.fixture
def silent_port() -> Iterator[tuple[int, threading.Event]]:
    """A port that accepts and never says a word; the event is set once somebody has come."""
    came, held = threading.Event(), []
    server = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while True:
            try:
                held.append(server.accept()[0])
            except OSError:
                return
            came.set()

    threading.Thread(target=accept, daemon=True).start()
    yield server.getsockname()[1], came
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    for line in held:
        line.close()


def test_a_silent_broker_holds_up_the_publisher_and_no_request(
    house: House, celery: Celery, publisher: Publisher, silent_port: tuple[int, threading.Event]
) -> None:
    port, came = silent_port
    celery.conf.broker_url = f"amqp://guest:guest@127.0.0.1:{port}//"
    commit()
    assert came.wait(SOON), "the publisher is waiting for the broker now"

    complaint = make_complaint(house=house, channel=Channel.EMAIL)
    commit()

    assert not publisher.flush(patience=0), "and it still is"
    assert Complaint.objects.filter(pk=complaint.pk).exists()


def test_a_broker_that_refuses_is_the_publishers_trouble_alone(
    house: House, sink: Sink, celery: Celery, publisher: Publisher
) -> None:
    celery.conf.broker_url = "amqp://guest:guest@127.0.0.1:1//"

    message = scene.promise_receipt(house)
    commit()

    assert not publisher.flush(patience=0)
    assert scene.deliver().sent == 1, "a worker that sweeps finds it"
    assert scene.fresh(message).state == "sent"


def test_redis_is_given_the_time_outs_that_it_lacks_unless_the_host_has_set_them(celery: Celery) -> None:
    celery.conf.broker_url = "redis://127.0.0.1:6379/0"
    assert tasks._patience(celery) == {"socket_timeout": 5, "socket_connect_timeout": 5}

    celery.conf.broker_transport_options = {"socket_timeout": 1}
    assert tasks._patience(celery) == {"socket_connect_timeout": 5}


# --- a broker that works -------------------------------------------------------------------------

BROKER = os.environ.get("RECOVERY_TEST_BROKER", "")


@pytest.fixture
def rabbit(celery: Celery) -> Iterator[Celery]:
    celery.conf.broker_url = BROKER
    celery.conf.task_default_queue = f"recovery-test-{os.getpid()}"
    yield celery
    with celery.connection_for_write() as connection:
        connection.default_channel.queue_delete(celery.conf.task_default_queue)


@pytest.mark.rabbitmq
def test_one_connection_and_one_channel_carry_every_wake_up(rabbit: Celery) -> None:
    for number in range(50):
        tasks.publish([number], Lane.NORMAL)

    assert len(tasks._connection.connection.channels) == 2, "the connection's own channel, and ours"
    assert len(published(rabbit, rabbit.conf.task_default_queue)) == 50


@pytest.mark.rabbitmq
def test_a_line_that_was_dropped_while_idle_loses_no_wake_up(rabbit: Celery) -> None:
    tasks.publish([1], Lane.NORMAL)
    tasks._connection.connection.transport.sock.shutdown(socket.SHUT_RDWR)

    tasks.publish([2], Lane.NORMAL)

    found = published(rabbit, rabbit.conf.task_default_queue)
    assert [args for _task, args in found] == [[[1]], [[2]]]


@pytest.mark.rabbitmq
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")
def test_a_forked_child_leaves_its_parents_line_alone(rabbit: Celery) -> None:
    import gc

    def end_of_line() -> Any:
        return tasks._connection.connection.transport.sock.getsockname()

    tasks.publish([1], Lane.NORMAL)
    line = end_of_line()

    child = os.fork()
    if not child:
        mine = tasks._connection
        gc.collect()
        os._exit(0 if mine is None else 1)
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    tasks.publish([2], Lane.NORMAL)

    assert end_of_line() == line, "the parent did not have to connect again"
    assert len(published(rabbit, rabbit.conf.task_default_queue)) == 2
