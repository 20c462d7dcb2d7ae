"""The Celery application of the worker processes: ``celery --app tests.concurrency.worker_app worker``."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.concurrency.child_settings")

app = Celery("tests.concurrency")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
