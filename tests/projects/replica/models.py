# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.db import models


class Booking(models.Model):
    number = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120)
    email = models.CharField(max_length=120, blank=True)
    arrival = models.DateField()
    departure = models.DateField()
    room = models.CharField(max_length=8, blank=True)
    price = models.DecimalField(max_digits=9, decimal_places=2)
    is_void = models.BooleanField(default=False)
