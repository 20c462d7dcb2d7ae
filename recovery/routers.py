"""For hosts that read from a replica."""

from __future__ import annotations

from typing import Any

from django.db import models, router


class ReadWhereWritten:
    """Our rows are read from the database that they are written to. Name it before yours::

        DATABASE_ROUTERS = ["recovery.routers.ReadWhereWritten", "grandhotel.routers.Replicas"]

    A replica lags: a worker would not find the letter that it was just told about, and the desk would
    see a complaint as it was. Check ``recovery.E022`` asks for this router where it is needed.
    """

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        """The database that the other routers write our rows to; for other apps no opinion."""
        if model._meta.app_label != "recovery":
            return None
        return router.db_for_write(model, **hints)
