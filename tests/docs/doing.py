"""Do what a page of the docs says, block by block, in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.docs.pages import DOCS, ROOT

BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"# (new file|add to|replace in|run in): (.+)\n")


class Block(NamedTuple):
    language: str
    code: str


def text_of(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def blocks_of(text: str) -> list[Block]:
    return [Block(*match) for match in BLOCK.findall(text)]


def _environment() -> dict[str, str]:
    # The commands of the page say "python" and "django-admin": those of this environment.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    others = ("DJANGO_", "RECOVERY_", "EXAMPLE_", "PYTEST_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(others)}
    return kept | {"PATH": path, "PYTHONPATH": str(ROOT)}


def _run(command: list[str], folder: Path, given: str = "") -> str:
    done = subprocess.run(
        command, cwd=folder, env=_environment(), input=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{given}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def obey(block: Block, folder: Path) -> str:
    """Do it. Returns what the commands said."""
    if block.language == "sh":
        # The package under test, and pytest, are installed already.
        lines = [line for line in block.code.splitlines() if not line.startswith("pip install")]
        return "".join(_run(["bash", "-c", line], folder) for line in lines)
    place = PLACE.match(block.code)
    assert place is not None, "a Python block must say where it belongs"
    how, where = place.groups()
    code = block.code[place.end() :]
    if how == "run in":
        return _run([sys.executable, *where.split()], folder, given=code)
    target = folder / where
    if how == "replace in":
        _replace(target, code)
        return ""
    before = "" if how == "new file" else target.read_text(encoding="utf-8")
    target.write_text(before + "\n" + code, encoding="utf-8")
    return ""


def _replace(target: Path, code: str) -> None:
    """Put the code in the place of the one line that begins as it does."""
    beginning = code.split("=")[0]
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    (number,) = (number for number, line in enumerate(lines) if line.startswith(beginning))
    target.write_text("".join([*lines[:number], code, *lines[number + 1 :]]), encoding="utf-8")
