# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.conf import settings
from django.db import models


class House(models.Model):
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    zone = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    telephone = models.CharField(max_length=30)
    team = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True)


class Room(models.Model):
    house = models.ForeignKey(House, on_delete=models.CASCADE)
    door = models.CharField(max_length=8)


class Guest(models.Model):
    """The address is on the account, and not everybody has one."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    name = models.CharField(max_length=120)


class Booking(models.Model):
    code = models.CharField(max_length=12, primary_key=True)
    guest = models.ForeignKey(Guest, null=True, on_delete=models.SET_NULL)
    room = models.ForeignKey(Room, on_delete=models.PROTECT)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    price = models.DecimalField(max_digits=9, decimal_places=2)
    state = models.CharField(max_length=12, choices=[("open", "open"), ("void", "void")], default="open")
