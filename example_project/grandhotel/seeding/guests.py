"""Guests, with the addresses that real guest lists have: own, shared, made up, an agency's, none."""

from __future__ import annotations

from typing import NamedTuple


class Person(NamedTuple):
    first_name: str
    last_name: str
    email: str
    phone: str
    language: str = "en"
    no_letters: bool = False


TRAVEL_DESK = "travel@severn-instruments.example"

PEOPLE = {
    "daniel": Person("Daniel", "Whitfield", "daniel.whitfield@example.com", "+44 7700 900211"),
    # The wedding party of 17 July 2027 and who else sleeps in Bristol that night.
    "hannah": Person("Hannah", "Ellery", "hannah.ellery@example.com", "+44 7700 900212"),
    "tom": Person("Tom", "Pascoe", "tom.pascoe@example.org", "+44 7700 900213"),
    "margaret": Person("Margaret", "Pascoe", "m.pascoe@example.net", "+44 117 496 0214"),
    "colin": Person("Colin", "Ellery", "", "+44 117 496 0215"),
    "sophie": Person("Sophie", "Whitfeld", "sophie.whitfeld@example.com", "+44 7700 900216"),
    "ines": Person("Inès", "Moreau", "ines.moreau@example.com", "+33 1 99 00 31 17", "fr"),
    "gareth": Person("Gareth", "Lloyd-Pryce", "gareth@example.org", "+44 7700 900218"),
    "yusuf": Person("Yusuf", "Demir", "yusuf.demir@example.com", "+44 7700 900219"),
    "karin": Person("Karin", "Ekström", "karin.ekstrom@example.com", "+46 8 465 004 20", "sv"),
    # An agency's alias: it forwards during the stay, then it dies, and the agency reads along.
    "alice": Person("Alice", "Thornbury", "example.4183021@guest.booking.com", ""),
    "neil": Person("Neil", "Whitfield", "neil.whitfield@example.net", "+44 7700 900222"),
    # Three people, one address: their employer's travel desk.
    "rupert": Person("Rupert", "Haine", TRAVEL_DESK, "+44 117 496 0223"),
    "deepa": Person("Deepa", "Raman", TRAVEL_DESK, "+44 117 496 0223"),
    "laura": Person("Laura", "Kessel", TRAVEL_DESK, "+44 117 496 0223"),
    "george": Person("George", "Abara", "noemail@example.com", "+1 202 555 0124"),
    "ruth": Person("Ruth", "Calloway", "ruth.calloway@example.com", "+44 7700 900225", no_letters=True),
    "bernd": Person("Bernd", "Osterkamp", "b.osterkamp@example.com", "+49 30 23125 126", "de"),
    # Skagen. Aksel has no e-mail: his letters are printed and handed over.
    "aksel": Person("Aksel", "Thygesen", "", "+45 00 20 31 27", "da"),
    "mette": Person("Mette", "Bjerregaard", "mette.bjerregaard@example.com", "+45 00 20 31 28", "da"),
    "soeren": Person("Søren", "Kjær-Holm", "soren.kjaer@example.org", "+45 00 20 31 29", "da"),
    "birgit": Person("Birgit", "Ravn", "birgit.ravn@example.net", "+45 00 20 31 30", "da"),
    "line": Person("Line", "Østergaard", "line.oestergaard@example.com", "+45 00 20 31 31", "da"),
    "anders": Person("Anders", "Winther", "anders.winther@example.com", "+45 00 20 31 32", "da"),
    "ulla": Person("Ulla", "Friis", "ulla.friis@example.org", "", "da"),
    "jonas": Person("Jonas", "Weidemann", "jonas.weidemann@example.com", "+49 30 23125 133", "de"),
}
