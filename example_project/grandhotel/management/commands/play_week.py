"""``manage.py play_week --seed N``: a week of complaints, promises and shifts, and what was due in it."""

from __future__ import annotations

import json as jsons
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from story import stage
from story.teller import Teller


class Command(BaseCommand):
    help = "Play a week through the real verbs, sweep and database, and compare it with a plain model."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--days", type=int, default=7, help="1 to 7; the first night is a clock change")
        parser.add_argument("--scale", type=float, default=1.0, help="how many complaints; 1 is a full house")
        parser.add_argument("--json", action="store_true", help="one line of JSON, last on stdout")
        parser.add_argument("--dump", type=Path, help="folder for promises.csv and the alarm mails")

    def handle(
        self, *args: Any, seed: int, days: int, scale: float, json: bool, dump: Path | None, **options: Any
    ) -> None:
        if not 1 <= days <= 7 or not 0 < scale <= 10:
            raise CommandError("a week has 1 to 7 days, and a scale above 0 and up to 10")
        stage.enter(f"week-{seed}", EXAMPLE_ALONE="1", EXAMPLE_SMTP="")
        from week import report  # because models come after the database is named
        from week.people import People
        from week.world import World

        teller = Teller(quiet_stdout=json)
        teller.title(
            f"A week at two houses, dice {seed}: {days} days from Saturday night, the clocks go back"
        )
        world = World(days=days)
        world.build()
        People(world, seed=seed, scale=scale)
        world.live()
        result = report.report(world)
        if dump is not None:
            report.dump(world, dump)
        for code, count in sorted(world.refused.items()):
            teller.refused(f"{count} × {code}")
        for name, value in result.items():
            teller.line(f"{name.replace('_', ' ')}: {value}")
        teller.done(f"{teller.seconds} s")
        if json:
            self.stdout.write(jsons.dumps(result))
        if not report.holds(result):
            sys.exit(1)
