"""``manage.py recovery_check_texts``: what is wrong with own words for guest texts, and the fix."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ...actions.lookups import known_houses
from ...errors import RecoveryError
from ...models import LetterText
from ..texts_check import Checked, check_texts


class Command(BaseCommand):
    help = "Check the own words of the houses and the group: placeholders, facts, languages, tone, fonts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--property", metavar="CODE", help="of this house and of the group; default: all")
        parser.add_argument("--json", action="store_true", help="one JSON object, for a script")

    def handle(self, *args: Any, property: str | None, json: bool, **options: Any) -> None:
        rows = LetterText.objects.active().order_by("property_code", "kind", "language")
        if property is not None:
            rows = rows.filter(property_code__in=("", property))
        checked = check_texts(rows, houses=_houses())
        if json:
            self._as_json(checked)
        else:
            self._as_lines(checked)
        if checked.faults:
            # Not a CommandError: every fault is said already, and scripts read the code.
            raise SystemExit(1)

    def _as_lines(self, checked: Checked) -> None:
        for fault in checked.faults:
            self.stdout.write(str(fault))
        for note in checked.notes:
            self.stdout.write(f"note: {note}")
        self.stdout.write(f"{checked.texts} text(s), {len(checked.faults)} fault(s).")

    def _as_json(self, checked: Checked) -> None:
        said = {
            "texts": checked.texts,
            "faults": [each.to_json() for each in checked.faults],
            "notes": [each.to_json() for each in checked.notes],
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=2))


def _houses() -> frozenset[str] | None:
    """The codes of the adapter; ``None`` where the hotel's system does not answer: that is no fault here."""
    try:
        return frozenset(house.code for house in known_houses())
    except RecoveryError:
        return None
