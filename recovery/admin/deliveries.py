"""Where the delivery of a letter stands, read from the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from ..actions import letter_steps
from ..choices import OutboxState
from ..models import Alarm, CertificateEntry, Complaint, Letter, OutboxMessage, Task
from ..outbox.enqueue import digest

#: States in which a person has to do something.
FAILED = (OutboxState.DEAD, OutboxState.UNKNOWN, OutboxState.TOO_LATE)


def of_letters(letters: Iterable[Letter]) -> dict[int, OutboxMessage]:
    """The delivery of each letter that has one, by the letter's id, in one query."""
    keys = {digest(letter_steps.outbox_key(letter)): letter.pk for letter in letters}
    found = OutboxMessage.objects.filter(key__in=list(keys))
    return {keys[message.key]: message for message in found}


def hand_over_keys(letters: Iterable[Letter]) -> dict[str, Letter]:
    """The letters by the key of the task that asks to hand them over."""
    return {digest(f"hand:{letter.pk}"): letter for letter in letters}


def waiting_keys(letters: Iterable[Letter]) -> dict[str, Letter]:
    """The drafts by the key of the task that asks somebody to look at them."""
    return {digest(letter_steps.waiting_key(letter)): letter for letter in letters}


def failure_keys(letters: Iterable[Letter]) -> dict[str, Letter]:
    """The letters by the key of the task that asks to telephone because the mail failed."""
    rows = list(letters)
    by_pk = {letter.pk: letter for letter in rows}
    return {digest(f"failed:{message.pk}"): by_pk[pk] for pk, message in of_letters(rows).items()}


def without_named(rows: Any, user: Any) -> Any:
    """Without deliveries of complaints in which the guest named this person: an error may quote them."""
    about = Complaint.objects.filter(named_staff__user=user.pk)
    if not about.exists():
        return rows
    hidden = (
        Q(payload__letter__in=_keys(Letter.objects.filter(complaint__in=about)))
        | Q(payload__task__in=_keys(Task.objects.filter(complaint__in=about)))
        | Q(payload__alarm__in=_keys(Alarm.objects.filter(complaint__in=about)))
        | Q(payload__entry__in=_keys(CertificateEntry.objects.filter(certificate__complaint__in=about)))
    )
    return rows.exclude(pk__in=OutboxMessage.objects.filter(hidden).values("pk"))


def _keys(rows: Any) -> list[int]:
    # Fetched, because a value out of JSON and a column do not compare on every database.
    return list(rows.values_list("pk", flat=True))
