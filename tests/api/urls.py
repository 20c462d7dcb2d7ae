"""Addresses of a host that has the API and nothing else of ours."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("recovery/api/", include("recovery.api.urls")),
    path("recovery/", include("recovery.urls")),
]
