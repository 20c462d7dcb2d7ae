"""Celery tasks: named, documented, one verb or one relay call each. The only module that imports Celery.

Messages carry ids and nothing else; a lost, repeated or forged one is harmless. No ETA, no
countdown, no results. Schedule in the host::

    app.conf.beat_schedule = {
        "recovery.sweep": {"task": "recovery.sweep", "schedule": 15.0, "options": {"expires": 15}},
    }
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Any

from celery import Celery, _state, current_app, shared_task
from celery.signals import worker_process_shutdown, worker_shutdown

from . import clock, conf
from .actions import (
    HANDLERS,
    Actor,
    expire_due_certificates,
    issue_certificate,
    keep_shifts,
    release_letter,
)
from .choices import HeartbeatKind, Lane
from .models import Complaint, Letter, StaffMember
from .outbox import publisher, relay

log = logging.getLogger("recovery.tasks")

#: What a sweep publishes at the most: more than workers deliver until the next one.
SWEEP_LIMIT = 5_000

#: Seconds for one step of a conversation with Redis, which by itself would wait for ever.
PATIENCE = 5

_host_app: Celery | None = None
_connection: Any = None
_inherited: list[Any] = []


@shared_task(name="recovery.deliver", ignore_result=True, acks_late=True)
def deliver(ids: Sequence[int] | None = None) -> None:
    """Deliver these outbox rows, or whatever is due. Any list of numbers is harmless."""
    relay.deliver(handlers=HANDLERS, ids=ids if isinstance(ids, list) else None)


@shared_task(name="recovery.sweep", ignore_result=True)
def sweep() -> None:
    """Publish whatever is due and unsettled, and write down what has expired. Every 15 seconds."""
    relay.beat(HeartbeatKind.SWEEP)
    for lane, ids in relay.sweep_chunks(limit=SWEEP_LIMIT):
        deliver.apply_async(args=[ids], expires=60, **_queue_of(lane))
    now = clock.now()
    expire_due_certificates(by=Actor.system("sweep"), now=now)
    keep_shifts(by=Actor.system("sweep"), now=now)


@shared_task(name="recovery.send_written_apology", ignore_result=True)
def send_written_apology(letter_id: int, staff_id: int | None = None) -> None:
    """Release a drafted apology, in a staff member's name or, where the mail contract allows it, in ours.

    At severity 3 and above only a person can: without ``staff_id`` the draft stays a draft.
    Repeating the call sends nothing twice.
    """
    letter = Letter.objects.select_related("complaint").get(pk=letter_id)
    release_letter(letter=letter, by=_actor(staff_id), request_key=f"task:apology:{letter_id}")


@shared_task(name="recovery.issue_free_night_certificate", ignore_result=True)
def issue_free_night_certificate(complaint_id: int, nights: int = 1, staff_id: int | None = None) -> None:
    """Issue the free-night certificate of a complaint; it travels inside the next apology letter.

    Until a letter carries it, a task reminds the owner. Repeating the call issues nothing twice.
    """
    complaint = Complaint.objects.get(pk=complaint_id)
    issue_certificate(
        complaint=complaint,
        by=_actor(staff_id),
        nights=nights,
        send=False,
        request_key=f"task:certificate:{complaint_id}",
    )


def _actor(staff_id: int | None) -> Actor:
    return Actor.system("task") if staff_id is None else Actor.for_staff(StaffMember.objects.get(pk=staff_id))


# --- waking workers ----------------------------------------------------------------------------


def remember_host_app() -> None:
    """Keep the host's Celery app. Celery finds it by thread, and our publisher has its own."""
    global _host_app
    _host_app = _existing_app()


def _existing_app() -> Celery | None:
    """The app that Celery would use in this thread, if the host has made one.

    Not ``current_app``: asked before there is an app, it makes an empty one, and Celery keeps that as
    the default of every thread, so that the host's own ``delay()`` would go nowhere.
    """
    app: Celery | None = _state._tls.current_app or _state.default_app
    return app


def _queue_of(lane: Lane) -> dict[str, str]:
    """The option that routes a lane, where the host names a queue for it."""
    queue = conf.current().QUEUES.get(lane.name.lower(), "")
    return {"queue": queue} if queue else {}


def publish(ids: Sequence[int], lane: Lane) -> None:
    """Tell a worker about due rows. Called from the publisher thread only, on its own connection.

    :raises Exception: whatever the broker's transport raises; the caller leaves it to the sweep.
    """
    app = _host_app or _existing_app()
    listens = app is not None and app.conf.broker_url and not app.conf.task_always_eager
    if conf.current().WAKE == "auto" and not listens:
        return
    app = app or current_app._get_current_object()
    was_open = _connection is not None
    try:
        _publish_once(app, ids, lane)
    except Exception:
        if not was_open:
            raise
        # Once more on a new line: days lie between two complaints, and firewalls drop idle lines.
        _publish_once(app, ids, lane)


def _publish_once(app: Celery, ids: Sequence[int], lane: Lane) -> None:
    global _connection
    try:
        if _connection is None:
            _connection = app.connection_for_write(transport_options=_patience(app))
        app.send_task(
            "recovery.deliver",
            args=[list(ids)],
            connection=_connection,
            retry=False,
            ignore_result=True,
            **_queue_of(lane),
        )
    except Exception:
        broken, _connection = _connection, None
        if broken is not None:
            broken.release()
        raise


def _patience(app: Celery) -> dict[str, Any]:
    """Time-outs for a broker that accepts the connection and then says nothing; the host's own win."""
    if not str(app.conf.broker_write_url or app.conf.broker_url).startswith(("redis", "sentinel")):
        return {}  # because AMQP has one from Celery, and other transports do not know these names
    given = app.conf.broker_transport_options
    return {name: PATIENCE for name in ("socket_timeout", "socket_connect_timeout") if name not in given}


def forget_connection() -> None:
    """After a fork the parent's socket must not be used."""
    global _connection
    # Kept, because older AMQP libraries shut a line down when it is collected, and it is the parent's.
    _inherited.append(_connection)
    _connection = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget_connection)


@worker_process_shutdown.connect(weak=False)
@worker_shutdown.connect(weak=False)
def _flush(**_kwargs: Any) -> None:
    publisher.flush_installed()
