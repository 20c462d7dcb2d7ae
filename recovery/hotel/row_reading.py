"""What the search and the list of arrivals do alike: values for a query, and rows read one by one."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField

from .. import conf

T = TypeVar("T")

logger = logging.getLogger(__name__)


def as_value(field: Any, text: str) -> Any:
    """The text as a value of the column; ``None`` if it cannot be one."""
    if field is None or not text.isprintable():
        return None
    try:
        return field.to_python(text)
    except (ValidationError, ValueError, TypeError, OverflowError):
        return None


def edge(field: Any, day: dt.date, days: int = 0) -> dt.date:
    """A day as the column stores it. Comparing moments needs no time-zone tables in the database."""
    ordinal = min(max(day.toordinal() + days, 2), dt.date.max.toordinal() - 1)
    day = dt.date.fromordinal(ordinal)
    if not isinstance(field, DateTimeField):
        return day
    return dt.datetime.combine(day, dt.time.min, tzinfo=dt.UTC if conf.uses_time_zones() else None)


class RowReader:
    """Reads rows one by one, so that one broken row never hides the others."""

    def __init__(self) -> None:
        self._read = 0
        self._error: Exception | None = None

    def read(self, function: Callable[..., T], *arguments: Any) -> T | None:
        """What the function returns; ``None`` if it raised, which is logged."""
        try:
            value = function(*arguments)
        except Exception as error:  # because a host's property may raise anything; it is logged
            logger.warning("A stay could not be read and was left out: %r", error)
            self._error = error
            return None
        self._read += 1
        return value

    def refuse_if_all_failed(self) -> None:
        """Nothing but errors is no bad row, it is a bad adapter: say so."""
        if self._error is not None and not self._read:
            raise self._error
