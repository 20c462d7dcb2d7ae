from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("recovery/", include("recovery.urls")),
    path("api/recovery/", include("recovery.api.urls")),
]
