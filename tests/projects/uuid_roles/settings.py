from __future__ import annotations

from tests.projects.database import host_database

ROOT_PACKAGE = "tests.projects.uuid_roles"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
TIME_ZONE = "Asia/Kolkata"
ROOT_URLCONF = "tests.projects.uuid_roles.urls"
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "tests.projects.uuid_roles",
    "recovery",
    "recovery.guest",
    "recovery.api",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
AUTH_USER_MODEL = "uuid_roles.Colleague"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": host_database()}
EMAIL_TIMEOUT = 10
RECOVERY = {
    "HOTEL": "tests.projects.uuid_roles.adapter.RoleHotel",
    "AUTHORIZE": "tests.projects.uuid_roles.roles.may",
    "KEYS": {"2026": "a made-up key for the host whose users have roles"},
    "BASE_URL": "https://www.example.com",
}
