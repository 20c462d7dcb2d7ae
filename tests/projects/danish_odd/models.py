# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.contrib.auth.models import User
from django.db import models


class Gaest(User):
    """A child of the user: its key is ``user_ptr``."""

    mobil = models.CharField(max_length=30, blank=True)


class Booking(models.Model):
    """The room's number is all that is known of the room, and the nights are all that is known of the end."""

    gaest = models.ForeignKey(Gaest, null=True, on_delete=models.SET_NULL)
    vaerelse = models.IntegerField(null=True)
    ankomst = models.DateField()
    naetter = models.PositiveSmallIntegerField(default=1)
    pris_pr_nat = models.DecimalField(max_digits=7, decimal_places=0)
    slettet = models.DateField(null=True, blank=True)
