"""Telling the host's marketing when to leave a guest alone, and until when."""

from __future__ import annotations

from django.db import transaction

from ..models import Complaint
from ..signals import hush_changed
from .engine import Turn


def announce(turn: Turn) -> None:
    """After commit, for each guest of this complaint whose hush has just changed.

    Another open complaint of the guest keeps the hush as it was, so nothing is said then.
    """
    complaint = turn.complaint
    refs = complaint.parties.exclude(guest_ref="").values_list("guest_ref", flat=True)
    for guest_ref in sorted(set(refs)):
        others = Complaint.objects.open().filter(parties__guest_ref=guest_ref).exclude(pk=complaint.pk)
        if not others.exists():
            _say(turn, guest_ref)


def _say(turn: Turn, guest_ref: str) -> None:
    hush = Complaint.objects.hush(guest_ref, now=turn.now)
    transaction.on_commit(
        lambda: hush_changed.send_robust(
            sender=Complaint, guest_ref=guest_ref, suppressed=hush.suppressed, until=hush.until
        ),
        using=turn.using,
        robust=True,
    )
