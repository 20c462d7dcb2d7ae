"""Killed at every single statement, one after the other: whatever was begun is undone or finished."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, connections

from recovery.choices import Category
from recovery.models import Certificate, CertificateEntry, Letter, OutboxMessage
from tests.concurrency.invariants import ledger_problems, request_problems
from tests.factories import (
    House,
    make_apology,
    make_certificate,
    make_complaint,
    make_entry,
)
from tests.outbox import scene
from tests.outbox.conftest import use_smtp
from tests.smtp_sink import Sink

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform does not fork")

#: No story here has more statements.
MOST = 400


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    with Sink() as running:
        use_smtp(settings, port=running.port, timeout=5)
        yield running


def dies_at(number: int, do: Callable[[], Any]) -> bool:
    """Do it in a child that kills itself before its n-th statement. False: it had fewer."""
    connections.close_all()
    child = os.fork()
    if not child:
        _die_at(number, do)
    _pid, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), f"the child failed before statement {number}"
    return code != 0


def _die_at(number: int, do: Callable[[], Any]) -> None:
    """Never returns: what follows is the parent's."""
    code, left = 1, number

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(count):
            do()
        code = 0
    finally:
        os._exit(code)


@pytest.mark.slow
def test_a_relay_that_dies_at_any_statement_loses_nothing(house: House, sink: Sink) -> None:
    pattern = scene.promise_receipt(house)
    repeats = 0

    for number in range(1, MOST):
        scene.multiply(pattern, 2)
        gone = len(sink.mails)
        died = dies_at(number, scene.deliver)
        scene.end_leases()
        scene.deliver()

        assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"sent"}, number
        again = len(sink.mails) - gone - (3 if number == 1 else 2)
        assert again in (0, 1), f"{again} copies too many after statement {number}"
        repeats += again
        if not died:
            break
    else:
        pytest.fail("it never got through")

    assert number > 10, "the wrapper counts"
    assert 1 <= repeats < number / 2, "a copy goes out twice only where nobody can know"
    assert Letter.objects.filter(sent_at=None).count() == 0
    copies = sink.copies()
    assert set(copies) == set(OutboxMessage.objects.values_list("message_id", flat=True))
    assert all(len({mail.body_digest for mail in mails}) == 1 for mails in copies.values())


@pytest.mark.slow
def test_an_apology_that_dies_at_any_statement_is_whole_or_not_there(house: House) -> None:
    # Grave ones go in two steps, because two people read them.
    complaint = make_complaint(house=house, category=Category.WIFI)

    def apologise() -> Letter:
        return make_apology(house=house, complaint=complaint, request_key="form-1")

    for number in range(1, MOST):
        died = dies_at(number, apologise)
        letters = Letter.objects.filter(complaint=complaint).count()
        rows = (Certificate.objects.count(), letters, OutboxMessage.objects.count())
        assert rows in ((0, 0, 0), (1, 1, 1)), f"after statement {number}: {rows}"
        assert not ledger_problems()
        assert not request_problems()
        if not died:
            break
    else:
        pytest.fail("it never got through")

    assert number > 20, "the wrapper counts"
    assert apologise() == Letter.objects.get(complaint=complaint), "asked again, the answer is the same"


@pytest.mark.slow
def test_a_redemption_that_dies_at_any_statement_takes_the_night_once_or_not(house: House) -> None:
    certificate = make_certificate(house=house, complaint=make_complaint(house=house), send=False)
    promised = OutboxMessage.objects.count()

    def redeem() -> CertificateEntry:
        return make_entry(house=house, certificate=certificate, request_key="form-1")

    for number in range(1, MOST):
        died = dies_at(number, redeem)
        certificate.refresh_from_db()
        told = OutboxMessage.objects.count() - promised
        # The news for the guest, and the booking in the hotel's system.
        assert (certificate.nights_left, told) in ((1, 0), (0, 2)), f"after statement {number}"
        assert not ledger_problems()
        assert not request_problems()
        if not died:
            break
    else:
        pytest.fail("it never got through")

    assert number > 20, "the wrapper counts"
    assert redeem() == CertificateEntry.objects.get(kind="redeem")
