# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.db import models


class Visit(models.Model):
    """Stands in for whatever the host keeps under the label “api”."""

    at = models.DateTimeField(auto_now_add=True)
