#!/usr/bin/env python3
"""What a sweep costs when a million rows have come to rest, against ten thousand.

    python tests/benchmarks/sweep.py [--rows 1000000] [--json]

On SQLite in memory, with rows written in bulk: half settled deliveries, else closed complaints, finished
tasks, used and expired certificates, colleagues who left. The processor's time of the best of many sweeps.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FEW = 10_000
MOST_RATIO = 1.5
#: Of each kind, how much of all idle rows.
SHARES = {"outbox": 0.5, "task": 0.3, "complaint": 0.1, "certificate": 0.0998, "staff": 0.0002}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="one line of JSON")
    given = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.pop("RECOVERY_TEST_DB", None)
    import django

    django.setup()
    from django.db import connection

    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        figures = measure(given.rows)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
    if given.json:
        print(json.dumps(figures))
    else:
        print(
            f"a sweep over {FEW:,} idle rows: {figures['few_ms']} ms; over {given.rows:,}: "
            f"{figures['many_ms']} ms; ratio {figures['ratio']} (at the most {MOST_RATIO})"
        )
    sys.exit(figures["ratio"] > MOST_RATIO)


def measure(rows: int) -> dict[str, Any]:
    fill = _filler()
    fill(0, FEW)
    few = _best()
    fill(FEW, rows)
    many = _best()
    return {
        "rows": rows,
        "few_ms": round(few * 1000, 2),
        "many_ms": round(many * 1000, 2),
        "ratio": round(many / few, 2),
    }


def sweep() -> None:
    """Everything that ``recovery.sweep`` does, short of publishing."""
    from recovery import clock
    from recovery.actions import Actor, expire_due_certificates, inherit_work, take_roster
    from recovery.outbox import relay

    now, by = clock.now(), Actor.system("sweep")
    assert relay.sweep_chunks() == []
    assert expire_due_certificates(by=by, now=now) == 0
    take_roster(by=by, now=now)
    assert inherit_work(by=by, now=now) == 0


def _best(times: int = 60) -> float:
    taken = []
    for _ in range(times):
        began = time.process_time()
        sweep()
        taken.append(time.process_time() - began)
    return min(taken)


def _filler() -> Callable[[int, int], None]:
    """Writes idle rows ``first`` to ``last``, each a copy of one that the verbs made."""
    from recovery.models import Certificate, Complaint, OutboxMessage, StaffMember, Task
    from recovery.outbox import relay
    from tests.factories import make_certificate, make_complaint, make_house, make_staff, make_task

    house = make_house()
    complaint = make_complaint(house=house)
    task = make_task(complaint=complaint, by=house.by_desk)
    certificate = make_certificate(house=house, complaint=complaint)
    leaver = make_staff(name="Leo Pratt")
    relay.drain(handlers={})
    long_ago = "2020-01-01 00:00:00"
    done = {"told_at": long_ago, "solved_at": long_ago, "closed_at": long_ago, "owner_id": leaver.pk}
    OutboxMessage.objects.update(state="sent", settled_at=long_ago + "+00:00")
    message = OutboxMessage.objects.all()[0]

    def fill(first: int, last: int) -> None:
        for kind, row, changes in (
            ("staff", leaver, lambda n: {"active_until": "2020-01-01", "user_id": None}),
            ("outbox", message, lambda n: {"key": f"o{n}", "state": ("sent", "cancelled")[n % 2]}),
            ("complaint", complaint, lambda n: {"reference": f"B{n}", **done}),
            ("task", task, lambda n: {"unique_key": None, "done_at": long_ago, "assignee_id": leaver.pk}),
            (
                "certificate",
                certificate,
                lambda n: {
                    "uuid": f"{n:032x}",
                    "code_digest": f"c{n}",
                    "issue_key": f"c{n}",
                    "compensation_id": n + 1000,
                    "last_arrival_on": "2020-01-01",
                    "nights_left": n % 2,
                    "expired_at": long_ago if n % 2 else None,
                },
            ),
        ):
            share = SHARES[kind]
            _copy(row, range(int(first * share), int(last * share)), changes)
        StaffMember.objects.filter(pk=leaver.pk).update(active_until="2020-01-01")
        Complaint.objects.filter(pk=complaint.pk).update(owner=house.manager)
        assert Task.objects.count() and Certificate.objects.count()

    return fill


def _copy(row: Any, numbers: range, changes: Callable[[int], dict[str, Any]]) -> None:
    from django.db import connection

    table, offset = row._meta.db_table, 10_000
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute(f'SELECT * FROM "{table}" WHERE id = %s', [row.pk])  # noqa: S608 because it is our own name
        names = [column[0] for column in cursor.description]
        plain = dict(zip(names, cursor.fetchone(), strict=True))
        marks, columns = ", ".join(["%s"] * len(names)), ", ".join(f'"{name}"' for name in names)
        cursor.execute("BEGIN")
        cursor.executemany(
            f'INSERT INTO "{table}" ({columns}) VALUES ({marks})',  # noqa: S608 because they are our own names
            ([({**plain, **changes(n), "id": n + offset})[name] for name in names] for n in numbers),
        )
        cursor.execute("COMMIT")


if __name__ == "__main__":
    main()
