"""What every test may rely on, and what happens when a service is not there."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATABASE = os.environ.get("RECOVERY_TEST_DB") or "sqlite"
BROKER = os.environ.get("RECOVERY_TEST_BROKER", "")
DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "django_db_reset_sequences", "admin_client", "live_server"}
)
#: PostgreSQL, MariaDB, RabbitMQ, Redis.
SERVERS = frozenset({5432, 3306, 5672, 6379})


# --- services: skip aloud here, fail where CI=true -----------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that ``-m database`` finds it."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        # The host projects open their databases in processes of their own.
        is_project = item.nodeid.startswith("tests/projects/")
        if is_project or item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = next(
        (what for marker in NEEDS if item.get_closest_marker(marker) if (what := NEEDS[marker]())), ""
    )
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{missing} (CI=true: a missing service is a failure)", pytrace=False)
    if missing:
        pytest.skip(missing)


_spoken_with: list[object] = []


def _note_servers(event: str, given: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(given[1], tuple) and given[1][1] in SERVERS:
        _spoken_with.append(given[1])


if DATABASE == "sqlite" and not BROKER:  # because then nobody has said that a server may be used
    sys.addaudithook(_note_servers)


@pytest.hookimpl(trylast=True)  # because a failure here must not keep the fixtures from ending
def pytest_runtest_teardown() -> None:
    if _spoken_with:
        addresses = ", ".join(map(str, _spoken_with))
        _spoken_with.clear()
        pytest.fail(f"this test needs no service and connected to {addresses}", pytrace=False)


def _no_broker() -> str:
    if not BROKER:
        return "needs RabbitMQ: set RECOVERY_TEST_BROKER=amqp://guest:guest@127.0.0.1:5672//"
    address = urlsplit(BROKER)
    try:
        socket.create_connection((address.hostname or "127.0.0.1", address.port or 5672), timeout=3).close()
    except OSError as error:
        return f"needs RabbitMQ, and {address.hostname}:{address.port} does not answer: {error}"
    return ""


def _other_database(wanted: str) -> str:
    return "" if wanted == DATABASE else f"needs {wanted}: set RECOVERY_TEST_DB={wanted}"


def _no_browser() -> str:
    if not (shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")):
        return "needs Chromium"
    if not shutil.which("chromedriver"):
        return "needs ChromeDriver"
    return "" if importlib.util.find_spec("selenium") else "needs Selenium: pip install selenium"


@functools.cache
def _no_index() -> str:
    pip = [sys.executable, "-m", "pip", "--quiet", "--retries", "1", "--timeout", "10"]
    with tempfile.TemporaryDirectory() as folder:
        command = [*pip, "download", "--no-deps", "--dest", folder, "hatchling"]
        tried = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else "needs a package index that pip can reach"


NEEDS = {
    "rabbitmq": _no_broker,
    "postgresql": lambda: _other_database("postgresql"),
    "mariadb": lambda: _other_database("mariadb"),
    "browser": _no_browser,
    "packages": _no_index,
}


# --- fixtures ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """As pytest-django does it; then what the example does to its own database, too."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")


@pytest.fixture(autouse=True)
def hotel() -> Iterator[Any]:
    """The hotel that ``get_hotel()`` returns, fresh for each test."""
    from tests.hotel_double import HOTEL

    HOTEL.reset()
    yield HOTEL


@pytest.fixture
def child_env(transactional_db: None) -> dict[str, str]:
    """The environment in which a child process works on the database of this test."""
    from django.db import connection

    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        "RECOVERY_TEST_DB": DATABASE,
        "RECOVERY_TEST_DB_NAME": str(connection.settings_dict["NAME"]),
    }
