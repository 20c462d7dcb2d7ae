"""Verbs inside a transaction of the host: what we promise there, and what only the host can do.

Our own re-run on a deadlock does not reach outside our transaction: what a deadlock undid there is the
host's, too. So the host repeats its whole transaction, or has a database in which it cannot happen.
"""

from __future__ import annotations

import pytest

from recovery.models import Complaint, Contact
from tests.concurrency.conftest import Run
from tests.concurrency.invariants import request_problems
from tests.concurrency.stock import make_complaints
from tests.conftest import DATABASE
from tests.factories import House

RACERS = 6


def crossing(house: House, *, tries: int) -> tuple[list[Complaint], list[tuple[str, dict[str, object]]]]:
    """Half of the racers take the two complaints in the opposite order."""
    complaints = make_complaints(house, 2)
    pks = [complaint.pk for complaint in complaints]
    return complaints, [
        (
            "hosted",
            {
                "staff": house.manager.pk,
                "complaints": pks if number % 2 else pks[::-1],
                "word": str(number),
                "tries": tries,
            },
        )
        for number in range(RACERS)
    ]


def told(complaint: Complaint) -> int:
    return Contact.objects.filter(complaint=complaint, kind="chaser").count()


def test_a_host_that_repeats_its_transaction_gets_all_of_it(house: House, run_race: Run) -> None:
    complaints, racers = crossing(house, tries=30)

    answers = run_race(racers)

    assert {outcome.split()[0] for one in answers for outcome in one} == {"ok"}, answers
    assert [told(complaint) for complaint in complaints] == [RACERS, RACERS]


def test_a_host_that_does_not_repeat_gets_all_or_nothing(house: House, run_race: Run) -> None:
    complaints, racers = crossing(house, tries=1)

    answers = run_race(racers)

    done = [outcome for one in answers for outcome in one if outcome == "ok 1"]
    assert {outcome for one in answers for outcome in one} <= {"ok 1", "undone"}
    assert done
    assert [told(complaint) for complaint in complaints] == [len(done)] * 2


@pytest.mark.skipif(DATABASE != "sqlite", reason="about SQLite's transaction modes")
@pytest.mark.parametrize("mode", ["IMMEDIATE", "DEFERRED"])
def test_sqlite_serves_a_host_at_once_only_if_it_locks_at_the_start(
    house: House, run_race: Run, mode: str
) -> None:
    """Recommended is IMMEDIATE (check recovery.W004). With DEFERRED the host must repeat."""
    complaints, racers = crossing(house, tries=1 if mode == "IMMEDIATE" else 60)

    answers = run_race(racers, RECOVERY_TEST_SQLITE_MODE=mode)

    assert {outcome.split()[0] for one in answers for outcome in one} == {"ok"}, answers
    assert [told(complaint) for complaint in complaints] == [RACERS, RACERS]


def test_twenty_atomic_requests_with_one_key_are_one_effect(house: House, run_race: Run) -> None:
    answers = run_race([("hosted_opening", {"staff": house.desk.pk, "request_key": "form-1"})] * 20)

    outcomes = {outcome for one in answers for outcome in one}
    assert Complaint.objects.count() == 1
    assert outcomes == {f"ok {Complaint.objects.get().pk}"}
    assert not request_problems()
