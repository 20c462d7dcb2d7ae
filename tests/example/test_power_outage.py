"""The power outage, end to end: a real worker, real mail, and a link that an engineer opens."""

from __future__ import annotations

import email
import email.policy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANAGE = ROOT / "example_project" / "manage.py"
FOLDER = ROOT / "build" / "story" / "power-outage"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def story() -> Any:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("EXAMPLE_", "STORY_", "DJANGO_", "CELERY_"))
    }
    done = subprocess.run(
        [sys.executable, str(MANAGE), "play_story", "power-outage", "--json"],
        capture_output=True,
        text=True,
        timeout=240,
        env=kept,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    (line,) = done.stdout.strip().splitlines()
    return json.loads(line)


def test_nothing_is_claimed_before_somebody_said_yes(story: dict[str, Any]) -> None:
    kinds = [kind for _at, kind in story["timeline"]]

    assert (story["ok"], story["claimed"], story["claimed_before_accepted"]) == (True, 1, 0)
    repair_yes = len(kinds) - 1 - kinds[::-1].index("task.accepted")
    assert repair_yes < kinds.index("happening.told")


def test_until_then_the_desk_has_the_sentence_that_is_true(story: dict[str, Any]) -> None:
    assert "I am finding Maria Holt and will ring you by 08:12" in story["said_instead"]
    assert story["not_happening_seen"] is True


def test_the_second_call_is_an_emergency_with_a_manager_and_the_locate_task_first(
    story: dict[str, Any],
) -> None:
    assert story["contacts"] == 3
    assert story["second_contact"] == {"emergency": True, "owner": "Joseph Okafor", "first_task": "locate"}


def test_the_next_engineer_the_manager_and_at_the_third_call_the_general_manager_are_rung(
    story: dict[str, Any],
) -> None:
    rung = {alarm["reason"]: (alarm["person"], alarm["level"]) for alarm in story["alarms"]}

    assert rung["not_accepted"] == ("Olga Reis", 1)
    assert rung["emergency"] == ("Joseph Okafor", 0)
    assert rung["third_complaint"] == ("Helen Marsh", 0)


def test_the_engineer_reads_the_brief_and_says_yes_through_the_link_in_the_mail(
    story: dict[str, Any],
) -> None:
    (path,) = (FOLDER / "mails").glob("*-alarm.eml")
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)

    assert story["accepted_how"] == "link"
    assert (mail["X-Recovery-Level"], "olga@quay-strand.example" in mail["To"]) == ("1", True)
    for words in ("Karin Ekström", "201", "Do not explain who failed"):
        assert words in story["brief"]


def test_she_gets_a_written_apology(story: dict[str, Any]) -> None:
    assert [mail["kind"] for mail in story["mails"]] == ["apology_letter"]
    assert (ROOT / story["letter_pdf"]).read_bytes().startswith(b"%PDF-")
    assert json.loads((FOLDER / "result.json").read_text(encoding="utf-8")) == story
