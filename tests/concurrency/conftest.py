"""Every test here races: real connections, real transactions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connections

from tests.concurrency import hotel, race
from tests.concurrency.race import Racer
from tests.conftest import DATABASE
from tests.factories import House, make_house

#: Processes among which racers are shared on SQLite, where threads of one process would prove little.
PROCESSES = 6

Run = Callable[..., list[list[str]]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "concurrency" in item.path.parts:
            item.add_marker("concurrency")


@pytest.fixture(autouse=True)
def real_transactions(transactional_db: None) -> None:
    """Other connections see only what is committed."""


@pytest.fixture(autouse=True)
def busy_hotel(settings: Any) -> None:
    """The hotel that racers in other processes have, too."""
    settings.RECOVERY = {**settings.RECOVERY, "HOTEL": hotel.PATH}


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def run_race(child_env: dict[str, str]) -> Run:
    """Start racers together and return what each answered."""

    def run(racers: Sequence[Racer], **env: str) -> list[list[str]]:
        connections.close_all()
        chosen = {"DJANGO_SETTINGS_MODULE": "tests.concurrency.child_settings", **env}
        return race.run(racers, env=child_env | chosen, processes=PROCESSES if DATABASE == "sqlite" else 0)

    return run
