from __future__ import annotations

from tests.projects.admin_settings import ADMIN_APPS, MIDDLEWARE, TEMPLATES
from tests.projects.database import host_database

__all__ = ["MIDDLEWARE", "TEMPLATES"]

ROOT_PACKAGE = "tests.projects.outside_pms"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "tests.projects.outside_pms.urls"
# No app of the host's own: nothing but accounts and us.
INSTALLED_APPS = [*ADMIN_APPS, "recovery", "recovery.guest", "recovery.api"]
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": host_database()}
EMAIL_TIMEOUT = 10
RECOVERY = {
    "HOTEL": "tests.projects.outside_pms.adapter.RemoteHotel",
    "KEYS": {"2026": "a made-up key for the host whose bookings are elsewhere"},
    "BASE_URL": "https://www.example.com",
}
