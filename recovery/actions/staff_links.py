"""Private links for colleagues: one person, one task, until the task has ended or the day is over."""

from __future__ import annotations

import datetime as dt
import uuid

from django.urls import NoReverseMatch, reverse

from .. import conf
from ..choices import LinkPurpose
from ..models import StaffLink, StaffMember, Task
from ..rules import tokens
from .engine import Turn

#: An alarm that nobody answered within a day is answered in the admin, by name.
WORKS_FOR = dt.timedelta(hours=24)


def make_staff_link(turn: Turn, *, task: Task, person: StaffMember) -> StaffLink | None:
    """The door through which this person answers for this task; ``None`` where the project has no key.

    The token is derived from the row and never stored.
    """
    if not conf.current().KEYS:
        return None  # because an alarm without a link is better than none
    existing = StaffLink.objects.filter(
        task=task, person=person, revoked_at__isnull=True, expires_at__gt=turn.now
    ).first()
    if existing is not None:
        return existing
    key_id, key = tokens.choose_key(conf.current().KEYS)
    row_uuid = uuid.uuid4()
    token = tokens.derive_token(key=key, uuid=row_uuid, serial=1, purpose=LinkPurpose.ACCEPT)
    return StaffLink.objects.create(
        uuid=row_uuid,
        complaint=turn.complaint,
        task=task,
        person=person,
        purpose=LinkPurpose.ACCEPT,
        key_id=key_id,
        digest=tokens.digest_token(token),
        created_at=turn.now,
        expires_at=turn.now + WORKS_FOR,
    )


def find_staff_link(token: str, *, now: dt.datetime) -> StaffLink | None:
    """The link that this token opens now, or nothing: every bad token looks the same."""
    if not tokens.is_plausible_token(token):
        return None
    rows = StaffLink.objects.select_related("complaint__owner", "person", "task")
    link = rows.filter(digest=tokens.digest_token(token)).first()
    return link if link is not None and link.works(now=now) else None


def staff_url(link: StaffLink) -> str:
    """The address of the answer page, with its live token; empty where the project has no pages for it."""
    base = conf.current().BASE_URL.rstrip("/")
    if not base:
        return ""
    key = tokens.key_named(conf.current().KEYS, link.key_id)
    token = tokens.derive_token(key=key, uuid=link.uuid, serial=1, purpose=link.purpose)
    try:
        return base + reverse("recovery_guest:answer_enter", args=[token])
    except NoReverseMatch:
        return ""  # because the number to ring is in the alarm, too
