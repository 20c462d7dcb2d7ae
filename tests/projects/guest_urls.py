"""For hosts that show guests their pages and nothing else of ours."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("recovery/", include("recovery.urls"))]
