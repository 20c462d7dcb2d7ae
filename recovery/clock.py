"""The one clock: the database's, in UTC.

Application clocks differ between machines; the database's does not. ``CLOCK`` (refused unless
DEBUG) moves due times and verbs, so that a demonstration can travel in time. Leases never travel:
they use ``database_now``. A test moves the clock with ``recovery.testing.hotel_clock``, which no
setting can reach.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections
from django.utils import timezone
from django.utils.module_loading import import_string

from . import conf

# PostgreSQL: not CURRENT_TIMESTAMP, which stands still inside a transaction; and in UTC without a zone,
# because a host with USE_TZ=False gets its local time without a zone otherwise.
# MariaDB: not NOW(), which is local time of the server.
_SQL = {
    "postgresql": "SELECT clock_timestamp() AT TIME ZONE 'UTC'",
    "mysql": "SELECT UTC_TIMESTAMP(6)",
    "sqlite": "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')",
}


def database_now(using: str = "default") -> dt.datetime:
    """The database's time, aware, in UTC."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(_SQL.get(connection.vendor, "SELECT CURRENT_TIMESTAMP"))
        value = cursor.fetchone()[0]
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value)
    if timezone.is_naive(value):
        return value.replace(tzinfo=dt.UTC)
    return value.astimezone(dt.UTC)


#: ``(real_utc_now) -> datetime``
Travel = Callable[[dt.datetime], dt.datetime]

# For the whole process, because the threads of a live server must see the same time as the test.
_stand_in: list[Travel] = []


@contextmanager
def stand_in(travel: Travel) -> Iterator[None]:
    """Replace the clock of this process for a while. For ``recovery.testing`` alone."""
    _stand_in.append(travel)
    try:
        yield
    finally:
        _stand_in.remove(travel)


def now(using: str = "default") -> dt.datetime:
    """The time by which the hotel acts, aware, in UTC."""
    real = database_now(using)
    if _stand_in:
        return _stand_in[-1](real)
    path = conf.current().CLOCK
    if not path or not conf.is_debug():
        return real
    travel: Travel = import_string(path)
    return travel(real)


def stored(moment: dt.datetime) -> dt.datetime:
    """The form in which the host stores a moment: naive local time where ``USE_TZ`` is off."""
    if conf.uses_time_zones() or timezone.is_naive(moment):
        return moment
    # The default zone, because the current one is whatever a middleware has activated for this visitor.
    return timezone.make_naive(moment, timezone.get_default_timezone())


def aware(moment: dt.datetime) -> dt.datetime:
    """A stored moment as an aware one."""
    if timezone.is_naive(moment):
        return timezone.make_aware(moment, timezone.get_default_timezone())
    return moment
