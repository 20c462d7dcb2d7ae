from __future__ import annotations

from tests.projects.admin_settings import ADMIN_APPS, MIDDLEWARE, TEMPLATES
from tests.projects.database import host_database, second_database

__all__ = ["MIDDLEWARE", "TEMPLATES"]

ROOT_PACKAGE = "tests.projects.replica"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
ROOT_URLCONF = "tests.projects.replica.urls"
INSTALLED_APPS = [*ADMIN_APPS, "tests.projects.replica", "recovery", "recovery.guest", "recovery.api"]
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# ATOMIC_REQUESTS on the one that is written to: our views say no for each of them.
DATABASES = {"default": host_database(ATOMIC_REQUESTS=True), "replica": second_database()}
DATABASE_ROUTERS = ["recovery.routers.ReadWhereWritten", "tests.projects.replica.routers.Replicas"]
EMAIL_TIMEOUT = 10
RECOVERY = {
    "HOTEL": "tests.projects.replica.adapter.ReplicaHotel",
    "KEYS": {"2026": "a made-up key for the host that reads elsewhere"},
    "BASE_URL": "https://www.example.com",
}
