"""A wheel of this tree, and environments of their own to put it in."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Seconds for one download or one command.
PATIENCE = 600


def clean_environment() -> dict[str, str]:
    """Nothing of the environment in which the tests run, but the way to the package index."""
    others = ("DJANGO_", "RECOVERY_", "PYTHON", "PYTEST_", "COVERAGE_", "CELERY_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(others)}
    kept.pop("VIRTUAL_ENV", None)
    return kept | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def call(*command: str | Path, cwd: Path, given: str | None = None) -> str:
    """What it says. Fails with all of it."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=clean_environment(),
        input=given,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Environment:
    """A virtual environment of its own, away from this tree."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def install(self, *what: str | Path) -> None:
        call(self.python, "-m", "pip", "install", "--quiet", *what, cwd=self.folder)

    def run(self, *arguments: str | Path, cwd: Path, given: str | None = None) -> str:
        return call(self.python, *arguments, cwd=cwd, given=given)

    def packages(self) -> set[str]:
        """Their names, as pip spells them."""
        listed = self.run("-m", "pip", "list", "--format=freeze", cwd=self.folder)
        return {line.partition("==")[0].lower() for line in listed.splitlines()}


def make_environment(folder: Path) -> Environment:
    venv.create(folder, with_pip=True)
    return Environment(folder)


def the_mail_in(file: Path) -> EmailMessage:
    """The one mail that Django's backend for files has written there."""
    (content, after) = file.read_bytes().split(b"\n" + b"-" * 79)  # its line between two mails
    assert not after.strip()
    return email.message_from_bytes(content, policy=policy.default)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, built as an index would get it."""
    folder = tmp_path_factory.mktemp("wheel")
    call(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built
