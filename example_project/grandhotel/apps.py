from __future__ import annotations

from django.apps import AppConfig


class GrandHotelConfig(AppConfig):
    name = "grandhotel"
    verbose_name = "Hotel"
