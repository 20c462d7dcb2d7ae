"""What a sweep asks every fifteen seconds is answered by an index, however many rows have come to rest."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery import clock
from recovery.actions import Actor, expire_due_certificates, inherit_work, take_roster
from recovery.models import StaffMember
from recovery.outbox import relay
from tests import factories as make
from tests.factories import House

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="plans are read as SQLite tells them"),
]

#: A few dozen people and a handful of houses: small for ever, and read as a whole.
SMALL = {"recovery_houseprofile"}
SCAN = re.compile(r"^SCAN (\w+)")


def _sweep() -> None:
    now, by = clock.now(), Actor.system("sweep")
    relay.sweep_chunks()
    expire_due_certificates(by=by, now=now)
    take_roster(by=by, now=now)
    inherit_work(by=by, now=now)


def _scans(work: Callable[[], object]) -> list[tuple[str, str]]:
    """Tables that a piece of work reads from end to end, each with its query."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    queries = [row["sql"] for row in captured.captured_queries if row["sql"].startswith("SELECT")]
    found = []
    for sql in queries:
        if "strftime" in sql:
            continue  # because it asks for the time, and no table
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
            plan = [str(row[3]) for row in cursor.fetchall()]
        found += [(hit[1], sql) for line in plan if (hit := SCAN.match(line)) and hit[1] not in SMALL]
    return found


def test_a_sweep_reads_no_table_from_end_to_end(quay: House) -> None:
    make.make_complaint(house=quay, summary="Loud")

    assert _scans(_sweep) == []


def test_with_a_leaver_to_inherit_from_it_reads_only_what_is_that_persons(quay: House) -> None:
    gone = make.make_staff(name="Leo Pratt", active_until=clock.now().date().replace(year=2020))

    scans = _scans(_sweep)

    assert StaffMember.objects.filter(pk=gone.pk).exists()
    assert scans == []
