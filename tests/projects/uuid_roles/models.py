# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Colleague(AbstractBaseUser):
    """No PermissionsMixin: no groups, no permissions, no has_perm."""

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(max_length=40, unique=True)
    role = models.CharField(max_length=20)  # "manager", "desk", "cleaner"

    objects = BaseUserManager()

    USERNAME_FIELD = "login"


class Guest(models.Model):
    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    called = models.CharField(max_length=120)
    mail = models.CharField(max_length=120, blank=True)  # not even an EmailField


class Stay(models.Model):
    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT)
    arrival_date = models.DateField()
    arrival_time = models.TimeField(null=True)
    departure_date = models.DateField(null=True)
    unit = models.CharField(max_length=12, blank=True)
    rate = models.FloatField()
    is_cancelled = models.BooleanField(default=False)


class Setup(models.Model):
    """The house is the only row of the settings."""

    label = models.SlugField(primary_key=True)
    title = models.CharField(max_length=80)
    zone = models.CharField(max_length=40)
    money = models.CharField(max_length=3)
