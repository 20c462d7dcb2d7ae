from __future__ import annotations

from tests.projects.database import host_database

ROOT_PACKAGE = "tests.projects.no_stays"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
LANGUAGE_CODE = "en-us"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "tests.projects.no_stays",
    "recovery",
]
DATABASES = {"default": host_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_TIMEOUT = 10
RECOVERY: dict[str, object] = {}
