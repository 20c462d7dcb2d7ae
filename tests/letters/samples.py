"""Facts as the verbs would freeze them: one letter of every kind in every language."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from recovery.choices import LetterKind, Stance
from recovery.letters import (
    CertificateFacts,
    HouseFacts,
    LetterFacts,
    PaymentFacts,
    RedeemedFacts,
    RestoredFacts,
    SignatoryFacts,
    WalkFacts,
)

from . import samples_de, samples_es, samples_fr

LANGUAGES = ("en", "da", "de", "fr", "es")
#: Those that no native speaker has read.
UNREAD = ("de", "fr", "es")
SECRETS = {
    "certificate_code": "7K3M-9QXA-T4HV",
    "certificate_link": "https://care.example.com/recovery/c/Zk3vQ9mTq0xW8rLp2sYd7A/",
    "status_link": "https://care.example.com/recovery/s/Qm8tR2wY5uVb1nXc6kLz0g/",
    "stop_link": "https://care.example.com/recovery/w/Hd4pS9aJ3eFt7oGi2yBq5w/",
}

_HOUSES = {
    "en": HouseFacts(
        property_code="HARBOUR",
        name="The Harbour House",
        address=("12 Quay Street", "Whitby YO21 1DH", "United Kingdom"),
        phone="+44 1947 555 010",
        email="care@harbourhouse.example",
        website="www.harbourhouse.example",
        legal_line="Harbour House Hotels Ltd, registered in England, no. 0555010",
        colour="#1f4e5f",
    ),
    "da": HouseFacts(
        property_code="SKOVLY",
        name="Hotel Skovly",
        address=("Strandvejen 41", "5700 Svendborg"),
        phone="62 55 50 10",
        email="kontakt@skovly.example",
        website="www.skovly.example",
        legal_line="Hotel Skovly A/S, CVR-nr. 55 50 10 22",
        colour="#7a3b2e",
    ),
}
_SIGNATORIES = {
    "en": SignatoryFacts(
        name="Eleanor Marsh", first_name="Eleanor", title="General Manager", phone="+44 7700 900 123"
    ),
    "da": SignatoryFacts(name="Ingrid Holm", first_name="Ingrid", title="direktør", phone="40 55 50 11"),
}
_WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "wrong": "You had booked with us in July; we had written it down for June, and then we cancelled it.",
        "impact": "So you stood at our desk without a room, two hours before your friends' wedding.",
        "explanation": "One of us typed the wrong month, and nobody read it back.",
        "repairs": (
            "Both nights at the Bell Inn, with breakfast and parking, are paid.",
            "So are the taxis and Saturday's dinner.",
        ),
        "changes": "Every booking is now read back to the guest, with its weekday.",
        "own_sentence": "I have thought of you all weekend.",
    },
    "da": {
        "wrong": "Du havde bestilt værelse i juli; vi havde skrevet juni, og så aflyste vi det.",
        "impact": "Derfor stod du i receptionen uden værelse, to timer før dine venners bryllup.",
        "explanation": "En af os tastede den forkerte måned, og ingen læste bestillingen op.",
        "repairs": (
            "De to overnatninger på Hotel Ærø med morgenmad og parkering er betalt.",
            "Det er taxaerne og middagen i lørdags også.",
        ),
        "changes": "Nu læser vi hver bestilling op for gæsten, med ugedag.",
        "own_sentence": "Jeg har tænkt på jer hele weekenden.",
    },
}
_REGRET: dict[str, dict[str, Any]] = {
    "en": {
        "wrong": "You lay awake until four on Saturday night because of the noise in the corridor.",
        "impact": "And on Sunday you had the long drive home, with two small children in the car.",
        "repairs": (
            "Our night porter now walks that corridor every hour until two.",
            "The room for Saturday night is off your bill.",
        ),
        "own_sentence": "Thank you for telling Thomas at breakfast, tired as you were.",
    },
    "da": {
        "wrong": "Du lå vågen til klokken fire natten til søndag på grund af larmen på gangen.",
        "impact": "Og om søndagen havde du den lange køretur hjem med to små børn i bilen.",
        "repairs": (
            "Vores nattevagt går nu en runde på den gang hver time indtil klokken to.",
            "Værelset natten til søndag er taget af din regning.",
        ),
        "own_sentence": "Tak, fordi du sagde det til Thomas ved morgenmaden, så træt som du var.",
    },
}
_CERTIFICATES = {
    "en": CertificateFacts(
        nights=1,
        houses=("The Harbour House",),
        valid_from_on=dt.date(2027, 7, 18),
        last_arrival_on=dt.date(2029, 7, 18),
        tax_included=True,
        breakfast_included=True,
        transferable=True,
        named_for="Maria Lindqvist",
        nights_left=1,
        why="On Saturday you drove four hours to a wedding, and we had no room for you.",
    ),
    "da": CertificateFacts(
        nights=2,
        houses=("Hotel Skovly", "Badehotellet Lyø"),
        valid_from_on=dt.date(2027, 7, 18),
        last_arrival_on=dt.date(2029, 7, 18),
        tax_included=True,
        breakfast_included=False,
        transferable=True,
        named_for="Søren Ågård",
        nights_left=2,
        why="I lørdags kørte du fire timer til et bryllup, og vi havde ikke noget værelse til dig.",
    ),
}
_WALKS = {
    "en": WalkFacts(
        hotel="The Bell Inn",
        address="3 Church Lane, Whitby YO22 4DE",
        phone="+44 1947 555 077",
        confirmation="BI-48213",
        map_url="https://www.openstreetmap.org/?mlat=54.4858&mlon=-0.6206#map=18",
        distance="700 m, two minutes by taxi, five from the church",
        paid=(
            "both nights, with tax and breakfast",
            "parking behind the house",
            "the taxis there and back, and to the church",
            "telephone calls home",
        ),
        taxi="Whitby Cars, at our door at 15:40, driver Ben, +44 1947 555 099",
        dinner="The Moon and Sixpence, Sunday at 19:30, a table for two in your name",
        manager_name="James Okafor",
        manager_phone="+44 7700 900 456",
        tomorrow="James rings you at 9:00. Your room here is ready from noon, should you like to come back.",
    ),
    "da": WalkFacts(
        hotel="Hotel Ærø",
        address="Brogade 1, 5700 Svendborg",
        phone="62 55 50 77",
        confirmation="AE-48213",
        map_url="https://www.openstreetmap.org/?mlat=55.0603&mlon=10.6107#map=18",
        distance="700 m, to minutter i taxa, fem fra kirken",
        paid=(
            "begge overnatninger med morgenmad",
            "parkering bag hotellet",
            "taxa frem og tilbage og til kirken",
            "opkald hjem",
        ),
        taxi="Sydfyns Taxa holder ved døren kl. 15.40, tlf. 62 55 50 99",
        dinner="Restaurant Kvægtorvet, søndag kl. 19.30, bord til to i dit navn",
        manager_name="Jonas Bech",
        manager_phone="40 55 50 12",
        tomorrow="Jonas ringer til dig kl. 9. Vil du tilbage til os, er værelset klar fra kl. 12.",
    ),
}
_REDEEMED = {
    "en": RedeemedFacts(
        house="The Harbour House",
        arrival_on=dt.date(2028, 4, 21),
        departure_on=dt.date(2028, 4, 23),
        nights=1,
        nights_left=0,
        last_arrival_on=dt.date(2029, 7, 18),
        cancel_until=dt.date(2028, 4, 19),
    ),
    "da": RedeemedFacts(
        house="Hotel Skovly",
        arrival_on=dt.date(2028, 4, 21),
        departure_on=dt.date(2028, 4, 22),
        nights=1,
        nights_left=1,
        last_arrival_on=dt.date(2029, 7, 18),
        cancel_until=dt.date(2028, 4, 19),
    ),
}
_RECEIPTS: dict[str, dict[str, Any]] = {
    "en": {
        "answered_by": "James Okafor",
        "answer_by": "Sunday 18 July at 10:30",
        "on_call_phone": "+44 7700 900 456",
    },
    "da": {
        "answered_by": "Jonas Bech",
        "answer_by": "søndag den 18. juli kl. 10.30",
        "on_call_phone": "40 55 50 12",
    },
}
_RESTORED = RestoredFacts(nights=1, nights_left=2, last_arrival_on=dt.date(2029, 10, 16))
_PAYMENT = {
    "en": PaymentFacts(
        amount="184.50", currency="GBP", means="refund", units=1, arrives_on=dt.date(2027, 7, 28)
    ),
    "da": PaymentFacts(
        amount="1450.00", currency="DKK", means="folio_credit", units=1, arrives_on=dt.date(2027, 7, 18)
    ),
}
#: Kinds that need nothing but sentences.
_PLAIN = (
    LetterKind.ACKNOWLEDGEMENT,
    LetterKind.QUESTION,
    LetterKind.UPDATE,
    LetterKind.DELAY,
    LetterKind.REPLY,
    LetterKind.SOLVED,
    LetterKind.CERTIFICATE_VOID,
    LetterKind.CARE_CONTACT,
)
_MATTERS: dict[str, dict[str, Any]] = {
    "en": {
        "understood": "The room above you was being cleaned at six, two mornings in a row.",
        "impact": "You came here to sleep, and you did not.",
        "promise": "From tomorrow nobody works on your floor before nine.",
        "promise_who": "James Okafor",
        "promise_by": "Monday 19 July at 9:00",
        "question": "Which of the two suitcases was it, the grey one or the blue one?",
        "question_why": "The workshop sends the right wheel by tonight's post.",
        "answer": "You asked whether the pool is open on Sunday. It is, from seven until noon.",
        "done": "The heating in your room is repaired and was on all night.",
        "done_by": "James Okafor and our engineer",
        "still_open": "The lift is still waiting for one part.",
        "before": "the new key would be at the desk by noon.",
        "meanwhile": "James opens the door for you at any hour.",
        "void_why": "It was made out twice, and the desk could only take one of them.",
        "instead": "a new certificate for two nights, which you have in your post today.",
        "care": ("the doctor in Flowergate, and the taxi there and back", "what the chemist asks for"),
    },
    "da": {
        "understood": "Der blev gjort rent oven over dig klokken seks, to morgener i træk.",
        "impact": "Du kom for at sove, og det kunne du ikke.",
        "promise": "Fra i morgen arbejder ingen på din etage før klokken ni.",
        "promise_who": "Jonas Bech",
        "promise_by": "mandag den 19. juli kl. 9.00",
        "question": "Hvilken af de to kufferter var det, den grå eller den blå?",
        "question_why": "Værkstedet sender det rigtige hjul med aftenens post.",
        "answer": "Du spurgte, om badet er åbent på søndag. Det er det, fra syv til tolv.",
        "done": "Varmen på dit værelse er lavet og har været tændt hele natten.",
        "done_by": "Jonas Bech og vores tekniker",
        "still_open": "Elevatoren venter stadig på en enkelt del.",
        "before": "den nye nøgle ville ligge i receptionen til middag.",
        "meanwhile": "Jonas låser op for dig, når som helst.",
        "void_why": "Det var udstedt to gange, og receptionen kunne kun tage imod det ene.",
        "instead": "et nyt gavebevis på to overnatninger, som du har i posten i dag.",
        "care": ("lægen på torvet og taxaen frem og tilbage", "det, apoteket skal have"),
    },
}
for _code, _more in (("de", samples_de), ("fr", samples_fr), ("es", samples_es)):
    _HOUSES[_code] = _more.HOUSE
    _SIGNATORIES[_code] = _more.SIGNATORY
    _WORDS[_code] = _more.WORDS
    _REGRET[_code] = _more.REGRET
    _CERTIFICATES[_code] = _more.CERTIFICATE
    _WALKS[_code] = _more.WALK
    _REDEEMED[_code] = _more.REDEEMED
    _RECEIPTS[_code] = _more.RECEIPT
    _PAYMENT[_code] = _more.PAYMENT
    _MATTERS[_code] = _more.MATTER


def facts(
    kind: LetterKind, language: str, *, stance: Stance = Stance.RESPONSIBILITY, **changes: Any
) -> LetterFacts:
    """The sample letter of that kind; ``changes`` replace single facts."""
    certificate = _CERTIFICATES[language]
    by_kind: dict[LetterKind, dict[str, Any]] = {
        LetterKind.RECEIPT: {**_RECEIPTS[language], "automatic": True, "has_status_link": True},
        LetterKind.WALK_CARD: {"walk": _WALKS[language], "stance": "responsibility"},
        LetterKind.APOLOGY: {
            **(_WORDS if stance is Stance.RESPONSIBILITY else _REGRET)[language],
            "stance": stance.value,
            "certificate": certificate if stance is Stance.RESPONSIBILITY else None,
        },
        LetterKind.CERTIFICATE: {"certificate": certificate},
        LetterKind.REDEEMED: {"redeemed": _REDEEMED[language], "automatic": True},
        LetterKind.RESTORED: {"restored": _RESTORED, "automatic": True},
        LetterKind.PAYMENT_DONE: {"payment": _PAYMENT[language], "automatic": True},
        LetterKind.QUESTION_REMINDER: {**_MATTERS[language], "automatic": True},
        LetterKind.NO_NEWS: {**_MATTERS[language], "automatic": True},
        LetterKind.WALK_BEFORE_TRAVEL: {"walk": _WALKS[language]},
        LetterKind.AGREED: {"repairs": _WORDS[language]["repairs"], **_MATTERS[language]},
        **dict.fromkeys(_PLAIN, _MATTERS[language]),
    }
    made = LetterFacts(
        kind=kind,
        language=language,
        house=_HOUSES[language],
        guest_name=certificate.named_for,
        guest_first_name=certificate.named_for.split()[0],
        signatory=_SIGNATORIES[language],
        reference="WQ4T-81",
        written_on=dt.date(2027, 7, 18),
        **by_kind[kind],
    )
    return dataclasses.replace(made, **changes)
