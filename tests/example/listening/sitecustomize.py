"""Loaded by every Python process whose PYTHONPATH names this folder: notes where it connects to."""

import os
import sys


def _note(event: str, given: tuple[object, ...]) -> None:
    if event == "socket.connect":
        with open(os.environ["CONNECTIONS"], "a", encoding="utf-8") as file:
            file.write(f"{given[1]!r}\n")


if "CONNECTIONS" in os.environ:
    sys.addaudithook(_note)
