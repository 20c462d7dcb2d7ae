"""The host's Celery application, if it has one. Celery is never imported for a host that does not use it.

So this module names Celery only as a text: the one door that imports it is ``recovery.tasks``.
"""

from __future__ import annotations

import datetime as dt
import importlib
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import Error as DatabaseError

from ... import conf
from .line import Line, green, red

SWEEP = "recovery.sweep"
#: Seconds: a mail that a person waits for must not wait longer for its second chance.
MOST_SECONDS = 60
#: Seconds that a broker has for its answer.
PATIENCE = 4
_BEAT = "django_celery_beat"

_SCHEDULE_LINE = (
    'CELERY_BEAT_SCHEDULE = {"recovery.sweep": {"task": "recovery.sweep", "schedule": 15.0, '
    '"options": {"expires": 15}}}'
)


def find_app() -> Any:
    """The host's application, or ``None``. Imports the host's own ``celery`` module, which it has for this.

    :raises Exception: whatever that module raises.
    """
    app = _existing()
    if app is not None:
        return app
    package = os.environ.get("DJANGO_SETTINGS_MODULE", "").split(".")[0]
    if package and package != "celery" and _has_module(f"{package}.celery"):
        importlib.import_module(f"{package}.celery")
    return _existing()


def _existing() -> Any:
    state = sys.modules.get("celery._state")
    if state is None:
        return None
    # Not current_app: asked where there is none, it makes one and keeps it.
    app = state._tls.current_app or state.default_app
    return app if app is not None and app.main != "default" else None


def _has_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def lines(app: Any) -> Iterator[Line]:
    """Broker and schedule of an application."""
    yield _broker(app)
    yield _schedule(app)
    yield _queues(app)


# --- the broker ----------------------------------------------------------------------------------


def _broker(app: Any) -> Line:
    name, wake = "Celery broker", conf.current().WAKE
    url = app.conf.broker_write_url or app.conf.broker_url
    relay = 'run “manage.py recovery_relay --loop” and set RECOVERY["WAKE"] = "none"'
    if app.conf.task_always_eager:
        fix = f"Switch task_always_eager off, or {relay}."
        return red(name, "task_always_eager is on: no worker takes a letter", fix)
    if not url:
        return red(name, "none is configured", f"Set CELERY_BROKER_URL and start a worker, or {relay}.")
    if str(url).startswith(("redis", "sentinel")) and not _has_module("redis"):
        return red(
            name, "the package “redis” is not installed", 'pip install "django-service-recovery[redis]"'
        )
    problem = _connection_problem(app)
    if problem:
        fix = f"Start the broker, correct CELERY_BROKER_URL, or {relay}."
        return red(name, f"it does not answer: {problem}", fix)
    if wake == "none":
        return green(name, "it answers, and WAKE is “none”: letters go with the sweep alone")
    return green(name, "it answers")


def _connection_problem(app: Any) -> str:
    """Why a connection cannot be had within a few seconds; empty if it can."""
    problems = [f"no answer within {PATIENCE} s"]

    def work() -> None:
        try:
            with app.connection_for_write(connect_timeout=PATIENCE) as connection:
                connection.ensure_connection(
                    max_retries=1, interval_start=0, interval_max=0, timeout=PATIENCE
                )
                connection.default_channel  # noqa: B018 because some transports only now open a line
            problems.clear()
        except Exception as error:  # because every transport raises its own, and the kind is what helps
            problems[:] = [_without_password(f"{type(error).__name__}: {error}")]

    # A thread, because some transports wait for ever for a broker that accepts and says nothing.
    thread = threading.Thread(target=work, name="recovery-doctor-broker", daemon=True)
    thread.start()
    thread.join(PATIENCE + 1)
    return problems[0] if problems else ""


def _without_password(text: str) -> str:
    """An error may repeat the address of the broker, and that may hold a password."""
    return " ".join(part if "@" not in part else "…" for part in text.split())[:160]


# --- the schedule --------------------------------------------------------------------------------


def _schedule(app: Any) -> Line:
    name = "schedule"
    app.finalize()  # because entries may be added by on_after_finalize
    entries = [entry for entry in _entries(app) if entry.get("task") == SWEEP]
    seconds = [_seconds(entry.get("schedule")) for entry in entries] + _from_database()
    known = [interval for interval in seconds if interval is not None]
    if not seconds:
        fix = f"Add to your settings: {_SCHEDULE_LINE}. Is it overwritten in your celery.py?"
        return red(name, f"{SWEEP} is not in the schedule that beat loads", fix)
    if known and min(known) <= MOST_SECONDS:
        return green(name, f"{SWEEP} every {min(known):g} s")
    how = f"every {min(known):g} s" if known else "at times that are no interval"
    return red(
        name, f"{SWEEP} runs {how}", f"Run it every 15 s, at most every {MOST_SECONDS}: {_SCHEDULE_LINE}"
    )


def _entries(app: Any) -> Iterator[Mapping[str, Any]]:
    schedule = app.conf.beat_schedule
    for entry in (schedule or {}).values():
        if isinstance(entry, Mapping):
            yield entry
        else:  # a ScheduleEntry, as add_periodic_task makes them
            yield {"task": getattr(entry, "task", ""), "schedule": getattr(entry, "schedule", None)}


def _seconds(schedule: Any) -> float | None:
    """How many seconds lie between two runs; ``None`` if that is not one number."""
    if isinstance(schedule, bool):
        return None
    if isinstance(schedule, (int, float)):
        return float(schedule)
    interval = schedule if isinstance(schedule, dt.timedelta) else getattr(schedule, "run_every", None)
    if isinstance(interval, dt.timedelta):
        return interval.total_seconds()
    minutes = getattr(schedule, "minute", None)
    hours = getattr(schedule, "hour", None)
    is_every_minute = isinstance(minutes, (set, frozenset)) and len(minutes) == 60 and len(hours or ()) == 24
    return 60.0 if is_every_minute else None


def _from_database() -> list[float | None]:
    """Entries of the scheduler that keeps its schedule in tables of its own."""
    if not apps.is_installed(_BEAT):
        return []
    try:
        model: Any = apps.get_model(_BEAT, "PeriodicTask")
        rows = model._default_manager.filter(task=SWEEP, enabled=True)
        return [_seconds(row.schedule) for row in rows]
    except (DatabaseError, LookupError):
        return []


def _queues(app: Any) -> Line:
    """A queue of ours that no worker reads would hold letters until the sweep gives up on it."""
    named = {name for name in conf.current().QUEUES.values() if name}
    declared = {getattr(queue, "name", str(queue)) for queue in app.conf.task_queues or ()}
    unread = sorted(named - declared) if declared else []
    if unread:
        fix = f"Declare “{unread[0]}” in task_queues and start a worker with -Q, or take it off QUEUES."
        return red("queues", f"“{unread[0]}” is not among the queues of this project", fix)
    if named:
        return green("queues", f"{', '.join(sorted(named))}: start workers with -Q for them")
    return green("queues", f"the default one, “{app.conf.task_default_queue}”")
