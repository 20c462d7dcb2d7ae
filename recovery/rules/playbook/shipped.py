"""The playbooks that come with the package."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

from .form import Playbook
from .reading import read


@functools.cache
def shipped() -> dict[str, Playbook]:
    """By key, in the order of the keys.

    :raises BadPlaybook: if a file is broken; a test reads them all.
    """
    books = [read(tomllib.loads(words), key=name) for name, words in sorted(texts().items())]
    return {book.key: book for book in sorted(books, key=lambda book: book.key)}


@functools.cache
def texts() -> dict[str, str]:
    """The files as they are written, by file name."""
    folder = resources.files("recovery") / "playbooks"
    return {
        entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")
    }


def text_of(key: str) -> str:
    """The file of one playbook: what an edited copy starts from."""
    return next((words for name, words in texts().items() if name.startswith(f"{key.lower()}_")), "")
