from __future__ import annotations

from tests.projects.database import host_database

ROOT_PACKAGE = "tests.projects.pension"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
LANGUAGE_CODE = "de"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "tests.projects.pension",
    "recovery",
]
ROOT_URLCONF = "tests.projects.pension.urls"
DATABASES = {"default": host_database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_TIMEOUT = 10
RECOVERY: dict[str, object] = {}
