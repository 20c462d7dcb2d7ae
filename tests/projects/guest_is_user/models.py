# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class Account(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects = BaseUserManager()

    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        raise RuntimeError("prints e-mail addresses into the log, so it was switched off")


class Profile(models.Model):
    """Only some accounts have one."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE)
    mobile = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, blank=True)


class House(models.Model):
    code = models.CharField(max_length=8, unique=True)
    title = models.CharField(max_length=80)
    zone = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    address = models.TextField(blank=True)


class Room(models.Model):
    house = models.ForeignKey(House, on_delete=models.CASCADE)
    number = models.CharField(max_length=8)


class Reservation(models.Model):
    class State(models.TextChoices):
        OPEN = "O", "open"
        HERE = "H", "here"
        LEFT = "L", "left"
        GONE = "X", "called off"

    guest = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL)
    house = models.ForeignKey(House, on_delete=models.CASCADE)
    rooms = models.ManyToManyField(Room, blank=True)
    check_in = models.DateTimeField(null=True)
    check_out = models.DateTimeField(null=True)
    rate = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    state = models.CharField(max_length=1, choices=State.choices, default=State.OPEN)
    channel = models.CharField(max_length=40, blank=True)
    channel_ref = models.CharField(max_length=40, blank=True)

    def confirm(self, *, by: str) -> None:
        """Needs arguments, so it cannot be a path."""

    def purge(self) -> None:
        self.delete()

    purge.alters_data = True  # type: ignore[attr-defined]
