"""Which links this browser has opened, kept in its session: the row, never the token."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from ..choices import LinkPurpose
from ..models import GuestLink, StaffLink

KEY = "recovery_guest"
#: After that the link in the mail must be opened again: the computer in the lobby is not the guest's.
REMEMBERED = dt.timedelta(hours=24)


def remember(request: HttpRequest, link: GuestLink | StaffLink, *, now: dt.datetime) -> None:
    """Note that this browser held the token of the link."""
    entries = {name: entry for name, entry in _entries(request).items() if _is_fresh(entry, now)}
    entries[_name(link.purpose, link.uuid)] = [link.pk, now.isoformat()]
    request.session[KEY] = entries


def recall(request: HttpRequest, purpose: LinkPurpose, uuid: UUID, *, now: dt.datetime) -> GuestLink | None:
    """The link, if this browser opened it for this purpose and it still works."""
    entry = _entry(request, purpose, uuid, now)
    if entry is None:
        return None
    rows = GuestLink.objects.select_related("complaint__owner", "party", "certificate__party")
    link = rows.filter(pk=entry[0], uuid=uuid, purpose=purpose).first()
    return link if link is not None and link.works(now=now) else None


def recall_staff(request: HttpRequest, uuid: UUID, *, now: dt.datetime) -> StaffLink | None:
    """The colleague's link, if this browser opened it and it still works."""
    entry = _entry(request, LinkPurpose.ACCEPT, uuid, now)
    if entry is None:
        return None
    rows = StaffLink.objects.select_related("complaint__owner", "person", "task__complaint")
    link = rows.filter(pk=entry[0], uuid=uuid).first()
    return link if link is not None and link.works(now=now) else None


def _entry(request: HttpRequest, purpose: LinkPurpose, uuid: UUID, now: dt.datetime) -> Any:
    entry = _entries(request).get(_name(purpose, uuid))
    return entry if entry is not None and _is_fresh(entry, now) else None


def _name(purpose: str, uuid: UUID) -> str:
    return f"{purpose}:{uuid}"


def _entries(request: HttpRequest) -> dict[str, Any]:
    return dict(request.session.get(KEY) or {})


def _is_fresh(entry: Any, now: dt.datetime) -> bool:
    return now - dt.datetime.fromisoformat(entry[1]) < REMEMBERED
