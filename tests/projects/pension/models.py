# ruff: noqa: DJ008 because this is a stranger's project
from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import models


class Haus(models.Model):
    kuerzel = models.CharField("Code", max_length=6, unique=True)
    bezeichnung = models.CharField(max_length=80)
    zeitzone = models.CharField(max_length=40, blank=True)
    waehrung = models.CharField(max_length=3, default="EUR")
    strasse = models.CharField(max_length=80, blank=True)
    plz = models.CharField(max_length=8, blank=True)
    ort = models.CharField(max_length=60, blank=True)
    telefon = models.CharField(max_length=30, blank=True)


class Zimmertyp(models.Model):
    name = models.CharField(max_length=40)


class Zimmer(models.Model):
    haus = models.ForeignKey(Haus, on_delete=models.CASCADE)
    nummer = models.CharField(max_length=6)
    typ = models.ForeignKey(Zimmertyp, null=True, on_delete=models.SET_NULL)
    preis = models.DecimalField(max_digits=8, decimal_places=2)

    def __str__(self) -> str:
        return self.haus.nmae  # type: ignore[attr-defined,no-any-return]  # the host's own slip


class Gast(models.Model):
    """Only some have an account, and only an account has an e-mail address."""

    konto = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL)
    vorname = models.CharField(max_length=40)
    nachname = models.CharField(max_length=40)
    handynummer = models.CharField(max_length=30, blank=True)
    sprache = models.CharField(max_length=5, blank=True)

    def __str__(self) -> str:
        return f"{self.vorname} {self.nachname}, {self.handynummer}"  # prints what nobody must see


class Buchung(models.Model):
    buchungsnummer = models.CharField(max_length=12, unique=True)
    gast = models.ForeignKey(Gast, on_delete=models.PROTECT)
    zimmer = models.ForeignKey(Zimmer, null=True, blank=True, on_delete=models.SET_NULL)
    anreise = models.CharField(max_length=10)  # "11.7.2026", as the paper form has it
    abreise = models.CharField(max_length=10)
    stand = models.CharField(
        max_length=12, choices=[("N", "bestätigt"), ("S", "storniert"), ("W", "Sonderfall")]
    )
    geloescht_am = models.DateTimeField(null=True, blank=True)
    angelegt_von = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    angelegt_am = models.DateTimeField(auto_now_add=True)

    @property
    def gesamtpreis(self) -> Decimal | None:
        return self.zimmer.preis * 2 if self.zimmer else None

    @property
    def zimmernummer(self) -> Any:
        """Says that it writes, so nobody but the host reads it."""
        self.save()
        return self.zimmer and self.zimmer.nummer

    @property
    def anzahl_naechte(self) -> int:
        """Writes behind its own back."""
        _zaehle(self)
        return 2


def _zaehle(buchung: Buchung) -> None:
    Buchung.objects.filter(pk=buchung.pk).update(stand="W")
