from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from recovery import actions
from recovery.models import Complaint, StaffMember


def tell(request: HttpRequest) -> HttpResponse:
    """A page of the host's own, inside its transaction; it changes its mind when asked to."""
    actions.add_contact(
        complaint=Complaint.objects.get(),
        by=actions.Actor.for_staff(StaffMember.objects.get()),
        kind="chaser",
        channel="phone",
        words="Where is my letter?",
    )
    if "fail" in request.GET:
        raise RuntimeError("something else of the host went wrong")
    return HttpResponse("noted")


urlpatterns = [
    path("admin/", admin.site.urls),
    path("tell/", tell),
    path("recovery/", include("recovery.urls")),
    path("api/recovery/", include("recovery.api.urls")),
]
