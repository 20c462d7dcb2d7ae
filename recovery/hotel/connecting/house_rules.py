"""How the facts of a house are called."""

from __future__ import annotations

from .columns import Kind
from .rules import Fact, at, concepts, here

_OWN = concepts("PROPERTY MAIN")

PROPERTY_FACTS: tuple[Fact, ...] = (
    Fact(
        attribute="property_code",
        rules=(here(70, "REF"), here(74, "PROPERTY REF"), here(60, "NUMBER")),
        kinds={Kind.TEXT: 24, Kind.UUID: 0},
        test="code",
        never=concepts("POSTCODE COUNTRY PHONE CURRENCY FILE PAYMENT IDENTITY LANGUAGE EXTRA_COST"),
        neutral=_OWN | concepts("REF NAME"),
        unique=True,
    ),
    Fact(
        attribute="property_name",
        rules=(here(70, "NAME"), here(60, "TITLE"), here(74, "PROPERTY NAME")),
        kinds={Kind.TEXT: 24, Kind.COMPUTED: -10},
        test="text",
        never=concepts(
            "CITY COUNTRY PERSON STAFF COMPANY FIRST_NAME LAST_NAME ROOM TYPE FILE LOGIN EMAIL PHONE"
        ),
        neutral=_OWN | concepts("FULL"),
    ),
    Fact(
        attribute="property_time_zone",
        rules=(here(72, "ZONE"),),
        kinds={Kind.TEXT: 22, Kind.OTHER: 14, Kind.COMPUTED: 0},
        test="zone",
        neutral=_OWN | concepts("TIME NAME"),
    ),
    Fact(
        attribute="property_currency",
        rules=(here(72, "CURRENCY"), at(66, "REF", "CURRENCY")),
        kinds={Kind.TEXT: 22, Kind.OTHER: 8, Kind.COMPUTED: 0},
        test="currency",
        neutral=_OWN | concepts("REF BASE NAME"),
        hops=1,
    ),
    Fact(
        attribute="property_phone",
        rules=(here(70, "PHONE"),),
        kinds={Kind.TEXT: 24, Kind.NUMBER: 8, Kind.OTHER: 6},
        test="phone",
        never=concepts("FAX EMERGENCY PERSON STAFF FLAG"),
        neutral=_OWN | concepts("NUMBER"),
    ),
    Fact(
        attribute="property_email",
        rules=(here(66, "EMAIL"),),
        kinds={Kind.EMAIL: 30, Kind.TEXT: 20},
        test="email",
        never=concepts("PERSON STAFF FLAG"),
        neutral=_OWN | concepts("ADDRESS"),
    ),
    Fact(
        attribute="property_country",
        rules=(here(70, "COUNTRY"), at(64, "NAME", "COUNTRY")),
        kinds={Kind.TEXT: 22, Kind.OTHER: 8},
        test="text",
        never=concepts("PHONE"),
        neutral=_OWN | concepts("REF NAME"),
        hops=2,
    ),
    Fact(
        attribute="property_latitude",
        rules=(here(74, "LATITUDE"),),
        kinds={Kind.NUMBER: 22, Kind.TEXT: 8},
        neutral=_OWN,
    ),
    Fact(
        attribute="property_longitude",
        rules=(here(74, "LONGITUDE"),),
        kinds={Kind.NUMBER: 22, Kind.TEXT: 8},
        never=concepts("NOTE NAME"),
        neutral=_OWN,
    ),
)  # fmt: skip
