"""A DateTimeField that always hands out aware datetimes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models

from .. import clock


class MomentField(models.DateTimeField):
    """An instant. Python sees aware datetimes; a host with ``USE_TZ=False`` stores its local time."""

    def from_db_value(self, value: dt.datetime | None, *_: Any) -> dt.datetime | None:
        return None if value is None else clock.aware(value)

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(value)
        return super().get_prep_value(clock.stored(value) if value is not None else None)
