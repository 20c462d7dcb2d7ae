"""Settings of the example. What belongs to ``recovery`` stands together at the end.

Read from the environment, each with a default: EXAMPLE_DEBUG, EXAMPLE_DB, EXAMPLE_SMTP,
EXAMPLE_SMTP_TIMEOUT, EXAMPLE_MAIL_DIR, EXAMPLE_BROKER_DIR, EXAMPLE_BASE_URL, EXAMPLE_CLOCK,
EXAMPLE_RECOVERY_KEY, CELERY_BROKER_URL; and EXAMPLE_ALONE=1 for one process that is site and worker,
with its mails in memory.
"""

from __future__ import annotations

import os
from pathlib import Path

import django

PROJECT_DIR = Path(__file__).resolve().parent.parent
BUILD_DIR = PROJECT_DIR.parent / "build"

DEBUG = os.environ.get("EXAMPLE_DEBUG", "1") == "1"
SECRET_KEY = "an example has no secrets; a hotel has"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
ROOT_URLCONF = "example.urls"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "grandhotel",
    "mailbox",
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
    # No inline script, no inline style, nothing from other servers: the app's pages need none.
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

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ.get("EXAMPLE_DB") or PROJECT_DIR / "db.sqlite3").resolve(),
        # IMMEDIATE because a transaction that reads first and writes later meets "database is locked".
        # WAL is switched on once, by example.database.prepare: it stays with the file.
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("da", "Dansk")]
TIME_ZONE = "Europe/London"
USE_TZ = True
STATIC_URL = "static/"

# --- mail: a server when EXAMPLE_SMTP=host:port names one, else files to look at -----------------

DEFAULT_FROM_EMAIL = "Quay & Strand Hotels <hello@quay-strand.example>"
SMTP_HOST, _, SMTP_PORT = os.environ.get("EXAMPLE_SMTP", "").rpartition(":")
SMTP_TIMEOUT = float(os.environ.get("EXAMPLE_SMTP_TIMEOUT", "10"))
MAIL_DIR = Path(os.environ.get("EXAMPLE_MAIL_DIR") or BUILD_DIR / "mails").resolve()
ALONE = os.environ.get("EXAMPLE_ALONE") == "1"
_BACKENDS = "django.core.mail.backends"

if django.VERSION >= (6, 1):
    if SMTP_HOST:
        _MAILER = {
            "BACKEND": f"{_BACKENDS}.smtp.EmailBackend",
            "OPTIONS": {"host": SMTP_HOST, "port": int(SMTP_PORT), "timeout": SMTP_TIMEOUT},
        }
    elif ALONE:
        _MAILER = {"BACKEND": f"{_BACKENDS}.locmem.EmailBackend"}
    else:
        _MAILER = {"BACKEND": f"{_BACKENDS}.filebased.EmailBackend", "OPTIONS": {"file_path": MAIL_DIR}}
    MAILERS = {"default": _MAILER}
elif SMTP_HOST:
    EMAIL_BACKEND = f"{_BACKENDS}.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = SMTP_HOST, int(SMTP_PORT), SMTP_TIMEOUT
elif ALONE:
    EMAIL_BACKEND = f"{_BACKENDS}.locmem.EmailBackend"
else:
    EMAIL_BACKEND = f"{_BACKENDS}.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR

# --- Celery: a broker when CELERY_BROKER_URL names one, else a folder ----------------------------

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or "filesystem://"
if CELERY_BROKER_URL.startswith("filesystem://"):
    BROKER_DIR = Path(os.environ.get("EXAMPLE_BROKER_DIR") or BUILD_DIR / "broker").resolve()
    for folder in ("queue", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # One folder for both directions, because site and worker share this machine.
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
    CELERY_BEAT_SCHEDULE_FILENAME = str(BROKER_DIR / "beat-schedule")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("EXAMPLE_QUEUE") or "celery"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = ALONE
CELERY_TIMEZONE = "UTC"

# --- recovery ------------------------------------------------------------------------------------

CELERY_BEAT_SCHEDULE = {
    # Expires with the interval, so that a worker that was away is not met by a heap of sweeps.
    "recovery.sweep": {"task": "recovery.sweep", "schedule": 15.0, "options": {"expires": 15}},
}

RECOVERY = {
    "HOTEL": "grandhotel.recovery.GrandHotel",
    # Fine for a demonstration and known to the whole world. A hotel makes its own:
    # python -c "import secrets; print(secrets.token_urlsafe(48))"
    "KEYS": {"demo": os.environ.get("EXAMPLE_RECOVERY_KEY") or "demonstration-key-known-to-everybody-0001"},
    "BASE_URL": os.environ.get("EXAMPLE_BASE_URL") or "http://127.0.0.1:8000",
    "CLOCK": "example.clock.travel",
}
