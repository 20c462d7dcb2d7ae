"""``manage.py play_story lost-reservation`` or ``power-outage``: the app at work, from end to end."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from story import lost_reservation, power_outage, stage
from story.sink import Sink
from story.teller import Teller

STORIES = {story.NAME: story for story in (lost_reservation, power_outage)}


class Command(BaseCommand):
    help = "Play a story with a real worker, real SMTP on loopback and real PDFs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("story", choices=sorted(STORIES))
        parser.add_argument("--json", action="store_true", help="one line of JSON, last on stdout")

    def handle(self, *args: Any, story: str, json: bool, **options: Any) -> None:
        stage.enter(story)
        folder = stage.folder_of(story)
        teller = Teller(quiet_stdout=json)
        with (
            Sink(folder=folder / "mails", port=stage.smtp_port()) as sink,
            stage.Worker(folder=folder) as worker,
        ):
            teller.title(STORIES[story].TITLE)
            result = STORIES[story].play(folder=folder, sink=sink, worker=worker, teller=teller)
        self._write(folder, result, as_json=json, teller=teller)
        if not result["ok"]:
            sys.exit(1)

    def _write(self, folder: Any, result: dict[str, Any], *, as_json: bool, teller: Teller) -> None:
        line = json.dumps(result, ensure_ascii=False)
        (folder / "result.json").write_text(line + "\n", encoding="utf-8")
        teller.title(f"{result['summary']} {result['seconds']} s.")
        teller.line(f"Everything is in {folder.relative_to(stage.ROOT)}/")
        if as_json:
            self.stdout.write(line)
