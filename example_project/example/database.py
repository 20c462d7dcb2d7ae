"""Make the example's database."""

from __future__ import annotations

from pathlib import Path

from django.core.management import call_command
from django.db import connection


def prepare() -> None:
    """Create or update the tables; harmless when they are there."""
    name = connection.settings_dict["NAME"]
    if isinstance(name, Path):
        name.parent.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        # Readers and the writer do not wait for each other. Written into the file, so once is enough.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")
