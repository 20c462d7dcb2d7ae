"""``manage.py recovery_check_playbooks``: what is wrong with shipped and edited playbooks, and the fix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...errors import RecoveryError
from ...models import Playbook
from ...rules import playbook as rules
from ...rules.playbook.shipped import texts


class Command(BaseCommand):
    help = "Check the shipped and the edited playbooks; name every problem with its place, step and fix."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--property", metavar="CODE", help="edited ones of this house and of the group; default: all"
        )

    def handle(self, *args: Any, property: str | None, **options: Any) -> None:
        shipped = list(self._shipped())
        rows = Playbook.objects.active().order_by("property_code", "key")
        if property is not None:
            rows = rows.filter(property_code__in=("", property))
        # An edited copy is measured against the shipped one, so that one comes first.
        edited = [] if shipped else [line for row in rows for line in self._edited(row)]
        for line in (*shipped, *edited):
            self.stdout.write(line)
        for row in () if shipped else (row for row in rows if row.is_behind):
            new = rules.shipped()[row.key].version
            self.stdout.write(
                f"note: {_name(row)}: version {new} is shipped by now, and this was edited from version "
                f"{row.shipped_version}. Compare them under Playbooks."
            )
        count = len(shipped) + len(edited)
        self.stdout.write(f"{len(texts())} shipped, {len(rows)} edited, {count} problem(s).")
        if count:
            # Not a CommandError: every problem is said already, and scripts read the code.
            raise SystemExit(1)

    def _shipped(self) -> Iterator[str]:
        for name, words in sorted(texts().items()):
            yield from _problems(f"playbooks/{name}", words)

    def _edited(self, row: Playbook) -> Iterator[str]:
        where = _name(row)
        if row.key not in rules.shipped():
            yield f"{where}: {row.key} is not shipped any more. Restore it under Playbooks."
            return
        yield from _problems(where, row.text)
        try:
            row.read()
        except RecoveryError as error:
            yield f"{where}: {error.sentence} Save it again under Playbooks."
            return
        data, _broken, _line = rules.read_toml(row.text)
        if {**data, "version": row.version} != {**row.data, "version": row.version}:
            yield f"{where}: the stored steps are not those of its text. Save it again under Playbooks."


def _problems(where: str, words: str) -> Iterator[str]:
    data, broken, line = rules.read_toml(words)
    for problem in broken or rules.find_problems(
        {**data, "version": data.get("version", 1)} if data else data
    ):
        number = line if broken else rules.line_of(words, problem.path)
        place = f" {problem.where}:" if problem.where else ""
        yield f"{where}:{number}:{place} {problem.problem}. {problem.fix}"


def _name(row: Playbook) -> str:
    return f"edited copy {row.pk} ({row.property_code or 'every house'}, {row.key}, version {row.version})"
