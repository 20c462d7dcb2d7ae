#!/usr/bin/env python3
"""How many mails a second go through the outbox, against the same mails without a database.

    python tests/benchmarks/throughput.py [--mails 500] [--json]

RECOVERY_TEST_DB chooses the database, as for the tests; a database of its own is made and dropped. The
mail server is a process on loopback, the worker is this one process, the mails have no papers.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mails", type=int, default=500)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    parser.add_argument("--sink", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.sink:
        be_the_sink()
        return
    with mail_server() as port, database(port):
        figures = measure(given.mails)
    if given.json:
        print(json.dumps(figures))
        return
    print(
        f"{figures['database']}: {figures['relay']} mails/s through the outbox, {figures['plain']} without; "
        f"ratio {figures['ratio']}; processor {figures['relay_ms']} ms and {figures['plain_ms']} ms a mail"
    )


def be_the_sink() -> None:
    from tests.smtp_sink import Sink

    with Sink() as sink:
        print(sink.port, flush=True)
        sys.stdin.readline()
        print(len(sink.mails), flush=True)


@contextmanager
def mail_server() -> Iterator[int]:
    command = [sys.executable, __file__, "--sink"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)


@contextmanager
def database(port: int) -> Iterator[None]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.concurrency.child_settings"
    os.environ["RECOVERY_TEST_SMTP_PORT"] = str(port)
    os.environ["RECOVERY_TEST_LEASE"] = "60"
    import django

    django.setup()
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def measure(count: int) -> dict[str, object]:
    from django.db import connection

    from recovery.actions import HANDLERS
    from recovery.actions.letter_mail import compose
    from recovery.models import Letter, OutboxMessage
    from recovery.outbox import relay
    from recovery.outbox.channels import mail_backend
    from tests.concurrency.kills import promise_mails
    from tests.factories import make_house

    promise_mails(make_house(), count)
    rows = list(OutboxMessage.objects.all())
    messages = [compose(Letter.objects.get(pk=r.payload["letter"]), message_id=r.message_id) for r in rows]
    backend = mail_backend()
    backend.open()
    began, worked = time.perf_counter(), time.process_time()
    for message in messages:
        backend.send_messages([message])
    plain, plain_work = count / (time.perf_counter() - began), (time.process_time() - worked) / count
    backend.close()

    began, worked = time.perf_counter(), time.process_time()
    report = relay.drain(handlers=HANDLERS, limit=100)
    through, work = count / (time.perf_counter() - began), (time.process_time() - worked) / count
    assert report.sent == count, report
    return {
        "database": connection.vendor,
        "mails": count,
        "relay": round(through),
        "plain": round(plain),
        "ratio": round(through / plain, 2),
        # Of this process alone, so that it says the same on a busy machine.
        "relay_ms": round(work * 1000, 1),
        "plain_ms": round(plain_work * 1000, 1),
    }


if __name__ == "__main__":
    main()
