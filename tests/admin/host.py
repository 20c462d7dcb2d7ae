"""A host whose bookings are groups and whose guests are users, on an admin site of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import AdminSite
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from recovery.admin import GuestAdminMixin, StayAdminMixin
from recovery.admin.certificates import CertificateAdmin
from recovery.admin.complaints import ComplaintAdmin
from recovery.models import Certificate, Complaint
from tests.factories import LOST
from tests.hotel_double import HotelDouble

#: A record that no adapter knows, and one at which it fails.
STRANGER, BROKEN = "X-1", "X-2"


class RecordHotel(HotelDouble):
    """No ``ModelHotel``: says itself which stay a record is."""

    def ref_of_stay(self, row: Any) -> str | None:
        if row.name == BROKEN:
            raise ConnectionError("the hotel system is down")
        return str(row.name) if isinstance(row, Group) and row.name != STRANGER else None

    def ref_of_guest(self, row: Any) -> str | None:
        return str(row.first_name) or None


HOTEL = RecordHotel()


class BookingAdmin(StayAdminMixin, admin.ModelAdmin):
    """With everything of its own that a host may have."""

    change_form_template = "tests/host_form.html"
    list_display = ("name", "shouted")
    readonly_fields = ("shouted",)
    fieldsets = ((None, {"fields": ("name",)}), ("Ours", {"fields": (("shouted",),)}))
    exclude = ("permissions",)

    class Media:
        css = {"all": ("host/own.css",)}

    def shouted(self, obj: Group) -> str:
        return obj.name.upper()

    def get_urls(self) -> list[URLPattern]:
        return [path("today/", self.today, name="today"), *super().get_urls()]

    def today(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("arrivals")


class ArrangedAdmin(StayAdminMixin, admin.ModelAdmin):
    """Says itself where our panel and column stand."""

    list_display = ("name", "recovery_badge")
    fieldsets = ((None, {"fields": ("name",)}), ("Last", {"fields": ("recovery_panel",)}))


class GuestAdmin(GuestAdminMixin, admin.ModelAdmin):
    list_display = ("username",)
    fields = ("username", "first_name")


#: Ours and the host's side by side, under a name of its own.
office = AdminSite(name="office")
office.register(Group, BookingAdmin)
office.register(User, GuestAdmin)
office.register(Complaint, ComplaintAdmin)
office.register(Certificate, CertificateAdmin)

#: Only the host's: our pages are on the stock site.
annex = AdminSite(name="annex")
annex.register(Group, ArrangedAdmin)

urlpatterns = [
    path("front/office/", office.urls),
    path("annex/", annex.urls),
    path("admin/", admin.site.urls),
]


def booking(ref: str = LOST, *, site: str = "front/office") -> str:
    return f"/{site}/auth/group/{Group.objects.get_or_create(name=ref)[0].pk}/change/"


def bookings(site: str = "front/office") -> str:
    return f"/{site}/auth/group/"


def guest(ref: str) -> str:
    row, _new = User.objects.get_or_create(username=f"guest {ref}", defaults={"first_name": ref})
    return f"/front/office/auth/user/{row.pk}/change/"
