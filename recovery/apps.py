"""Wiring, and nothing else."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from . import conf
from .choices import Lane


class RecoveryConfig(AppConfig):
    """Guest recovery. Importing it imports neither Celery nor DRF nor Typst."""

    name = "recovery"
    label = "recovery"
    verbose_name = _("Guest recovery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks and connect the outbox to the publisher."""
        # Here, because these modules need the app registry.
        from . import checks  # noqa: F401 because importing it registers the system checks
        from .outbox.publisher import Publisher, install
        from .outbox.relay import CHUNK
        from .signals import outbox_committed

        self.publisher = Publisher(publish=_publish, chunk=CHUNK)
        install(self.publisher)
        outbox_committed.connect(self._wake, dispatch_uid="recovery.wake")
        if "celery" in sys.modules:
            # The host has a Celery app and this is the thread in which Celery knows it.
            from .tasks import remember_host_app

            remember_host_app()

    def _wake(self, *, ids: Sequence[int], lane: int, **_kwargs: Any) -> None:
        wake = conf.current().WAKE
        if wake == "celery" or (wake == "auto" and "celery" in sys.modules):
            self.publisher.offer(ids, lane=Lane(lane))


def _publish(ids: Sequence[int], lane: Any) -> None:
    from .tasks import publish  # because Celery is imported by nobody but the thread that needs it

    publish(ids, lane)
