"""Wiring, and nothing else."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuestConfig(AppConfig):
    """Nothing depends on it being installed: the pages live in ``recovery.urls`` and its templates."""

    name = "recovery.guest"
    label = "recovery_guest"
    verbose_name = _("Guest pages")
