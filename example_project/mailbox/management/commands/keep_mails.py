"""``manage.py keep_mails``: the demonstration's mail server."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from story.sink import Sink


class Command(BaseCommand):
    help = "Accept mail on loopback and keep it in the mail folder, until it is told to end."

    def handle(self, *args: Any, **options: Any) -> None:
        over = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: over.set())
        with Sink(folder=Path(settings.MAIL_DIR), port=int(settings.SMTP_PORT)):
            over.wait()
