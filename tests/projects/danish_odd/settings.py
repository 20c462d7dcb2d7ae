from __future__ import annotations

from tests.projects.admin_settings import ADMIN_APPS, MIDDLEWARE, TEMPLATES
from tests.projects.database import host_database

__all__ = ["MIDDLEWARE", "TEMPLATES"]

ROOT_PACKAGE = "tests.projects.danish_odd"
SECRET_KEY = "only for this test host, never anywhere else"
LANGUAGE_CODE = "da"
USE_THOUSAND_SEPARATOR = True  # a key of 12345 is printed as 12.345 by a careless template
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
ROOT_URLCONF = "tests.projects.danish_odd.urls"
INSTALLED_APPS = [*ADMIN_APPS, "tests.projects.danish_odd", "recovery", "recovery.guest"]
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.SmallAutoField"
DATABASES = {"default": host_database()}
EMAIL_TIMEOUT = 10
RECOVERY = {
    "HOTEL": "tests.projects.danish_odd.adapter.Badehotel",
    "KEYS": {"2026": "a made-up key for the host where all is Danish"},
    "BASE_URL": "https://www.example.com",
    "LANGUAGES": ["da", "en"],
}
