"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command

from recovery import tasks
from recovery.models import Letter, OutboxMessage
from recovery.outbox import publisher
from tests.projects import steps

from .celery import app
from .rows import make_lost_reservation

pytestmark = pytest.mark.django_db(transaction=True)

#: Seconds that a person would not notice.
AT_ONCE = 2.0


@pytest.fixture(autouse=True)
def empty_queues() -> Iterator[None]:
    publisher.flush_installed()
    messages("hotel"), messages("reports")
    yield


def messages(queue: str) -> list[tuple[str, Any]]:
    """What waits in a queue: task and arguments. Takes it out."""
    found = []
    with app.connection_for_read() as connection, connection.SimpleQueue(queue) as waiting:
        while True:
            try:
                message = waiting.get_nowait()
            except waiting.Empty:
                return found
            found.append((message.headers["task"], message.payload[0]))
            message.ack()


def write_letter() -> Letter:
    lost = make_lost_reservation()
    by = steps.prepare(lost)
    return steps.apologise(lost, steps.open_complaint(lost, by), by)


def test_our_tasks_land_in_the_hosts_default_queue_and_deliver_there() -> None:
    letter = write_letter()
    publisher.flush_installed()

    waiting = messages("hotel")
    assert {task for task, _arguments in waiting} == {"recovery.deliver"}
    assert messages("reports") == []

    for task, arguments in waiting:
        app.tasks[task](*arguments)

    assert len(mail.outbox) == 1
    assert Letter.objects.get(pk=letter.pk).sent_at is not None


def test_the_sweep_publishes_there_what_nobody_was_told_about() -> None:
    write_letter()
    publisher.flush_installed()
    messages("hotel")  # lost on the way

    app.tasks["recovery.sweep"]()

    assert [task for task, _arguments in messages("hotel")] == ["recovery.deliver"]


def test_the_schedule_of_the_host_loads_our_sweep() -> None:
    assert app.conf.beat_schedule["recovery.sweep"]["task"] in app.tasks


@pytest.fixture
def silent_broker() -> Iterator[None]:
    """A broker that takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        before = app.conf.broker_url
        app.conf.broker_url = f"amqp://guest:guest@127.0.0.1:{server.getsockname()[1]}//"
        tasks.forget_connection()
        yield
        app.conf.broker_url = before
    publisher.flush_installed()
    tasks.forget_connection()


@pytest.mark.usefixtures("silent_broker")
def test_a_request_never_waits_for_a_silent_broker_and_the_relay_delivers() -> None:
    started = time.monotonic()
    letter = write_letter()
    took = time.monotonic() - started

    assert took < AT_ONCE
    assert OutboxMessage.objects.filter(settled_at__isnull=True).exists()

    call_command("recovery_relay", stdout=StringIO())

    assert Letter.objects.get(pk=letter.pk).sent_at is not None


def test_a_queue_that_operations_do_not_know_is_refused_by_celery_itself(settings: Any) -> None:
    """Then the doctor has a red line: “queue that no worker reads”."""
    settings.RECOVERY = {**settings.RECOVERY, "QUEUES": {"urgent": "recovery-urgent"}}
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("recovery_doctor", stdout=out)

    assert "recovery-urgent" in out.getvalue()
