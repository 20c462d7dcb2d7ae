"""A simulated week: the app raises exactly what a plain model says; nobody is left without an owner."""

from __future__ import annotations

import csv
import email
import email.policy
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANAGE = ROOT / "example_project" / "manage.py"
GOLDEN = Path(__file__).with_name("golden_week.json")
GOLDEN_SEED = 7
INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?")

pytestmark = pytest.mark.slow


def play(seed: int, *more: str, days: int = 1, scale: float = 0.3) -> dict[str, Any]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("EXAMPLE_", "STORY_", "DJANGO_", "CELERY_"))
    }
    small = ["--days", str(days), "--scale", str(scale)]
    done = subprocess.run(
        [sys.executable, str(MANAGE), "play_week", "--seed", str(seed), "--json", *small, *more],
        capture_output=True,
        text=True,
        timeout=600,
        env=kept,
        check=False,
    )
    assert done.stdout, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    folder = tmp_path_factory.mktemp("week")
    return play(GOLDEN_SEED, "--dump", str(folder)), folder


def test_one_week_is_known_by_heart(golden: tuple[dict[str, Any], Path]) -> None:
    assert golden[0] == json.loads(GOLDEN.read_text(encoding="utf-8"))


# In four days somebody leaves whose promises go on with others.
@pytest.mark.parametrize(("seed", "days", "scale"), [(11, 1, 0.3), (12, 4, 0.12)])
def test_every_other_week_holds_what_the_model_says(seed: int, days: int, scale: float) -> None:
    week = play(seed, days=days, scale=scale)

    assert week["escalations_due"] == week["escalations_sent"] > 20
    for nothing in ("unknown", "twice", "early", "late", "asked_otherwise", "claimed_before_accepted"):
        assert week[nothing] == 0, nothing
    assert week["ownerless_minutes"] == 0
    assert week["alarms_per_person_and_shift"] <= 6


def test_every_promise_is_written_down_with_its_instants(golden: tuple[dict[str, Any], Path]) -> None:
    week, folder = golden
    with (folder / "promises.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == week["promises"]
    assert list(rows[0]) == ["id", "told", "claimed_happening", "due", "accepted", "started", "done", "chain"]
    for row in rows:
        for name in ("told", "claimed_happening", "due", "accepted", "started", "done"):
            assert INSTANT.fullmatch(row[name]), row
        if row["claimed_happening"]:
            assert row["accepted"]
            assert row["accepted"] <= row["claimed_happening"]
    assert any(">" in row["chain"] for row in rows)


def test_every_alarm_mail_names_its_task_and_level_once(golden: tuple[dict[str, Any], Path]) -> None:
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(golden[1].glob("*-task-*.eml"))
    ]
    about = [(mail["X-Recovery-Task"], mail["X-Recovery-Level"]) for mail in mails]

    assert len(about) > 10
    assert len(set(about)) == len(about)
    assert all(task.isdigit() and level.isdigit() for task, level in about)
