from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.models import User

from .models import Buchung, Gast, Haus, Zimmer, Zimmertyp


def make_lost_reservation() -> None:
    """Two guests: one with an account, one without."""
    haus = Haus.objects.create(
        kuerzel="SEE", bezeichnung="Pension Seeblick", zeitzone="Europe/Berlin", strasse="Am See 1",
        plz="17192", ort="Waren", telefon="+49 30 23125 000",
    )  # fmt: skip
    zimmer = Zimmer.objects.create(
        haus=haus, nummer="4", typ=Zimmertyp.objects.create(name="Doppelzimmer"), preis=Decimal("84.00")
    )
    for number, (vorname, nachname, handynummer) in enumerate(
        [("Jürgen", "Müßiggang", "+49 30 23125 001"), ("Ursel", "Kaltwasser", "")]
    ):
        user = User.objects.create(username="juergen", email="juergen@example.com") if not number else None
        Buchung.objects.create(
            buchungsnummer=f"SB-{number}",
            gast=Gast.objects.create(
                konto=user, vorname=vorname, nachname=nachname, handynummer=handynummer, sprache="de"
            ),
            zimmer=zimmer,
            anreise=f"{11 + number}.7.2026",
            abreise=f"{13 + number}.7.2026",
            stand="N",
        )
