from __future__ import annotations

from django.contrib import admin

from recovery.admin import GuestAdminMixin, StayAdminMixin

from .models import Account, Reservation


@admin.register(Reservation)
class ReservationAdmin(StayAdminMixin, admin.ModelAdmin):
    exclude = ["guest", "rooms"]  # because printing an account raises


@admin.register(Account)
class AccountAdmin(GuestAdminMixin, admin.ModelAdmin):
    list_display = ["email"]
    actions = None  # because the tick box of a row prints it
