"""Celery with the queues that operations allow and no other; no translations; requests are transactions."""

from .celery import app as celery_app

__all__ = ["celery_app"]
