"""Run in a process of its own by the tests: one command of a host project.

``python -m tests.management.run_host prepare`` makes the host's own tables and rows, none of ours;
anything else is a management command. ``HOST_SETTINGS`` replaces settings. Whatever saves or deletes
a row meanwhile is told on the last lines.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

import django
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save


def main(arguments: list[str]) -> None:
    settings: Any = importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    for name, value in json.loads(os.environ.get("HOST_SETTINGS", "{}")).items():
        setattr(settings, name, value)
    django.setup()
    if arguments == ["prepare"]:
        make_tables_and_rows(settings.ROOT_PACKAGE)
        return
    from django.core.management import execute_from_command_line

    watch_writes()
    try:
        execute_from_command_line(["manage.py", *arguments])
    finally:
        print(f"celery imported: {'celery' in sys.modules}", file=sys.stderr)


def make_tables_and_rows(package: str) -> None:
    from django.apps import apps
    from django.db import connection

    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if not model.__module__.startswith("recovery"):
                editor.create_model(model)
    importlib.import_module(f"{package}.rows").make_lost_reservation()


def watch_writes() -> None:
    def tell(sender: Any, **_: Any) -> None:
        print(f"WROTE {sender}", file=sys.stderr)

    for signal in (pre_save, post_save, pre_delete, m2m_changed):
        signal.connect(tell, weak=False)


if __name__ == "__main__":
    main(sys.argv[1:])
