"""How the facts of a guest are called."""

from __future__ import annotations

from .columns import Kind
from .rules import Fact, at, concepts, here

_NOT_PEOPLE = concepts(
    "ROOM PROPERTY AGENCY STAFF COMPANY PAYMENT REVIEW OTHER_BUSINESS EMERGENCY SETTINGS CREATED HISTORY"
)
_NOT_HERS = concepts(
    "PROPERTY ROOM AGENCY COMPANY EMERGENCY STAFF FILE PAYMENT OTHER_BUSINESS STATUS CONFIRM"
)

GUEST_FACTS: tuple[Fact, ...] = (
    Fact(
        attribute="guest_first_name",
        rules=(here(76, "FIRST_NAME"), at(76, "FIRST_NAME")),
        kinds={Kind.TEXT: 22},
        test="name",
        never=_NOT_HERS,
        never_via=_NOT_PEOPLE,
        neutral=concepts("GUEST PERSON NAME MAIN FIRST_NAME COUNT"),
        hops=2,
    ),
    Fact(
        attribute="guest_last_name",
        rules=(here(76, "LAST_NAME"), at(76, "LAST_NAME")),
        kinds={Kind.TEXT: 22},
        test="name",
        never=_NOT_HERS,
        never_via=_NOT_PEOPLE,
        neutral=concepts("GUEST PERSON NAME MAIN"),
        hops=2,
    ),
    Fact(
        attribute="guest_name",
        rules=(
            here(74, "FULL NAME"), here(66, "NAME"), here(76, "GUEST NAME"), here(68, "PERSON NAME"),
            here(44, "GUEST"), at(70, "FULL NAME"), at(60, "NAME"), here(14, "LOGIN"), at(12, "LOGIN"),
        ),
        kinds={Kind.TEXT: 22, Kind.COMPUTED: 4},
        test="name",
        never=_NOT_HERS
        | concepts(
            "FIRST_NAME LAST_NAME EMAIL PHONE COUNT TYPE ADDRESS CITY COUNTRY NOTE NUMBER REF PRICE TOTAL "
            "IDENTITY"
        ),
        never_via=_NOT_PEOPLE | concepts("TYPE STATUS COUNTRY CITY ADDRESS LANGUAGE TIER"),
        neutral=concepts("GUEST PERSON NAME FULL MAIN LOGIN STAY"),
        hops=2,
    ),
    Fact(
        attribute="guest_email",
        rules=(here(64, "EMAIL"), at(64, "EMAIL")),
        kinds={Kind.EMAIL: 32, Kind.TEXT: 20, Kind.COMPUTED: 4, Kind.OTHER: 6},
        test="email",
        never=_NOT_HERS | concepts("FLAG DATE REF CREATED"),
        never_via=_NOT_PEOPLE,
        neutral=concepts("GUEST PERSON ADDRESS MAIN STAY"),
        hops=2,
    ),
    Fact(
        attribute="guest_phone",
        rules=(here(68, "PHONE"), at(68, "PHONE")),
        kinds={Kind.TEXT: 24, Kind.NUMBER: 8, Kind.COMPUTED: 2, Kind.OTHER: 6},
        test="phone",
        never=_NOT_HERS | concepts("FLAG FAX COUNTRY REF CREATED TYPE"),
        never_via=_NOT_PEOPLE,
        neutral=concepts("GUEST PERSON NUMBER MAIN STAY"),
        hops=2,
    ),
    Fact(
        attribute="guest_language",
        rules=(here(68, "LANGUAGE"), at(68, "LANGUAGE"), at(60, "REF", "LANGUAGE")),
        kinds={Kind.TEXT: 24, Kind.OTHER: 6, Kind.COMPUTED: 0},
        test="language",
        never=concepts("PROPERTY STAFF FILE COUNT"),
        never_via=_NOT_PEOPLE,
        neutral=concepts("GUEST PERSON MAIN REF STAY"),
        hops=2,
    ),
    Fact(
        attribute="guest_tier",
        rules=(here(62, "TIER"), at(60, "NAME", "TIER"), at(58, "TIER")),
        kinds={Kind.TEXT: 22},
        test="text",
        never=concepts("COUNT NUMBER EXTRA_COST DATE NOTE REF"),
        never_via=_NOT_PEOPLE,
        neutral=concepts("GUEST PERSON NAME STATUS TYPE"),
        hops=2,
    ),
    Fact(
        attribute="guest_is_minor",
        rules=(here(70, "MINOR"), at(66, "MINOR")),
        kinds={Kind.FLAG: 24},
        never=concepts("COUNT"),
        never_via=_NOT_PEOPLE,
        neutral=concepts("GUEST PERSON FLAG"),
        hops=1,
    ),
)  # fmt: skip
