"""The project in which the tests run.

``RECOVERY_TEST_DB``: sqlite (default), postgresql or mariadb, on their usual ports of this machine.
``RECOVERY_TEST_DB_NAME``: an existing database, for child processes of a test (fixture ``child_env``).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import django

SECRET_KEY = "tests only"
DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
ROOT_URLCONF = "tests.urls"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "recovery",
    "recovery.guest",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if django.VERSION >= (6, 0):
    MIDDLEWARE.append("django.middleware.csp.ContentSecurityPolicyMiddleware")
    SECURE_CSP = {"default-src": ["'self'"]}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

_ENGINE = os.environ.get("RECOVERY_TEST_DB") or "sqlite"
_NAME = os.environ.get("RECOVERY_TEST_DB_NAME", "")
# With the process id, so that two runs on one machine do not drop each other's database.
_TEST_NAME = f"test_recovery_{os.getpid()}"


def _database() -> dict[str, Any]:
    if _ENGINE == "sqlite":
        # A file, because threads with connections of their own cannot share one in memory.
        file = Path(tempfile.gettempdir()) / f"{_TEST_NAME}.sqlite3"
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": _NAME or ":memory:",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": os.environ.get("RECOVERY_TEST_SQLITE_MODE") or "IMMEDIATE",
                # Nothing in it must survive the machine, so nobody waits for the disk.
                "init_command": "PRAGMA synchronous = OFF",
            },
            "TEST": {"NAME": str(file)},
        }
    if _ENGINE == "postgresql":
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _NAME or "postgres",
            "USER": os.environ.get("PGUSER") or "postgres",
            "PASSWORD": os.environ.get("PGPASSWORD", ""),
            "HOST": os.environ.get("PGHOST") or "127.0.0.1",
            "PORT": os.environ.get("PGPORT") or "5432",
            # Tests kill workers and not the server: nothing here needs the disk to have every commit.
            "OPTIONS": {"options": "-c synchronous_commit=off"},
            "TEST": {"NAME": _TEST_NAME},
        }
    if _ENGINE == "mariadb":
        return {
            "ENGINE": "django.db.backends.mysql",
            "NAME": _NAME or "recovery",
            "USER": "root",
            "HOST": "127.0.0.1",
            "PORT": "3306",
            "OPTIONS": {"charset": "utf8mb4"},
            # A collation that takes "ab" and "AB" for the same, as hosts have it.
            "TEST": {"NAME": _TEST_NAME, "CHARSET": "utf8mb4", "COLLATION": "utf8mb4_general_ci"},
        }
    raise ValueError(f"RECOVERY_TEST_DB={_ENGINE}: sqlite, postgresql or mariadb")


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, and nobody's password

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("da", "Dansk")]
# Not UTC, so that a forgotten conversion shows.
TIME_ZONE = "America/New_York"
USE_TZ = True
STATIC_URL = "static/"

if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
else:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

RECOVERY = {
    "HOTEL": "tests.hotel_double.HOTEL",
    "KEYS": {"test": "a-key-for-tests-that-is-long-enough-0001"},
    "BASE_URL": "https://hotel.example",
}
