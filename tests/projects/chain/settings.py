from __future__ import annotations

from tests.projects.admin_settings import ADMIN_APPS, MIDDLEWARE, TEMPLATES
from tests.projects.database import host_database

__all__ = ["MIDDLEWARE", "TEMPLATES"]

ROOT_PACKAGE = "tests.projects.chain"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
TIME_ZONE = "America/Los_Angeles"  # where the server stands: far from either house
ROOT_URLCONF = "tests.projects.chain.urls"
INSTALLED_APPS = [
    *ADMIN_APPS,
    "tests.projects.chain",
    "tests.projects.chain.api",
    "tests.projects.chain.guest",
    "recovery",
    "recovery.guest",
    "recovery.api",
]
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": host_database()}
EMAIL_TIMEOUT = 10
RECOVERY = {
    "HOTEL": "tests.projects.chain.adapter.Chain",
    "KEYS": {"2026": "a made-up key for the host that is a chain"},
    "BASE_URL": "https://www.example.com",
}
