"""The words of the morning sheet, for colleagues, because gettext is silent without USE_I18N."""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Morning sheet",
        "subject": "%(house)s, %(day)s: %(count)s lines for today",
        "leaving": "Leaving today",
        "promises": "Promised for today",
        "in_house": "In house",
        "arriving": "Arriving today, and we have a history",
        "resting": "Nobody has planned what comes next",
        "no_arrivals": "The hotel system does not tell who arrives today: look there for earlier guests.",
        "nothing": "Nothing is waiting for anybody this morning.",
        "room": "room %(room)s",
        "late": "late since %(time)s",
        "by": "by %(time)s",
        "with": "with %(name)s",
        "emergency": "EMERGENCY",
        "not_happening": "NOT HAPPENING",
        "earlier": "earlier complaint: %(what)s",
        "certificate": "has a certificate …%(four)s, %(nights)s night(s) left",
        "say_open": "Say: “It is not put right yet, and I am sorry. What can we still do before you leave?”",
        "say_solved": "Say: “It has been put right, and I am sorry that it happened. Is it good now?”",
        "say_told": "Say: “Thank you for telling us. Was everything well afterwards?”",
        "say_manager": "Ring the manager before the guest is at the desk: the manager says goodbye.",
    },
    "da": {
        "title": "Morgenark",
        "subject": "%(house)s, %(day)s: %(count)s linjer til i dag",
        "leaving": "Rejser i dag",
        "promises": "Lovet til i dag",
        "in_house": "I huset",
        "arriving": "Ankommer i dag, og vi har en forhistorie",
        "resting": "Ingen har planlagt, hvad der sker nu",
        "no_arrivals": "Hotelsystemet siger ikke, hvem der ankommer i dag: se der efter tidligere gæster.",
        "nothing": "Intet venter på nogen i morges.",
        "room": "værelse %(room)s",
        "late": "forsinket siden %(time)s",
        "by": "senest %(time)s",
        "with": "hos %(name)s",
        "emergency": "NØDSTILFÆLDE",
        "not_happening": "SKER IKKE",
        "earlier": "tidligere klage: %(what)s",
        "certificate": "har et gavebevis …%(four)s, %(nights)s nat/nætter tilbage",
        "say_open": "Sig: „Det er ikke i orden endnu, og jeg er ked af det. Hvad når vi, før I rejser?“",
        "say_solved": "Sig: „Det er bragt i orden, og jeg er ked af, at det skete. Er det godt nu?“",
        "say_told": "Sig: „Tak, fordi I fortalte os det. Var alt godt bagefter?“",
        "say_manager": "Ring til chefen, før gæsten når skranken: chefen siger selv farvel.",
    },
}


def words(language: str) -> Mapping[str, str]:
    """All words in that language; English where we do not have it."""
    return _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])
