"""The example project, started as a developer starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "example_project"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("example")
    outside = {key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "CELERY_"))}
    return {
        **outside,
        "EXAMPLE_DB": str(folder / "db.sqlite3"),
        "EXAMPLE_BROKER_DIR": str(folder / "broker"),
        "EXAMPLE_MAIL_DIR": str(folder / "mails"),
        "EXAMPLE_CLOCK": str(folder / "clock"),
        "PYTHONPATH": os.pathsep.join([str(EXAMPLE), str(ROOT)]),
    }


def run(world: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=world, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def group(world: dict[str, str]) -> Any:
    return json.loads(run(world, str(Path(__file__).with_name("ask_the_group.py"))))


def test_seeding_twice_changes_nothing(group: Any) -> None:
    assert group["once"] == group["twice"]


def test_its_database_writes_ahead(group: Any) -> None:
    assert group["journal"] == "wal"


def test_its_adapter_has_no_problems(group: Any) -> None:
    assert group["problems"] == []


def test_the_lost_booking_is_found_in_june_and_cancelled(group: Any) -> None:
    assert group["lost"] == [["Q10231", "2027-06-17", ["same_name", "other_month", "cancelled"]]]


def test_no_room_is_free_on_the_night_of_the_wedding(group: Any) -> None:
    assert group["free_rooms"] == 0


def test_a_free_night_lands_on_the_folio_once(group: Any) -> None:
    assert len(set(group["confirmations"])) == 1
    assert group["folio"] == ["-172.00"]


def test_each_colleague_sees_the_own_houses(group: Any) -> None:
    assert group["houses_of"] == {"amelia": ["QUAY"], "kirsten": ["STRAND"], "priya": None, "admin": None}


def test_a_guest_who_wants_no_letters_is_vetoed(group: Any) -> None:
    assert group["may_write_to_ruth"] is False


def test_its_clock_travels(group: Any) -> None:
    assert group["now"].startswith("2028-04-21T15:00:")


def test_its_checks_are_clean(world: dict[str, str]) -> None:
    run(world, "example_project/manage.py", "check", "--fail-level", "WARNING")


def test_its_migrations_are_complete(world: dict[str, str]) -> None:
    run(world, "example_project/manage.py", "makemigrations", "--check", "--dry-run", "grandhotel")
