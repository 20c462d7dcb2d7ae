"""``manage.py seed_group``: make the example's database and fill it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from example.database import prepare
from recovery import clock

from ...models import Booking, Guest, Room
from ...seeding.fill import fill

COUNTED = ((Room, "rooms"), (Guest, "guests"), (Booking, "bookings"))
HEAD_OFFICE = ZoneInfo("Europe/London")


class Command(BaseCommand):
    help = "Create the tables and fill them with two invented hotels. Harmless to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--around",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day around which the normal bookings lie; default: today",
        )

    def handle(self, *args: Any, around: dt.date | None, **options: Any) -> None:
        prepare()
        today = around or clock.now().astimezone(HEAD_OFFICE).date()
        with transaction.atomic():
            fill(around=today, password="demo" if settings.DEBUG else None)
        counts = (f"{model.objects.count()} {name}" for model, name in COUNTED)
        self.stdout.write(", ".join(counts) + ".")
