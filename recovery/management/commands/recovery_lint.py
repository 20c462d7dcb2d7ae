"""``manage.py recovery_lint``: what is wrong with sentences to guests, a line of JSON for each."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...choices import Stance
from ...rules import tone


class Command(BaseCommand):
    help = (
        "Read texts, one a line, from files or standard input, and print a line of JSON for each: text, "
        "codes, components. No codes means that no known problem was found. Needs no database."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: standard input")
        parser.add_argument(
            "--lang", required=True, metavar="CODE", help=f"one of {', '.join(tone.LANGUAGES)}"
        )
        parser.add_argument(
            "--stance",
            choices=[value for value in Stance.values if value],
            help="where the house stands; without it as if fault were open",
        )
        parser.add_argument("--json", action="store_true", help="lines of JSON; there is no other form")

    def handle(self, *args: Any, files: list[Path], lang: str, stance: str | None, **options: Any) -> None:
        if not tone.is_checked(lang):
            raise CommandError(f"There are no rules for “{lang}”. Known: {', '.join(tone.LANGUAGES)}.")
        fault_open = stance != Stance.RESPONSIBILITY
        for text in _lines(files):
            found = tone.check_text(text, language=lang, fault_open=fault_open)
            answer = {
                "text": text,
                "codes": list(dict.fromkeys(str(each.code) for each in found)),
                "components": sorted(str(code) for code in tone.components(text, lang)),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))


def _lines(files: Iterable[Path]) -> Iterator[str]:
    """Every line, in order. What is no UTF-8 is read as far as it goes: a line is answered, not lost.

    :raises CommandError: if a file cannot be read.
    """
    if not files:
        yield from _of(getattr(sys.stdin, "buffer", sys.stdin))
        return
    for path in files:
        try:
            with path.open("rb") as file:
                yield from _of(file)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error


def _of(file: Iterable[bytes] | Iterable[str]) -> Iterator[str]:
    # Cut at line feeds alone, so that there is one answer for each line whatever else stands in it.
    for line in file:
        text = line.decode("utf-8", errors="replace") if isinstance(line, bytes) else line
        yield text.rstrip("\n").rstrip("\r")
