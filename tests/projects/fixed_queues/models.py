# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.db import models


class Reservation(models.Model):
    """The key is a word; the price is of the whole stay, and a property."""

    ref = models.CharField(max_length=20, primary_key=True)
    first = models.CharField(max_length=60)
    last = models.CharField(max_length=60)
    contact = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001 because it is a stranger's
    day = models.DateField()
    days = models.IntegerField(default=2)
    table_of_rooms = models.TextField(blank=True)
    deleted = models.BooleanField(default=False)

    @property
    def whole_price(self) -> float:
        return 999.0 * self.days
