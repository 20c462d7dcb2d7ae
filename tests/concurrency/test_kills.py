"""Workers die in the middle of 600 mails: none is lost, and a copy is the same mail once more."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recovery.models import Heartbeat, Letter, OutboxMessage
from tests.concurrency import kills
from tests.concurrency.kills import RELAY, Fleet, Result
from tests.conftest import BROKER
from tests.factories import House
from tests.smtp_sink import Sink

MAILS, KILLS = 600, 12


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink(pause=kills.PAUSE) as running:
        yield running


def check(result: Result, log: Path) -> None:
    print(result)
    said = log.read_text(errors="replace")[-3000:]
    assert result.kills == KILLS
    assert (result.lost, result.different, result.unsettled) == (0, 0, 0), f"{result}\n{said}"
    assert result.repeated <= result.killed, result
    assert Letter.objects.filter(sent_at=None).count() == 0
    assert not OutboxMessage.objects.exclude(token="").exists()


@pytest.mark.slow
def test_relays_killed_twelve_times_lose_nothing(
    house: House, sink: Sink, child_env: dict[str, str], tmp_path: Path
) -> None:
    kills.promise_mails(house, MAILS)
    env = kills.worker_env(child_env, sink)

    with Fleet([RELAY, RELAY], env, tmp_path / "log") as fleet:
        result = kills.run(sink=sink, fleet=fleet, kills=KILLS, victims={0: 1, 1: 1})

    check(result, tmp_path / "log")


def celery_commands(*, concurrency: int) -> list[list[str]]:
    """A beat, and a worker with a pool of children."""
    celery = [sys.executable, "-m", "celery", "--app", "tests.concurrency.worker_app"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    pool = ["--pool", "prefork" if concurrency > 1 else "solo", "--concurrency", str(concurrency)]
    return [[*celery, "beat", "--pidfile="], [*celery, "worker", *pool, *quiet]]


@pytest.mark.slow
def test_a_celery_worker_on_a_file_broker_killed_twelve_times_loses_nothing(
    house: House, sink: Sink, child_env: dict[str, str], tmp_path: Path
) -> None:
    for name in ("queue", "control"):
        (tmp_path / name).mkdir()
    kills.promise_mails(house, MAILS)
    env = kills.worker_env(
        child_env, sink, CELERY_BROKER_URL="filesystem://", RECOVERY_TEST_FOLDER=str(tmp_path)
    )
    beat, worker = celery_commands(concurrency=1)

    with Fleet([beat, worker, worker], env, tmp_path / "log") as fleet:
        result = kills.run(sink=sink, fleet=fleet, kills=KILLS, victims={1: 1, 2: 1})

    check(result, tmp_path / "log")
    assert Heartbeat.objects.count() == 2


@pytest.mark.slow
@pytest.mark.rabbitmq
def test_a_celery_worker_on_rabbitmq_killed_twelve_times_loses_nothing(
    house: House, sink: Sink, child_env: dict[str, str], tmp_path: Path
) -> None:
    kills.promise_mails(house, MAILS)
    queue = f"recovery-test-{os.getpid()}"
    where = {"CELERY_BROKER_URL": BROKER, "RECOVERY_TEST_QUEUE": queue, "RECOVERY_TEST_FOLDER": str(tmp_path)}
    env = kills.worker_env(child_env, sink, **where)
    beat, worker = celery_commands(concurrency=2)

    try:
        # The beat is killed, too: what it would have said, the next one says.
        with Fleet([beat, worker, worker], env, tmp_path / "log") as fleet:
            result = kills.run(sink=sink, fleet=fleet, kills=KILLS, victims={0: 0, 1: 2, 2: 2})
    finally:
        delete_queue(queue)

    check(result, tmp_path / "log")


def delete_queue(name: str) -> None:
    from kombu import Connection

    with Connection(BROKER) as connection:
        connection.default_channel.queue_delete(name)


def test_a_relay_that_is_asked_to_end_leaves_nothing_half_done(
    house: House, sink: Sink, child_env: dict[str, str], tmp_path: Path
) -> None:
    sink.pause = 0.02
    kills.promise_mails(house, 100)

    with Fleet([RELAY], kills.worker_env(child_env, sink), tmp_path / "log") as fleet:
        assert sink.wait_until(lambda: len(sink.mails) >= 10, seconds=30)
        fleet.processes[0].send_signal(signal.SIGTERM)
        code = fleet.processes[0].wait(10)

    gone = len(sink.mails)
    assert code == 0
    assert 10 <= gone < 100
    assert OutboxMessage.objects.filter(state="sent").count() == gone
    assert OutboxMessage.objects.filter(state="due", token="", attempts=0).count() == 100 - gone
    assert f"sent {gone}, again later 0, failed 0, expired 0" in (tmp_path / "log").read_text()
