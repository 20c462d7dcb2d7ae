"""``path("recovery/", include("recovery.urls"))`` in the host's URLconf."""

from django.urls import include, path

urlpatterns = [
    path("", include("recovery.guest.urls")),
]
