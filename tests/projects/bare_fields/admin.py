from __future__ import annotations

from typing import Any

from django.contrib import admin

from recovery.admin import StayAdminMixin

from .models import Booking


@admin.register(Booking)
class BookingAdmin(StayAdminMixin, admin.ModelAdmin):
    list_display = ["guest_name", "first_night"]
    exclude = ["room"]  # because printing a room raises

    def get_queryset(self, request: Any) -> Any:
        return Booking._base_manager.all()
