"""The project's Celery application, as any Django project has one.

celery --app example worker --pool solo
celery --app example beat
"""

from __future__ import annotations

import os

from celery import Celery

from . import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example.settings")

broker.use()
app = Celery("example")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
