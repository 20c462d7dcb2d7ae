from __future__ import annotations

from tests.projects.database import host_database

ROOT_PACKAGE = "tests.projects.fixed_queues"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
USE_I18N = False
TIME_ZONE = "Europe/Copenhagen"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "tests.projects.fixed_queues",
    "recovery",
]
ROOT_URLCONF = "tests.projects.guest_urls"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {"default": host_database()}
EMAIL_TIMEOUT = 10
RECOVERY = {
    "HOTEL": "tests.projects.fixed_queues.adapter.QueueHotel",
    "KEYS": {"2026": "a made-up key for the host with queues of its own"},
    "BASE_URL": "https://www.example.com",
}
