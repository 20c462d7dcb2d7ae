"""Words that hotel systems commonly store for how far a stay has come."""

from __future__ import annotations

from .facts import StayStatus

_WORDS = {
    StayStatus.BOOKED: "booked reserved confirmed pending guaranteed expected tentative",
    StayStatus.IN_HOUSE: "in_house inhouse checked_in checkedin occupied staying",
    StayStatus.DEPARTED: "departed checked_out checkedout completed finished",
    StayStatus.CANCELLED: "cancelled canceled cancel deleted void voided rejected declined",
}

#: Lower case, with underscores. "active", "paid", "no_show" are not in it: hosts mean different things.
STATUS_WORDS: dict[str, StayStatus] = {
    word: status for status, words in _WORDS.items() for word in words.split()
}
