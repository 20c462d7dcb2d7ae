"""Run one host project: its checks, migrations, journey, installation and removal, and own tests.

``python -m tests.projects.drive guest_is_user`` – a process of its own, because settings are global.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.projects.database import ON_SQLITE

HERE = Path(__file__).resolve().parent


def main(project: str) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = f"tests.projects.{project}.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOST_DATABASE"] = str(Path(folder) / "db.sqlite3")
        import django  # because settings are chosen above

        django.setup()
        if not ON_SQLITE:  # because the commands would work on the server's own database
            return run_tests(project)
        set_up()
        return run_tests(project) or check_drift() or leave(project)


def set_up() -> None:
    """What a developer types after adding the app."""
    from django.core.management import call_command

    call_command("check", fail_level="ERROR")
    call_command("migrate", run_syncdb=True, verbosity=0)


def check_drift() -> int:
    """A host's settings must never make a migration inside our package."""
    from django.core.management import call_command

    try:
        call_command("makemigrations", "recovery", check_changes=True, dry_run=True)
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def leave(project: str) -> int:
    """Our tables go, and then every trace of us in the tables of Django."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", "recovery", "zero", verbosity=0)
    connection.close()
    return subprocess.call([sys.executable, "-m", "tests.projects.leave", project])


def run_tests(project: str) -> int:
    import pytest

    own = [HERE / project / name for name in ("shape.py", "front.py", "arriving.py")]
    places = [HERE / "journey.py", HERE / "lifecycle.py", *(file for file in own if file.exists())]
    return int(pytest.main(["-q", "-c", str(HERE / "host.ini"), "--noconftest", *map(str, places)]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
