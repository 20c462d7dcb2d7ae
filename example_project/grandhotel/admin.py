"""The hotel's own admin pages."""

from __future__ import annotations

from django.contrib import admin

from recovery.admin import GuestAdminMixin, StayAdminMixin

from . import models


class RoomTypeInline(admin.TabularInline):
    model = models.RoomType
    extra = 0


class RateInline(admin.TabularInline):
    model = models.Rate
    extra = 0


class FolioInline(admin.TabularInline):
    model = models.FolioLine
    extra = 0
    readonly_fields = ["posted_at"]


@admin.register(models.Hotel)
class HotelAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "city", "country", "currency"]
    inlines = [RoomTypeInline]


@admin.register(models.RoomType)
class RoomTypeAdmin(admin.ModelAdmin):
    list_display = ["name", "hotel", "sleeps"]
    list_filter = ["hotel"]
    inlines = [RateInline]


@admin.register(models.Room)
class RoomAdmin(admin.ModelAdmin):
    list_display = ["number", "hotel", "room_type"]
    list_filter = ["hotel"]
    list_select_related = ["hotel", "room_type"]


@admin.register(models.Employee)
class EmployeeAdmin(admin.ModelAdmin):
    list_display = ["user", "job_title", "phone"]
    list_select_related = ["user"]


@admin.register(models.Guest)
class GuestAdmin(GuestAdminMixin, admin.ModelAdmin):
    list_display = ["last_name", "first_name", "email", "phone", "language"]
    search_fields = ["last_name", "first_name", "email", "phone"]


@admin.register(models.Booking)
class BookingAdmin(StayAdminMixin, admin.ModelAdmin):
    list_display = ["reference", "hotel", "guest", "arrival", "departure", "room", "status"]
    list_filter = ["hotel", "status"]
    list_select_related = ["hotel", "guest", "room"]
    search_fields = ["reference", "agency_ref", "guest__last_name", "guest__email"]
    date_hierarchy = "arrival"
    raw_id_fields = ["guest", "room"]
    inlines = [FolioInline]
