"""Make text from anywhere safe to print, store and put into a mail header."""

from __future__ import annotations

import re
import unicodedata

# What our snapshots can hold, in characters. Names and labels are cut; a reference never is,
# because half a reference is another booking.
REF_LIMIT = 64
CODE_LIMIT = 40
NAME_LIMIT = 160
LABEL_LIMIT = 80
ROOM_LIMIT = 40
PHONE_LIMIT = 40
EMAIL_LIMIT = 254
NOTE_LIMIT = 500

# Whitespace that breaks a line becomes a space; a header must never be split by a guest's name.
_BREAKS = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# Control characters, text-direction overrides (a name must not turn the line around it), the byte
# order mark and lone surrogates (they cannot be encoded). Joiners stay: scripts and emoji need them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_DANGLING = " \u200c\u200d"
_EMAIL = re.compile(r"[^\s@<>,;\"()]+@[^\s@<>,;\"()]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_CURRENCY = re.compile(r"[A-Z]{3}")


def clean_line(text: str, *, limit: int) -> str:
    """One printable line in NFC, at most ``limit`` characters."""
    # Cut before the work: a megabyte must not cost a megabyte's time.
    text = text[: limit * 8]
    text = _UNSEEN.sub("", _BREAKS.sub(" ", text))
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return text[:limit].strip(_DANGLING)


def clean_email(text: str) -> str:
    """An address, or nothing if it cannot be one. Never cut: half an address is another person's."""
    if len(text) > EMAIL_LIMIT + 20:
        return ""
    line = clean_line(text, limit=EMAIL_LIMIT + 20)
    return line if len(line) <= EMAIL_LIMIT and _EMAIL.fullmatch(line) else ""


def clean_language(text: str) -> str:
    """A language code such as ``da`` or ``pt-br``, or nothing."""
    code = clean_line(text, limit=40).replace("_", "-").lower()
    return code if _LANGUAGE.fullmatch(code) else ""


def clean_currency(text: str) -> str:
    """A currency code of three capital letters, or nothing: a sign such as ``$`` names several."""
    code = clean_line(text, limit=10).upper()
    return code if _CURRENCY.fullmatch(code) else ""


def is_clean_ref(text: str, *, limit: int = REF_LIMIT) -> bool:
    """Whether a text can be a reference: short, printable, exactly as stored."""
    return 0 < len(text) <= limit and not _UNSEEN.search(text) and not _BREAKS.search(text)
