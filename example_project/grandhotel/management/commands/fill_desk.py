"""``manage.py fill_desk``: an evening at the desks, in a database in which the story was played."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from recovery import clock
from story import desk


class Command(BaseCommand):
    help = "Fill the houses around today and open an evening's complaints. Harmless to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("seed_group", around=clock.now().date(), verbosity=0, stdout=self.stdout)
        self.stdout.write(f"{desk.fill()} complaints.")
