"""A request never waits for a broker: ids are handed to a thread, which publishes them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest

from recovery.choices import Lane
from recovery.outbox import publisher as publishing
from recovery.outbox.publisher import Publisher

#: Seconds within which a background thread must have done something.
SOON = 5.0


class Broker:
    """A broker that can be silent or broken, and remembers what reached it and in which thread."""

    def __init__(self) -> None:
        self.heard: list[tuple[list[int], Lane]] = []
        self.threads: set[int] = set()
        self.talks = threading.Event()
        self.talks.set()
        self.broken = False
        self.asked = threading.Event()

    def publish(self, ids: Sequence[int], lane: Lane) -> None:
        self.threads.add(threading.get_ident())
        self.asked.set()
        assert self.talks.wait(SOON)
        if self.broken:
            raise ConnectionRefusedError
        self.heard.append((list(ids), lane))


@pytest.fixture
def broker() -> Iterator[Broker]:
    made = Broker()
    yield made
    made.talks.set()


@pytest.fixture
def publisher(broker: Broker) -> Publisher:
    return Publisher(publish=broker.publish, chunk=25)


def eventually(met: Callable[[], bool]) -> bool:
    end = time.monotonic() + SOON
    while not met() and time.monotonic() < end:
        time.sleep(0.005)
    return met()


def test_handing_over_takes_no_time_while_the_broker_hangs(broker: Broker, publisher: Publisher) -> None:
    broker.talks.clear()
    publisher.offer([0], lane=Lane.NORMAL)
    assert broker.asked.wait(SOON)

    began = time.perf_counter()
    for number in range(200):
        publisher.offer([number], lane=Lane.NORMAL)
    each = (time.perf_counter() - began) / 200

    assert each < 0.005
    assert threading.get_ident() not in broker.threads


def test_what_comes_while_it_publishes_travels_together(broker: Broker, publisher: Publisher) -> None:
    broker.talks.clear()
    publisher.offer([0], lane=Lane.NORMAL)
    assert broker.asked.wait(SOON)
    for number in (*range(1, 61), *range(1, 61)):
        publisher.offer([number], lane=Lane.NORMAL)

    broker.talks.set()

    assert publisher.flush(patience=SOON)
    assert [len(ids) for ids, _lane in broker.heard] == [1, 25, 25, 10]
    assert sorted(pk for ids, _lane in broker.heard for pk in ids) == list(range(61))


def test_what_a_person_waits_for_travels_alone_and_first(broker: Broker, publisher: Publisher) -> None:
    broker.talks.clear()
    publisher.offer([0], lane=Lane.BULK)
    assert broker.asked.wait(SOON)
    publisher.offer([1, 2], lane=Lane.BULK)
    publisher.offer([3, 4], lane=Lane.URGENT)

    broker.talks.set()

    assert publisher.flush(patience=SOON)
    assert broker.heard[1:] == [([3], Lane.URGENT), ([4], Lane.URGENT), ([1, 2], Lane.BULK)]


def test_a_broken_broker_ends_neither_the_thread_nor_the_next_wake_up(
    broker: Broker, publisher: Publisher, caplog: pytest.LogCaptureFixture
) -> None:
    broker.broken = True
    publisher.offer([1], lane=Lane.NORMAL)
    assert publisher.flush(patience=SOON)
    broker.broken = False

    publisher.offer([2], lane=Lane.NORMAL)

    assert publisher.flush(patience=SOON)
    assert broker.heard == [([2], Lane.NORMAL)]
    assert "the sweep will" in caplog.text
    assert len(broker.threads) == 1


def test_the_end_of_a_process_waits_for_a_silent_broker_only_so_long(
    broker: Broker, publisher: Publisher
) -> None:
    broker.talks.clear()
    publisher.offer([1], lane=Lane.NORMAL)

    began = time.monotonic()
    done = publisher.flush(patience=0.2)

    assert not done
    assert time.monotonic() - began < 1


def test_nothing_to_publish_is_done_at_once(publisher: Publisher) -> None:
    assert publisher.flush(patience=0)


def test_a_flush_never_ends_between_taking_and_publishing(broker: Broker) -> None:
    """Once a flush says yes, everything has really reached the broker."""
    publisher = Publisher(publish=broker.publish, chunk=25)
    for number in range(300):
        publisher.offer([number], lane=Lane.NORMAL)
        assert publisher.flush(patience=SOON)
        assert broker.heard[-1][0] == [number]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")
def test_a_forked_child_publishes_with_a_thread_of_its_own(broker: Broker) -> None:
    publisher = Publisher(publish=broker.publish, chunk=25)
    before = list(publishing._installed)
    publishing.install(publisher)
    broker.talks.clear()
    publisher.offer([1, 2], lane=Lane.NORMAL)
    assert broker.asked.wait(SOON)
    publisher.offer([3], lane=Lane.NORMAL)
    reader, writer = os.pipe()

    child = os.fork()
    if not child:
        # In the child: the thread is gone, and what the parent holds is the parent's.
        broker.talks.set()
        quiet = publisher.flush(patience=0)
        publisher.offer([4], lane=Lane.NORMAL)
        flushed = publisher.flush(patience=SOON)
        os.write(writer, repr((quiet, flushed, broker.heard)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    told = os.read(reader, 1000).decode()
    os.close(reader)
    broker.talks.set()

    assert told == repr((True, True, [([4], Lane.NORMAL)]))
    assert publisher.flush(patience=SOON)
    assert sorted(pk for ids, _lane in broker.heard for pk in ids) == [1, 2, 3]
    publishing._installed[:] = before
