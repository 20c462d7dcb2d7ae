# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.conf import settings
from django.db import models


class Product(models.Model):
    name = models.CharField(max_length=80)
    price = models.DecimalField(max_digits=8, decimal_places=2)

    def __str__(self) -> str:
        raise RuntimeError("never printed")


class Subscription(models.Model):
    """A person, a start and an end – and still no night in it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    status = models.CharField(max_length=12)
