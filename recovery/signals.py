"""Best-effort announcements to the host project, sent after commit.

A receiver that fails is logged and ignored. What must arrive goes through the outbox instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.dispatch import Signal


class Happened(TypedDict):
    """What ``happened`` tells its receivers, as keyword arguments.

    A receiver that wants a type checker to know them is written
    ``def listen(sender: Any, signal: Any, **fact: Unpack[Happened]) -> None``.
    """

    #: A value of ``choices.EventKind``, such as ``"certificate.redeemed"``.
    event: str
    complaint_id: int
    #: The complaint's own reference, as people say it.
    reference: str
    property_code: str
    #: When it happened by the hotel's clock; aware, in UTC.
    at: dt.datetime
    #: Ids and figures that belong to the event, no personal text: JSON as it stands in the timeline.
    data: Mapping[str, Any]


class HushChanged(TypedDict):
    """What ``hush_changed`` tells its receivers, as keyword arguments."""

    #: The host's own key of the guest.
    guest_ref: str
    suppressed: bool
    #: When it ends; aware. ``None`` while a complaint is open.
    until: dt.datetime | None


class OutboxCommitted(TypedDict):
    """What ``outbox_committed`` tells its receivers, as keyword arguments."""

    #: Ids of rows that are due now, for ``recovery.outbox.relay.deliver``.
    ids: Sequence[int]
    #: A value of ``choices.Lane``.
    lane: int
    #: Alias of the database in which they are.
    using: str


#: Sent once for each timeline event, after commit, with a ``Happened``. The sender is ``Complaint``.
happened = Signal()

#: Sent after commit, with a ``HushChanged``, when a guest is to be left alone by marketing, or when it has
#: become known until when. The sender is ``Complaint``.
hush_changed = Signal()

#: Sent after commit, with an ``OutboxCommitted``, when something is due at once. The sender is
#: ``OutboxMessage``. Our own wake-up by Celery listens to it.
outbox_committed = Signal()
