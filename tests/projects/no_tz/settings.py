from __future__ import annotations

from tests.projects.database import host_database

ROOT_PACKAGE = "tests.projects.no_tz"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = False
USE_I18N = False
TIME_ZONE = "Europe/Copenhagen"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "tests.projects.no_tz",
    "recovery",
]
DATABASES = {"default": host_database(ATOMIC_REQUESTS=True)}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
EMAIL_TIMEOUT = 10
RECOVERY = {
    "HOTEL": "tests.projects.no_tz.adapter.OldInn",
    "KEYS": {"2026": "a made-up key for the host without time zones"},
    "BASE_URL": "https://inn.example.com",
}
