"""Facts of a letter in German."""

from __future__ import annotations

import datetime as dt
from typing import Any

from recovery.letters import (
    CertificateFacts,
    HouseFacts,
    PaymentFacts,
    RedeemedFacts,
    SignatoryFacts,
    WalkFacts,
)

HOUSE = HouseFacts(
    property_code="SEEBLICK",
    name="Hotel Seeblick",
    address=("Uferweg 7", "78464 Konstanz"),
    phone="07531 555 010",
    email="gast@seeblick.example",
    website="www.seeblick.example",
    legal_line="Hotel Seeblick GmbH, Amtsgericht Freiburg, HRB 555010",
    colour="#2f5d3a",
)
SIGNATORY = SignatoryFacts(
    name="Anna Berger", first_name="Anna", title="Hoteldirektion", phone="0151 555 011 22"
)
WORDS: dict[str, Any] = {
    "wrong": "Sie hatten für Juli gebucht; wir hatten Juni notiert, und dann haben wir storniert.",
    "impact": "So standen Sie ohne Zimmer am Empfang, zwei Stunden vor der Hochzeit Ihrer Freunde.",
    "explanation": "Eine von uns tippte den falschen Monat, und niemand las die Buchung vor.",
    "repairs": (
        "Die beiden Nächte im Gasthof Rose mit Frühstück und Parkplatz sind bezahlt.",
        "Die Taxis und das Abendessen am Samstag auch.",
    ),
    "changes": "Jede Buchung wird jetzt vorgelesen, mit dem Wochentag.",
    "own_sentence": "Ich habe das ganze Wochenende an Sie gedacht.",
}
REGRET: dict[str, Any] = {
    "wrong": "Sie lagen in der Nacht auf Sonntag bis vier Uhr wach, weil es auf dem Flur laut war.",
    "impact": "Und am Sonntag hatten Sie die lange Heimfahrt vor sich, mit zwei kleinen Kindern im Auto.",
    "repairs": (
        "Unser Nachtportier geht nun bis zwei Uhr jede Stunde über diesen Flur.",
        "Das Zimmer für diese Nacht steht nicht mehr auf Ihrer Rechnung.",
    ),
    "own_sentence": "Danke, dass Sie es Thomas beim Frühstück gesagt haben, so müde Sie waren.",
}
CERTIFICATE = CertificateFacts(
    nights=2,
    houses=("Hotel Seeblick", "Gasthof Linde"),
    valid_from_on=dt.date(2027, 7, 18),
    last_arrival_on=dt.date(2029, 7, 18),
    tax_included=True,
    breakfast_included=True,
    transferable=True,
    named_for="Jürgen Weiß",
    nights_left=2,
    why="Am Samstag fuhren Sie vier Stunden zu einer Hochzeit, und wir hatten kein Zimmer für Sie.",
)
WALK = WalkFacts(
    hotel="Gasthof Rose",
    address="Marktgasse 3, 78462 Konstanz",
    phone="07531 555 077",
    confirmation="GR-48213",
    map_url="https://www.openstreetmap.org/?mlat=47.6603&mlon=9.1758#map=18",
    distance="700 m, zwei Minuten mit dem Taxi, fünf von der Kirche",
    paid=(
        "beide Nächte mit Steuern und Frühstück",
        "der Parkplatz hinter dem Haus",
        "die Taxis hin und zurück und zur Kirche",
        "Anrufe nach Hause",
    ),
    taxi="Taxi Bodensee, vor unserer Tür um 15:40 Uhr, Telefon 07531 555 099",
    dinner="Restaurant Konzil, Sonntag um 19:30 Uhr, ein Tisch für zwei auf Ihren Namen",
    manager_name="Jonas Keller",
    manager_phone="0151 555 011 33",
    tomorrow="Jonas Keller ruft Sie um 9 Uhr an. Ihr Zimmer bei uns ist ab 12 Uhr bereit, wenn Sie möchten.",
)
REDEEMED = RedeemedFacts(
    house="Hotel Seeblick",
    arrival_on=dt.date(2028, 4, 21),
    departure_on=dt.date(2028, 4, 22),
    nights=1,
    nights_left=1,
    last_arrival_on=dt.date(2029, 7, 18),
    cancel_until=dt.date(2028, 4, 19),
)
RECEIPT: dict[str, Any] = {
    "answered_by": "Jonas Keller",
    "answer_by": "Sonntag, 18. Juli 2027 um 10:30 Uhr",
    "on_call_phone": "0151 555 011 33",
}
PAYMENT = PaymentFacts(
    amount="184.50", currency="EUR", means="refund", units=1, arrives_on=dt.date(2027, 7, 28)
)
MATTER: dict[str, Any] = {
    "understood": "Über Ihnen wurde an zwei Morgen um sechs Uhr geputzt.",
    "impact": "Sie waren hier, um zu schlafen, und konnten es nicht.",
    "promise": "Ab morgen arbeitet auf Ihrer Etage niemand vor neun.",
    "promise_who": "Jonas Wirth",
    "promise_by": "Montag, den 19. Juli, um 9:00 Uhr",
    "question": "Welcher der beiden Koffer war es, der graue oder der blaue?",
    "question_why": "Die Werkstatt schickt das richtige Rad mit der Abendpost.",
    "answer": "Sie fragten, ob das Bad am Sonntag offen ist. Das ist es, von sieben bis zwölf.",
    "done": "Die Heizung in Ihrem Zimmer ist repariert und lief die ganze Nacht.",
    "done_by": "Jonas Wirth und unsere Technik",
    "still_open": "Der Aufzug wartet noch auf ein Teil.",
    "before": "der neue Schlüssel läge mittags am Empfang.",
    "meanwhile": "Jonas öffnet Ihnen die Tür, wann immer Sie möchten.",
    "void_why": "Es war zweimal ausgestellt, und der Empfang konnte nur eines annehmen.",
    "instead": "ein neues über zwei Nächte, das heute mit der Post zu Ihnen geht.",
    "care": ("die Praxis am Markt und das Taxi hin und zurück", "was die Apotheke verlangt"),
}
