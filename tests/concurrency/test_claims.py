"""Several workers share what is due: nothing is claimed twice, and nothing is left over."""

from __future__ import annotations

from django.db import transaction

from recovery import clock
from recovery.models import OutboxMessage
from recovery.outbox.enqueue import enqueue
from tests.concurrency.conftest import Run


def test_six_workers_claim_600_rows_once_each(run_race: Run) -> None:
    with transaction.atomic():
        for number in range(600):
            enqueue(kind="test", key=str(number), payload={}, now=clock.now())

    answers = run_race([("claim_all", {"limit": 10})] * 6)

    claimed = [pk for one in answers for pk in one]
    assert len(claimed) == len(set(claimed)) == 600
    assert OutboxMessage.objects.filter(token="").count() == 0
