"""A house, a mail server with a script, and real transactions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import django
import pytest

from tests.factories import House, make_house
from tests.smtp_sink import Sink

#: Seconds that one step of a mail conversation may take in these tests.
TIMEOUT = 1


@pytest.fixture(autouse=True)
def real_transactions(transactional_db: None) -> None:
    """Nothing is delivered inside a transaction, so no test may run in one."""


@pytest.fixture
def house() -> House:
    # Its morning sheets are planned, so that no test counts one more row before noon than after.
    return make_house(sheet_planned_on=dt.date(2999, 1, 1))


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """Where every mail of the test goes."""
    with Sink() as running:
        use_smtp(settings, port=running.port)
        yield running


def use_smtp(settings: Any, *, port: int, timeout: float = TIMEOUT) -> None:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    if django.VERSION >= (6, 1):
        options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        return
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = backend, timeout
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
