"""``manage.py recovery_doctor [--json]``: is everything ready, and if not, what to do. Changes nothing."""

from __future__ import annotations

import json as jsonlib
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...errors import RecoveryError
from ...hotel import Hotel, get_hotel
from ...hotel.connecting.read_only import read_only
from ..doctor import adapter, delivery, from_checks, houses, project, readiness
from ..doctor.line import Line, guarded, red

_WIDTH = 100


class Command(BaseCommand):
    help = "Ask adapter, settings, houses, people and workers whether all is ready. Exit code 1 if not."
    # None, because the checks are part of the answer.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one line of JSON")
        parser.add_argument("--stay", default="", metavar="REF", help="ask the adapter about this stay")

    def handle(self, *args: Any, json: bool, stay: str, **options: Any) -> None:
        with read_only():
            lines = examine(stay_ref=stay)
        ok = all(line.ok for line in lines)
        if json:
            answer = {"ok": ok, "lines": [line.to_json() for line in lines]}
            self.stdout.write(jsonlib.dumps(answer, ensure_ascii=False))
        else:
            self._print(lines)
        if not ok:
            sys.exit(1)

    def _print(self, lines: Sequence[Line]) -> None:
        width = max(len(line.name) for line in lines)
        margin = " " * (width + 7)
        for line in lines:
            mark = self.style.SUCCESS("  ok ") if line.ok else self.style.ERROR(" RED ")
            detail = textwrap.wrap(line.detail, _WIDTH - len(margin)) or [""]
            self.stdout.write(f"{mark} {line.name:<{width}} {detail[0]}".rstrip())
            rest = [f"{margin}{more}" for more in detail[1:]]
            arrow = "→ " if not line.ok else "· "
            rest += textwrap.wrap(
                line.fix,
                _WIDTH,
                initial_indent=margin + arrow,
                subsequent_indent=margin + "  ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            for text in rest:
                self.stdout.write(text)
        wrong = sum(not line.ok for line in lines)
        if wrong:
            self.stdout.write(
                self.style.ERROR(f"\n{wrong} of {len(lines)} lines are red: do what the arrows say.")
            )
        else:
            self.stdout.write(self.style.SUCCESS(f"\nAll {len(lines)} lines are green."))


def examine(*, stay_ref: str = "") -> list[Line]:
    """Every line, in the order in which a person would put things right."""
    found = guarded("settings", from_checks.lines)
    if from_checks.bad_settings():
        return found  # because nothing else can be asked with a setting of the wrong type
    tables = guarded("tables", project.tables, fix="Is the database running, and are DATABASES right?")
    has_tables = all(line.ok for line in tables)
    found += tables
    hotel = _hotel()
    if hotel is not None:
        found += adapter.lines(hotel, stay_ref=stay_ref)
    if has_tables and hotel is not None:
        found += guarded("houses", lambda: houses.lines(list(hotel.properties())))
        found += guarded("readiness", readiness.lines)
    elif not has_tables:
        fix = "manage.py migrate recovery, then manage.py recovery_init"
        found.append(red("houses", "profiles, brands and staff have no tables yet", fix))
    found += guarded("guest pages", project.guest_pages, fix="Correct your urls.py: it cannot be imported.")
    found += guarded("PDF and fonts", project.paper)
    found += delivery.lines(has_tables=has_tables)
    return found


def _hotel() -> Hotel | None:
    try:
        return get_hotel()
    except RecoveryError:
        return None  # because the line “adapter” has told it, with the fix
