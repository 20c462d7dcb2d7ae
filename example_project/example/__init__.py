"""Quay & Strand Hotels: an invented hotel group that installed ``recovery``."""

from .celery import app as celery_app

__all__ = ["celery_app"]
