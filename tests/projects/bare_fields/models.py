# ruff: noqa: DJ001, DJ008 because this is a stranger's project
from __future__ import annotations

import uuid
from typing import Any

from django.db import models


class Room(models.Model):
    label = models.CharField(max_length=20)
    kind = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.lable  # type: ignore[attr-defined,no-any-return]  # the host's own slip: printing crashes


class LiveBookings(models.Manager["Booking"]):
    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(status__iexact="annulleret").filter(removed_at=None)


class Booking(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hotel = models.CharField(max_length=8)
    guest_name = models.TextField(blank=True)
    guest_email = models.CharField(max_length=500, blank=True, null=True)
    guest_phone = models.CharField(max_length=100, blank=True)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL)
    first_night = models.CharField(max_length=20)  # "2026-07-11", by hand
    nights = models.IntegerField(default=1)
    total = models.IntegerField(null=True)
    status = models.CharField(max_length=30)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = LiveBookings()

    @property
    def held_room(self) -> Room | None:
        return self.room
