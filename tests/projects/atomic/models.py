# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.conf import settings
from django.db import models


class Customer(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE)
    given = models.CharField(max_length=60)
    family = models.CharField(max_length=60)
    email = models.EmailField(blank=True)

    def name(self) -> str:
        return f"{self.given} {self.family}"


class Booking(models.Model):
    number = models.CharField(max_length=12, unique=True)
    customers = models.ManyToManyField(Customer)
    starts = models.DateField()
    ends = models.DateField()
    price = models.IntegerField()
    cancelled = models.BooleanField(default=False)
