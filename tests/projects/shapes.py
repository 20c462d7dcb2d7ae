"""Running one host project as a test, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROJECTS = sorted(folder.parent.name for folder in Path(__file__).parent.glob("*/shape.py"))
#: In two files, because files are what is shared out among workers.
ONE_HALF, OTHER_HALF = PROJECTS[::2], PROJECTS[1::2]


def drive(project: str) -> None:
    """Checks, migrations, journey, own tests, removal: all of it, or what was said."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST_", "DJANGO_"))}

    run = subprocess.run(
        [sys.executable, "-m", "tests.projects.drive", project],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
