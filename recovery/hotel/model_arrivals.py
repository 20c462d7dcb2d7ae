"""Who arrives on a day, from a host's tables. The database narrows down, Python decides."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Q,
    QuerySet,
    TextField,
    prefetch_related_objects,
)

from .cleaning import CODE_LIMIT, is_clean_ref
from .facts import Stay
from .matching import WINDOW
from .model_rows import Houses, ModelRows
from .row_reading import RowReader, as_value, edge

logger = logging.getLogger(__name__)

#: Rows read at most where the database cannot look for a day: the newest.
MOST_UNDATED = 2000
#: Of these the house and the day of a stay are made.
_DAY_PATHS = ("stay_property", "arrival", "departure", "nights")


def can_tell(hotel: ModelRows) -> bool:
    """Whether the adapter says when stays begin; without that an empty list would be a lie."""
    return bool(hotel.arrival) or _reads_dates_itself(hotel)


def arrivals(hotel: ModelRows, property_code: str, on: dt.date) -> list[Stay]:
    """Stays that arrive at that house on that day of its calendar, without cancelled ones, oldest row first.

    Queries: 1 for the stays, 1 for the houses, 1 for each to-many relation in a path.
    """
    if not is_clean_ref(property_code, limit=CODE_LIMIT):
        return []
    houses = Houses(hotel, whole=True)
    rows = _rows_of(hotel, property_code, on)
    _prefetch(hotel, rows, _DAY_PATHS)
    reader = RowReader()
    due = [row for row in rows if reader.read(_is_due, hotel, row, houses, property_code, on)]
    reader.refuse_if_all_failed()
    _prefetch(hotel, due, hotel.stay_routes)
    reader = RowReader()
    stays = [stay for row in due if (stay := reader.read(hotel.stay_from, row, houses))]
    reader.refuse_if_all_failed()
    # Once more, because a host's own stay_from may know better than its paths.
    return [
        stay
        for stay in stays
        if stay.arrival_on == on and stay.property_code == property_code and not stay.is_cancelled
    ]


def _is_due(hotel: ModelRows, row: Any, houses: Houses, property_code: str, on: dt.date) -> bool:
    return hotel.dates_of(row, houses)[0] == on and hotel.property_code_of(row) == property_code


def _rows_of(hotel: ModelRows, property_code: str, on: dt.date) -> list[Any]:
    """Rows among which all of that day are, each once, in the order of their keys."""
    rows = _at_house(hotel, hotel.stay_rows(), property_code)
    near = _near_day(hotel, on)
    if near is not None:
        found = list(rows.filter(near).order_by("pk"))
    else:
        found = list(rows.order_by("-pk")[:MOST_UNDATED])[::-1]
        if len(found) == MOST_UNDATED:
            logger.warning("Arrivals are among the newest %s stays only: arrival is no column.", MOST_UNDATED)
    return list({row.pk: row for row in found}.values())  # because a to-many path finds a row twice


def _at_house(hotel: ModelRows, rows: QuerySet[Any], property_code: str) -> QuerySet[Any]:
    """Only the rows of that house, where the database can tell."""
    # A single house takes rows that name none; a host that overrides the method may take any.
    if hotel.single_property is not None or type(hotel).property_code_of is not ModelRows.property_code_of:
        return rows
    for route in hotel.stay_routes["stay_property"]:
        value = as_value(route.field, property_code) if _is_djangos(route.field) else None
        if route.lookup and value is not None:
            return rows.filter(**{route.lookup: value})
    return rows


def _near_day(hotel: ModelRows, on: dt.date) -> Q | None:
    """A generous condition on the column of the arrival; ``None`` where the database cannot help."""
    route = next((route for route in hotel.stay_routes["arrival"] if route.lookup), None)
    if route is None:
        return None
    is_own = _reads_dates_itself(hotel)
    if isinstance(route.field, DateField):
        # A moment is up to 14 hours from the day that it is at the house.
        slack = WINDOW if is_own else int(isinstance(route.field, DateTimeField))
        since, until = edge(route.field, on, -slack), edge(route.field, on, slack + 1)
        return Q(**{f"{route.lookup}__gte": since, f"{route.lookup}__lt": until})
    if type(route.field) in (CharField, TextField) and not is_own:
        near = Q()
        for text in _written(on):
            near |= Q(**{f"{route.lookup}__contains": text})
        return near
    return None


def _written(on: dt.date) -> Iterable[str]:
    """How ``to_date`` reads a day in a text. The days beside it: a text may be a moment with its zone."""
    for days in (-1, 0, 1):
        day = edge(None, on, days)
        for mark in ("-", "", "/", "."):
            yield f"{day.year:04}{mark}{day.month:02}{mark}{day.day:02}"
    yield from {
        f"{d}.{m}.{on.year:04}" for d in (on.day, f"{on.day:02}") for m in (on.month, f"{on.month:02}")
    }


def _reads_dates_itself(hotel: ModelRows) -> bool:
    return type(hotel).dates_of is not ModelRows.dates_of


def _is_djangos(field: Any) -> bool:
    """A host's own kind of column may store something else than it hands out."""
    return type(field).__module__.partition(".")[0] == "django"


def _prefetch(hotel: ModelRows, rows: list[Any], attributes: Iterable[str]) -> None:
    """Ask for the to-many relations of these paths, once for all rows."""
    routes = [route for attribute in attributes for route in hotel.stay_routes[attribute]]
    prefetch_related_objects(rows, *sorted({route.prefetch for route in routes if route.prefetch}))
