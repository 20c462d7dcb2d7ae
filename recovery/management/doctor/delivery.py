"""Whether letters leave: who wakes the worker, when it was last seen, and what still waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import router

from ... import clock
from ...choices import HeartbeatKind
from ...models import Heartbeat, OutboxMessage
from . import celery_app
from .houses import age
from .line import Line, green, guarded, red

#: A sweep comes every 15 s; after this long nobody sweeps.
_SWEEP_AGE = dt.timedelta(minutes=5)
#: A due letter that nobody has taken for this long is stuck.
_WAITING = dt.timedelta(minutes=5)
_RELAY = "manage.py recovery_relay --loop"


def lines(*, has_tables: bool) -> list[Line]:
    """Celery or not, then the signs of life."""
    found = guarded("Celery", _wakers, fix="Correct your celery.py, or remove it.")
    if has_tables:
        found += guarded("last sweep", _signs)
        found += guarded("waiting letters", _waiting)
    return found


def _wakers() -> Iterator[Line]:
    app = celery_app.find_app()
    if app is None:
        yield green("Celery", f"this project has no application: {_RELAY} delivers")
    else:
        yield from celery_app.lines(app)


def _signs() -> Iterator[Line]:
    using = router.db_for_write(Heartbeat)
    now = clock.database_now(using)
    seen = {row.kind: row.at for row in Heartbeat.objects.using(using)}
    swept = seen.get(HeartbeatKind.SWEEP)
    said = age(swept, now)
    if swept is None or now - clock.aware(swept) > _SWEEP_AGE:
        has_celery = celery_app.find_app() is not None
        start = "Start a worker and beat, or" if has_celery else "Run"
        yield red("last sweep", said, f"{start} {_RELAY} (as a service, or every minute by cron).")
    else:
        yield green("last sweep", said)
    yield green("last delivery", age(seen.get(HeartbeatKind.DELIVERY), now))


def _waiting() -> Iterator[Line]:
    using = router.db_for_write(OutboxMessage)
    now, real_now = clock.now(using), clock.database_now(using)
    rows = OutboxMessage.objects.using(using)
    stuck = rows.free(real_now=real_now).due(now=now - _WAITING)
    oldest = stuck.order_by("due_at").values_list("due_at", flat=True).first()
    if oldest is None:
        yield green("waiting letters", "none is late")
    else:
        fix = f"Is a worker running? {_RELAY} delivers at once and says what fails."
        yield red("waiting letters", f"{stuck.count()} due, the oldest {age(oldest, now)}", fix)
    failed = rows.failed().count()
    if failed:
        detail = f"{failed} could not be delivered; each has a task"
        yield green("failed letters", detail, fix="Look at Deliveries in the admin.")
