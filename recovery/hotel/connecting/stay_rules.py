"""How the facts of a stay are called."""

from __future__ import annotations

from .columns import Kind
from .rules import Fact, at, concepts, here

_WHEN = {Kind.DAY: 30, Kind.MOMENT: 28, Kind.TEXT: 4}
_MONEY = {Kind.NUMBER: 22, Kind.COMPUTED: 8, Kind.TEXT: 0}
_NO_DATE = concepts(
    "BIRTH CREATED PAYMENT CANCEL DELETE NOTE STATUS DEADLINE FILE IDENTITY COUNT CLEANING REVIEW EXTRA_COST "
    "STAFF PRICE"
)
_NO_MONEY = concepts("EXTRA_COST PAYMENT COUNT NOTE TYPE STATUS CURRENCY DATE NUMBER REF PERSON GUEST")

STAY_FACTS: tuple[Fact, ...] = (
    Fact(
        attribute="arrival",
        rules=(
            here(64, "ARRIVE"), here(46, "START"), here(52, "START STAY"), here(54, "FIRST NIGHT"),
            here(12, "STAY DATE"), here(16, "DATE"), here(20, "NIGHT"), here(24, "DAY"),
            at(50, "ARRIVE"), at(34, "START"), at(10, "DATE"),
        ),
        kinds=_WHEN,
        test="date",
        never=_NO_DATE | concepts("DEPART END"),
        never_via=concepts("GUEST PERSON PROPERTY STAFF PAYMENT REVIEW HISTORY"),
        neutral=concepts("DATE DAY STAY TIME PERIOD FIRST FLAG GUEST"),
        hops=1,
    ),
    Fact(
        attribute="departure",
        rules=(
            here(64, "DEPART"), here(46, "END"), here(52, "END STAY"), at(50, "DEPART"), at(34, "END"),
        ),
        kinds=_WHEN,
        test="date",
        never=_NO_DATE | concepts("ARRIVE START"),
        never_via=concepts("GUEST PERSON PROPERTY STAFF PAYMENT REVIEW HISTORY"),
        neutral=concepts("DATE DAY STAY TIME PERIOD FLAG GUEST LAST"),
        hops=1,
    ),
    Fact(
        attribute="nights",
        rules=(
            here(72, "NIGHT"), here(60, "LENGTH STAY"), here(40, "LENGTH"), here(44, "DAY COUNT"),
            here(34, "DAY"), at(46, "NIGHT", but="PRICE TYPE"),
        ),
        kinds={Kind.NUMBER: 22, Kind.COMPUTED: 8, Kind.TEXT: 0},
        test="nights",
        never=concepts("PRICE TOTAL CANCEL CREATED EXTRA_COST GUEST PERSON ROOM RULE"),
        never_via=concepts("GUEST PERSON PROPERTY STAFF PAYMENT RULE TYPE"),
        neutral=concepts("COUNT NUMBER STAY TOTAL LENGTH NAME"),
        hops=1,
    ),
    Fact(
        attribute="room",
        rules=(
            here(70, "ROOM NUMBER"), here(58, "ROOM"), here(64, "ROOM NAME"), here(60, "ROOM REF"),
            at(76, "NUMBER", "ROOM", but="TYPE"), at(78, "ROOM NUMBER", "ROOM", but="TYPE"),
            at(62, "NAME", "ROOM", but="TYPE"), at(58, "TITLE", "ROOM", but="TYPE"),
            at(64, "ROOM", "ROOM", but="TYPE"), at(52, "REF", "ROOM", but="TYPE"),
        ),
        kinds={Kind.TEXT: 20, Kind.NUMBER: 16, Kind.COMPUTED: 2},
        test="text",
        never=concepts("TYPE COUNT PRICE TOTAL STATUS NOTE FILE CLEANING DATE OTHER_BUSINESS FLAG RULE"),
        never_via=concepts("GUEST PERSON STAFF PAYMENT REVIEW HISTORY CLEANING"),
        neutral=concepts("NAME NUMBER REF STAY ROOM MAIN FULL"),
        hops=2,
        far=4,
        many=4,
    ),
    Fact(
        attribute="room_type",
        rules=(
            here(70, "ROOM TYPE"), at(70, "NAME", "ROOM TYPE"), at(64, "TYPE", "ROOM"),
            at(58, "NAME", "TYPE"), at(60, "TITLE", "ROOM TYPE"), at(68, "TYPE", "ROOM TYPE"),
            at(62, "TYPE NAME", "TYPE"), at(50, "REF", "ROOM TYPE"),
        ),
        kinds={Kind.TEXT: 22, Kind.COMPUTED: 2},
        test="text",
        never=concepts("COUNT PRICE STATUS NOTE FILE PAYMENT GUEST AGENCY BASE NUMBER"),
        never_via=concepts("GUEST PERSON STAFF PAYMENT REVIEW AGENCY PROPERTY"),
        neutral=concepts("NAME ROOM TYPE"),
        hops=3,
        far=4,
        many=4,
    ),
    Fact(
        attribute="nightly_rate",
        rules=(
            here(76, "PRICE NIGHT"), here(66, "PRICE DAY"), here(56, "ROOM PRICE"), here(64, "RATE"),
            at(58, "PRICE NIGHT", "ROOM"), at(56, "PRICE NIGHT", "TYPE"), at(46, "PRICE", "ROOM"),
            at(44, "PRICE", "TYPE"), at(48, "BASE PRICE", "ROOM"), at(52, "PRICE DAY", "ROOM"),
        ),
        kinds=_MONEY,
        test="money",
        never=_NO_MONEY | concepts("TOTAL"),
        never_via=concepts("GUEST PERSON STAFF PAYMENT OTHER_BUSINESS REVIEW"),
        neutral=concepts("PRICE RATE BASE ROOM STAY NAME"),
        hops=2,
    ),
    Fact(
        attribute="total_price",
        rules=(here(72, "TOTAL PRICE"), here(62, "TOTAL"), here(48, "PRICE"), here(56, "STAY PRICE")),
        kinds=_MONEY,
        test="money",
        never=_NO_MONEY | concepts("NIGHT DAY BASE RATE"),
        neutral=concepts("PRICE TOTAL STAY ROOM"),
    ),
    Fact(
        attribute="currency",
        rules=(
            here(72, "CURRENCY"), at(66, "REF", "CURRENCY"), at(58, "CURRENCY", "ROOM"),
            at(50, "CURRENCY"),
        ),
        kinds={Kind.TEXT: 22, Kind.OTHER: 8, Kind.COMPUTED: 0},
        test="currency",
        never=concepts("TOTAL COUNT FILE"),
        never_via=concepts("GUEST PERSON STAFF PAYMENT OTHER_BUSINESS AGENCY"),
        neutral=concepts("REF PRICE STAY NAME"),
        hops=2,
    ),
    Fact(
        attribute="status",
        rules=(
            here(66, "STATUS"), here(70, "STATUS STAY"), at(60, "NAME", "STATUS"),
            at(60, "REF", "STATUS"), at(56, "TITLE", "STATUS"), at(58, "STATUS", "STATUS"),
        ),
        kinds={Kind.TEXT: 26, Kind.NUMBER: 20, Kind.COMPUTED: -10},
        test="text",
        never=concepts(
            "PAYMENT ROOM CLEANING FLAG REVIEW NOTE CREATED DELETE FILE DATE EXTRA_COST ADDRESS COUNTRY"
        ),
        never_via=concepts("GUEST PERSON STAFF PAYMENT ROOM PROPERTY CLEANING"),
        neutral=concepts("STAY REF NAME CONFIRM CANCEL ARRIVE"),
        hops=1,
    ),
    Fact(
        attribute="cancelled",
        rules=(here(74, "CANCEL"), here(56, "DELETE")),
        kinds={Kind.FLAG: 24, Kind.COMPUTED: 0},
        never=concepts("STAFF NOTE DEADLINE EXTRA_COST PAYMENT ARRIVE DEPART GUEST PERSON"),
        neutral=concepts("FLAG STAY"),
    ),
    Fact(
        attribute="cancelled_on",
        rules=(here(70, "CANCEL"), here(50, "DELETE")),
        kinds={Kind.MOMENT: 26, Kind.DAY: 26},
        never=concepts("STAFF NOTE DEADLINE EXTRA_COST PAYMENT"),
        neutral=concepts("DATE STAY TIME"),
    ),
    Fact(
        attribute="cancel_until",
        rules=(here(66, "CANCEL DEADLINE"),),
        kinds={Kind.DAY: 26, Kind.MOMENT: 24},
        test="date",
        never=concepts("STAFF NOTE EXTRA_COST PAYMENT CREATED DELETE FLAG COUNT ARRIVE DEPART"),
        neutral=concepts("DATE DAY STAY TIME END GUEST LAST"),
    ),
    Fact(
        attribute="agency",
        rules=(
            here(66, "AGENCY"), at(62, "NAME", "AGENCY"), at(58, "TITLE", "AGENCY"),
            at(50, "REF", "AGENCY"),
        ),
        kinds={Kind.TEXT: 22, Kind.COMPUTED: -10},
        test="text",
        never=concepts("NUMBER EMAIL PHONE EXTRA_COST PRICE NOTE ADDRESS PAYMENT COUNTRY FILE EXTERNAL"),
        never_via=concepts("GUEST PERSON STAFF PAYMENT ROOM PROPERTY"),
        neutral=concepts("NAME STAY"),
        hops=1,
    ),
    Fact(
        attribute="agency_ref",
        rules=(
            here(74, "AGENCY REF"), here(70, "AGENCY NUMBER"), here(66, "EXTERNAL REF"),
            here(60, "EXTERNAL NUMBER"), here(58, "EXTERNAL STAY"),
        ),
        kinds={Kind.TEXT: 22, Kind.NUMBER: 10, Kind.UUID: 6},
        test="text",
        never=concepts("EMAIL PHONE PRICE NOTE PAYMENT EXTRA_COST FILE NAME COUNTRY DATE"),
        neutral=concepts("STAY REF NUMBER CONFIRM AGENCY EXTERNAL"),
    ),
    Fact(
        attribute="source_note",
        rules=(here(66, "CANCEL NOTE"),),
        kinds={Kind.TEXT: 22},
        never=concepts("STAFF PRICE EXTRA_COST DATE RULE DEADLINE"),
        neutral=concepts("STAY"),
    ),
    Fact(
        attribute="stay_ref",
        rules=(
            here(72, "STAY REF"), here(72, "STAY NUMBER"), here(64, "REF"), here(60, "NUMBER"),
            here(70, "CONFIRM REF"),
        ),
        kinds={Kind.TEXT: 22, Kind.UUID: 12, Kind.NUMBER: 8},
        test="reference",
        never=concepts(
            "AGENCY EXTERNAL PAYMENT FILE GUEST PERSON ROOM EMAIL PHONE IDENTITY COUNT PRICE DATE ADDRESS"
        ),
        neutral=concepts("STAY REF NUMBER CONFIRM NAME"),
        unique=True,
    ),
)  # fmt: skip
