"""Find stays in a host's tables by what a colleague typed.

The database narrows down, Python decides (``matching``). Names are compared in Python, because no
comparison that forgives accents and slips exists on SQLite, PostgreSQL and MariaDB alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import DateField, Q, QuerySet, prefetch_related_objects

from .facts import StayMatch
from .matching import MOST_MATCHES, WINDOW, Clues, Query, match_stay, rank, read_words, weigh
from .model_paths import each
from .model_rows import Houses, ModelRows
from .normalise import to_text
from .paths import first
from .row_reading import RowReader, as_value, edge
from .text_filters import name_filter, phone_filter

#: Stays read at most for one search, half of them on each side of the told arrival.
MOST_CANDIDATES = 2000
_MOST_BY_REF = 50


def find_stays(hotel: ModelRows, words: str, around: dt.date | None) -> list[StayMatch]:
    """Stays that the words may mean, best first, at most 20.

    Queries: at most 2 for a date window (4 when it is crowded), 1 for a reference, 1 for the
    houses, 1 for each to-many relation in a path.
    """
    query = read_words(words)
    if query.is_empty:
        return []
    houses = Houses(hotel, whole=True)
    best = _best(hotel, query, around, houses)
    prefetch = {r.prefetch for routes in hotel.stay_routes.values() for r in routes if r.prefetch}
    prefetch_related_objects(best, *sorted(prefetch))
    reader = RowReader()
    stays = [stay for row in best if (stay := reader.read(hotel.stay_from, row, houses))]
    reader.refuse_if_all_failed()
    return rank(match for stay in stays if (match := match_stay(query, stay, around)))


def _best(hotel: ModelRows, query: Query, around: dt.date | None, houses: Houses) -> list[Any]:
    reader = RowReader()
    weighed: list[tuple[int, Any]] = []
    for row in _candidates(hotel, query, around):
        clues = reader.read(_clues, hotel, row, houses)
        if clues and (score := weigh(query, clues, around)):
            weighed.append((score, row))
    reader.refuse_if_all_failed()
    weighed.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _, row in weighed[:MOST_MATCHES]]


def _clues(hotel: ModelRows, row: Any, houses: Houses) -> Clues:
    """Only what the search compares: two thousand rows must not ask for every fact."""
    guest = first(row, hotel.stay_guest) if hotel.stay_guest else row
    arrival, departure = hotel.dates_of(row, houses)
    names = [*each(hotel.guest_name), hotel.guest_first_name, hotel.guest_last_name]
    return Clues(
        stay_ref=to_text(first(row, hotel.stay_ref)),
        agency_ref=to_text(first(row, hotel.agency_ref)),
        name=" ".join(to_text(first(guest, path)) for path in dict.fromkeys(names)),
        email=to_text(first(guest, hotel.guest_email)).strip(),
        phone=to_text(first(guest, hotel.guest_phone)),
        arrival_on=arrival,
        departure_on=departure,
    )


def _candidates(hotel: ModelRows, query: Query, around: dt.date | None) -> Iterable[Any]:
    rows = hotel.stay_rows()
    light = {
        route.prefetch
        for attribute in _CLUE_PATHS
        for route in hotel.stay_routes[attribute]
        if route.prefetch
    }
    rows = rows.prefetch_related(*sorted(light)) if light else rows
    found = {row.pk: row for row in _with_ref(hotel, rows, query)}
    nearest, is_crowded = _nearest(hotel, rows, around)
    narrow = _text_filter(hotel, query) if is_crowded else None
    if narrow is not None:
        nearest, _ = _nearest(hotel, rows.filter(narrow), around)
    found.update((row.pk, row) for row in nearest)
    return found.values()


def _with_ref(hotel: ModelRows, rows: QuerySet[Any], query: Query) -> list[Any]:
    """Stays with that very reference, at any date."""
    wanted = Q()
    for route in (*hotel.stay_routes["stay_ref"], *hotel.stay_routes["agency_ref"]):
        for ref in query.raw_refs:
            value = as_value(route.field, ref)
            if route.lookup and value is not None:
                is_text = isinstance(value, str)
                wanted |= Q(**{f"{route.lookup}__iexact" if is_text else route.lookup: value})
    return list(rows.filter(wanted)[:_MOST_BY_REF]) if wanted else []


def _nearest(hotel: ModelRows, rows: QuerySet[Any], around: dt.date | None) -> tuple[list[Any], bool]:
    """Stays near a day, and whether there were more than fit."""
    arrival = next((r for r in hotel.stay_routes["arrival"] if isinstance(r.field, DateField)), None)
    if arrival is None or not arrival.lookup:
        found = list(rows.order_by("-pk")[:MOST_CANDIDATES])
        return found, len(found) == MOST_CANDIDATES
    if around is None:
        found = list(rows.order_by(f"-{arrival.lookup}", "-pk")[:MOST_CANDIDATES])
        return found, len(found) == MOST_CANDIDATES
    at = edge(arrival.field, around)
    since, until = edge(arrival.field, around, -WINDOW - 1), edge(arrival.field, around, WINDOW + 2)
    before = Q(**{f"{arrival.lookup}__lt": at, f"{arrival.lookup}__gte": since})
    for departure in hotel.stay_routes["departure"]:
        if departure.lookup and isinstance(departure.field, DateField):
            # A long-stay guest arrived before the window and is still here.
            here = edge(departure.field, around)
            before |= Q(**{f"{arrival.lookup}__lt": since, f"{departure.lookup}__gte": here})
    half = MOST_CANDIDATES // 2
    after = Q(**{f"{arrival.lookup}__gte": at, f"{arrival.lookup}__lt": until})
    later = list(rows.filter(after).order_by(arrival.lookup, "pk")[:half])
    earlier = list(rows.filter(before).order_by(f"-{arrival.lookup}", "-pk")[:half])
    return [*later, *earlier], half in (len(later), len(earlier))


def _text_filter(hotel: ModelRows, query: Query) -> Q | None:
    """A generous condition on the guest's columns; ``None`` where the database cannot help."""

    def lookups(*attributes: str) -> list[str]:
        return [r.lookup for a in attributes for r in hotel.stay_routes[a] if r.lookup]

    wanted = Q()
    names = lookups("guest_name", "guest_first_name", "guest_last_name")
    if query.names and not names:
        return None  # because a name that is made by a method can only be compared in Python
    if query.names:
        wanted |= name_filter(names, query.names)
    for lookup in lookups("guest_email"):
        for email in query.emails:
            wanted |= Q(**{f"{lookup}__iexact": email})
    for lookup in lookups("guest_phone"):
        for phone in query.phones:
            wanted |= phone_filter(lookup, phone)
    for lookup in lookups("agency_ref"):
        for ref in query.raw_refs:
            wanted |= Q(**{f"{lookup}__iexact": ref})
    return wanted or None


_CLUE_PATHS = (
    "stay_ref", "stay_property", "agency_ref", "arrival", "departure", "nights", "stay_guest",
    "guest_name", "guest_first_name", "guest_last_name", "guest_email", "guest_phone",
)  # fmt: skip
