#!/usr/bin/env python3
"""Run the tests on a fresh machine: nothing but Python 3.11 or newer need be there.

    python3 tests/run.py [arguments for pytest]
    python3 tests/run.py --only-venv

Makes and fills ``.venv`` when it is missing or pyproject.toml asks for something else, then runs
every test that needs no service. The exit code is pytest's.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / ".filled-for"
OLDEST = (3, 11)
NEEDS_A_SERVICE = ("rabbitmq", "postgresql", "mariadb", "browser", "packages")


def main(arguments: list[str]) -> int:
    go_on_with_a_new_enough_python()
    prepare()
    if arguments == ["--only-venv"]:
        return 0
    chosen = f"not ({' or '.join(NEEDS_A_SERVICE)})"
    side_by_side = ["-n", "auto", "--dist", "loadfile"]
    return subprocess.call([str(PYTHON), "-m", "pytest", "-m", chosen, *side_by_side, *arguments], cwd=ROOT)


def go_on_with_a_new_enough_python() -> None:
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])
    sys.exit(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")


def prepare() -> None:
    """Make .venv and install the package with what its tests need, unless that was done already."""
    wanted = digest_of_requirements()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    if not PYTHON.exists():
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            version = f"python3.{sys.version_info[1]}"
            sys.exit(f"Python's venv module is missing. Run:\n  sudo apt-get install -y {version}-venv")
        call(sys.executable, "-m", "venv", "--clear", str(VENV))
    # On stderr, because a program may read what comes after; flushed, because pip takes a minute.
    print("Filling .venv from the package index, once …", file=sys.stderr, flush=True)
    call(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[test]")
    STAMP.write_text(wanted)


def digest_of_requirements() -> str:
    """What .venv depends on: a new lint rule in pyproject.toml is no reason to install again."""
    import tomllib  # here because an older Python must get as far as the sentence above

    with (ROOT / "pyproject.toml").open("rb") as file:
        given = tomllib.load(file)
    return hashlib.sha256(repr((given["build-system"], given["project"])).encode()).hexdigest()


def call(*command: str) -> None:
    status = subprocess.call(command, cwd=ROOT)
    if status:
        sys.exit(f"This failed ({status}): {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
