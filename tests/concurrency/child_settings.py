"""The test project as a worker process sees it: mail goes to the sink of the test that started it.

``RECOVERY_TEST_SMTP_PORT``, ``RECOVERY_TEST_LEASE``, ``RECOVERY_TEST_FOLDER``, ``RECOVERY_TEST_QUEUE``,
``CELERY_BROKER_URL``.
"""

from __future__ import annotations

import os
import tempfile

import django

from tests.settings import *  # noqa: F403
from tests.settings import RECOVERY as _RECOVERY

_LEASE = int(os.environ.get("RECOVERY_TEST_LEASE") or 4)
RECOVERY = {**_RECOVERY, "HOTEL": "tests.concurrency.hotel.HOTEL", "LEASE": _LEASE}

_PORT = int(os.environ.get("RECOVERY_TEST_SMTP_PORT") or 1)
_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
#: Half a lease.
_TIMEOUT = _LEASE / 2
if django.VERSION >= (6, 1):
    MAILERS = {
        "default": {
            "BACKEND": _BACKEND,
            "OPTIONS": {"host": "127.0.0.1", "port": _PORT, "timeout": _TIMEOUT},
        }
    }
else:
    EMAIL_BACKEND, EMAIL_TIMEOUT, EMAIL_HOST, EMAIL_PORT = _BACKEND, _TIMEOUT, "127.0.0.1", _PORT

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL") or None
_FOLDER = os.environ.get("RECOVERY_TEST_FOLDER") or tempfile.gettempdir()
if CELERY_BROKER_URL == "filesystem://":
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": f"{_FOLDER}/queue",
        "data_folder_out": f"{_FOLDER}/queue",
        "control_folder": f"{_FOLDER}/control",
        "store_processed": False,
        "polling_interval": 0.1,
    }
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = os.environ.get("RECOVERY_TEST_QUEUE") or "celery"
CELERY_TASK_IGNORE_RESULT = True
# A second instead of fifteen, so that a test heals in seconds.
CELERY_BEAT_SCHEDULE = {
    "recovery.sweep": {"task": "recovery.sweep", "schedule": 1.0, "options": {"expires": 1}},
}
CELERY_BEAT_SCHEDULE_FILENAME = f"{_FOLDER}/beat-{os.getpid()}"
