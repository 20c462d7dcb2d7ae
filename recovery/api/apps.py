"""Wiring, and nothing else."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Imports no REST framework: only ``recovery.api.urls`` does, and only a host that includes it."""

    name = "recovery.api"
    label = "recovery_api"  # because "api" is taken in every second project
    verbose_name = _("Guest recovery: REST API")
