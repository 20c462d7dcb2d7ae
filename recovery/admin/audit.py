"""What staff did, in Django's own log: who, which record, which verb. No guest's story in it."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from ..models import Complaint


def log_verb(user: Any, complaint: Complaint, verb: str) -> None:
    """One line in the complaint's history page.

    Written here and not by ``ModelAdmin.log_change``, because that keeps ``str(complaint)``, and an
    erased guest's story must not live on in a log.
    """
    LogEntry.objects.create(
        user_id=user.pk,
        content_type=ContentType.objects.get_for_model(Complaint),
        object_id=str(complaint.pk),
        object_repr=complaint.reference,
        action_flag=CHANGE,
        change_message=json.dumps([{"changed": {"fields": [verb]}}]),
    )
