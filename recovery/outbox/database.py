"""Re-running what the database refused only for the moment."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connections, transaction

R = TypeVar("R")

TRIES = 6

_SQLITE_BUSY_OR_LOCKED = (5, 6)
_POSTGRESQL = ("40001", "40P01", "55P03")  # serialization failure, deadlock, lock not available
_MYSQL = (1213, 1205, 1020)  # deadlock, lock wait time-out, record has changed


def is_inside_transaction(using: str) -> bool:
    """Whether a transaction of somebody else is open.

    The one that a ``TestCase`` wraps around each test does not count, as for Django's own ``durable``:
    a host's tests could not deliver a letter otherwise.
    """
    connection = connections[using]
    blocks = connection.atomic_blocks
    is_the_tests_own = bool(blocks) and getattr(blocks[-1], "_from_testcase", False)
    return connection.in_atomic_block and not is_the_tests_own


def is_transient(error: OperationalError, *, using: str) -> bool:
    """Whether doing it again can work. Recognised by code, because texts are translated."""
    vendor = connections[using].vendor
    cause = error.__cause__
    if vendor == "sqlite":
        return (getattr(cause, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_BUSY_OR_LOCKED
    if vendor == "postgresql":
        state = getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)
        return state in _POSTGRESQL
    return bool(error.args) and error.args[0] in _MYSQL


def run_atomic(work: Callable[[], R], *, using: str, durable: bool = False) -> R:
    """Do the work in one transaction; re-run it when the database only lost a race.

    Inside a transaction of the host it runs once, in a savepoint: a deadlock there has already
    undone the host's own work, and only the host can repeat that.
    """
    connection = connections[using]
    if connection.in_atomic_block and not durable:
        with transaction.atomic(using=using):
            return work()
    for attempt in range(TRIES):
        try:
            with transaction.atomic(using=using, durable=durable):
                return work()
        except OperationalError as error:
            if attempt == TRIES - 1 or not is_transient(error, using=using):
                raise
            # Jitter keeps the same two from meeting again.
            time.sleep(random.uniform(0.005, 0.05) * 2**attempt)  # noqa: S311 because nothing secret depends on it
    raise AssertionError("unreachable")  # pragma: no cover
