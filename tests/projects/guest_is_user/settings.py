from __future__ import annotations

from tests.projects.database import host_database

ROOT_PACKAGE = "tests.projects.guest_is_user"
SECRET_KEY = "only for this test host, never anywhere else"
USE_TZ = True
TIME_ZONE = "America/New_York"  # the server's; the houses have their own
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "tests.projects.guest_is_user",
    "recovery",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
AUTH_USER_MODEL = "guest_is_user.Account"
ROOT_URLCONF = "tests.projects.guest_is_user.urls"
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": host_database()}
EMAIL_TIMEOUT = 10
RECOVERY = {
    "HOTEL": "tests.projects.guest_is_user.adapter.ChainHotel",
    "KEYS": {"2026": "a made-up key for the host whose guests are its users"},
    "BASE_URL": "https://www.example.com",
}
