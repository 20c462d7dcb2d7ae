"""Start commands of the host projects and of the example, each in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "example_project"
KEYS = {"2026": "a made-up key for the tests of the commands 0001"}


@dataclass(frozen=True)
class Answer:
    """What a command said. ``out`` is what it is for, ``err`` what it says about it."""

    code: int
    out: str
    err: str

    @property
    def both(self) -> str:
        return self.out + self.err

    @property
    def writes(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.startswith("WROTE")]

    def check_calm(self) -> None:
        """No traceback, whatever was wrong."""
        assert "Traceback" not in self.both, self.both


class Project:
    """A Django project in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *arguments: str, recovery: Any = None, settings: Any = None, **environment: str) -> Answer:
        """One command; ``settings`` replaces some of them, ``recovery`` is short for one."""
        outside = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "PYTEST_", "CELERY_"))}
        changed = {**(settings or {}), **({} if recovery is None else {"RECOVERY": recovery})}
        done = subprocess.run(
            [sys.executable, "-m", "tests.management.run_host", *arguments],
            cwd=ROOT,
            env={**outside, **self.environment(), "HOST_SETTINGS": json.dumps(changed), **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        answer = Answer(done.returncode, done.stdout, done.stderr)
        answer.check_calm()
        return answer

    def environment(self) -> dict[str, str]:
        raise AssertionError("each project has its own")

    def write(self, name: str, source: str) -> str:
        """A module that the project can import; returns its name."""
        (self.folder / f"{name}.py").write_text(source, encoding="utf-8")
        return name


class Host(Project):
    """A project under ``tests/projects`` with its own database file, and none of our tables."""

    def __init__(self, project: str, folder: Path) -> None:
        super().__init__(folder)
        self.project = project
        self.database = folder / f"{project}.sqlite3"

    def environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": f"tests.projects.{self.project}.settings",
            "HOST_DATABASE": str(self.database),
            "RECOVERY_TEST_DB": "sqlite",
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(ROOT)]),
        }

    def prepare(self) -> Host:
        """The host's own tables and rows."""
        assert self.run("prepare", recovery={}).code == 0
        return self


class Example(Project):
    """The example project, its files in a folder of the test."""

    def environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "example.settings",
            "EXAMPLE_DB": str(self.folder / "db.sqlite3"),
            "EXAMPLE_BROKER_DIR": str(self.folder / "broker"),
            "EXAMPLE_MAIL_DIR": str(self.folder / "mails"),
            "EXAMPLE_CLOCK": str(self.folder / "clock"),
            "PYTHONPATH": os.pathsep.join([str(self.folder), str(EXAMPLE), str(ROOT)]),
        }
