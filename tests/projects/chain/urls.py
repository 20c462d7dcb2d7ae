from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("backoffice/", admin.site.urls),
    path("recovery/", include("recovery.urls")),
    path("api/recovery/", include("recovery.api.urls")),
]
