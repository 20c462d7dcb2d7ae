# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from django.db import models


class Person(models.Model):
    full_name = models.CharField(max_length=100)
    tel = models.CharField(max_length=30, blank=True)

    def called(self) -> str:
        return self.full_name


class Chamber(models.Model):
    number = models.IntegerField(primary_key=True)
    price = models.FloatField(default=0.1 + 0.2)


class Visit(models.Model):
    number = models.IntegerField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT)
    chamber = models.ForeignKey(Chamber, null=True, blank=True, on_delete=models.SET_NULL)
    start = models.DateTimeField()
    nights = models.PositiveSmallIntegerField(default=1)
    called_off = models.BooleanField(default=False)
