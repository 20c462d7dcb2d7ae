from __future__ import annotations

from tests.projects.admin_settings import ADMIN_APPS, MIDDLEWARE, TEMPLATES
from tests.projects.database import host_database

__all__ = ["MIDDLEWARE", "TEMPLATES"]

ROOT_PACKAGE = "tests.projects.atomic"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "tests.projects.atomic.urls"
INSTALLED_APPS = [*ADMIN_APPS, "tests.projects.atomic", "recovery", "recovery.guest", "recovery.api"]
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": host_database(ATOMIC_REQUESTS=True)}
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = None  # as some have it: every mail of theirs names its sender
RECOVERY = {
    "HOTEL": "tests.projects.atomic.adapter.AtomicHotel",
    "KEYS": {"2026": "a made-up key for the host with atomic requests"},
    "BASE_URL": "https://www.example.com",
}
