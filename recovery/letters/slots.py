"""Slots: where a secret will stand, marked with private-use characters.

What is stored and hashed holds the markers; the secrets are derived and filled in at the moment
of sending. Facts are cleaned of private-use characters, so a guest's name can never be a slot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import urlsplit

from .. import errors

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKER = re.compile(f"{_OPEN}([a-z_]*){_CLOSE}")
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")

CERTIFICATE_CODE = "certificate_code"
CERTIFICATE_LINK = "certificate_link"
STATUS_LINK = "status_link"
STOP_LINK = "stop_link"
SLOTS: tuple[str, ...] = (CERTIFICATE_CODE, CERTIFICATE_LINK, STATUS_LINK, STOP_LINK)

_CODE = re.compile(r"[0-9A-Z]+(-[0-9A-Z]+)*")


def marker(slot: str) -> str:
    """The characters that stand for a secret until it is sent."""
    return f"{_OPEN}{slot}{_CLOSE}"


def slots_in(text: str) -> tuple[str, ...]:
    """The slots of a text, in the order of ``SLOTS``."""
    found = set(_MARKER.findall(text))
    return tuple(slot for slot in SLOTS if slot in found)


def fill_text(text: str, secrets: Mapping[str, str]) -> str:
    """Plain text with its secrets.

    :raises LetterFailed: if a slot has no usable value, or an unknown marker is left.
    """
    return _filled(text, secrets, as_html=False)


def fill_html(text: str, secrets: Mapping[str, str]) -> str:
    """HTML with its secrets, escaped; a link stays one whether it stands in ``href`` or in the text.

    :raises LetterFailed: if a slot has no usable value, or an unknown marker is left.
    """
    return _filled(text, secrets, as_html=True)


def secret(slot: str, secrets: Mapping[str, str]) -> str:
    """One secret, checked.

    :raises LetterFailed: if it is missing or not what its slot may hold.
    """
    value = secrets.get(slot, "")
    if not value:
        raise errors.LetterFailed(problem=f"there is no value for {slot}")
    if not (_CODE.fullmatch(value) if slot == CERTIFICATE_CODE else _is_link(value)):
        # The value is not repeated: a secret must not end up in a log.
        raise errors.LetterFailed(problem=f"the value for {slot} cannot be used")
    return value


def sample_secrets(language: str) -> dict[str, str]:
    """Values for a preview that nobody can take for real ones."""
    del language  # because the same crosses and dead links are plain in every language
    return {slot: "XXXX-XXXX-XXXX" if slot == CERTIFICATE_CODE else "#" for slot in SLOTS}


def _filled(text: str, secrets: Mapping[str, str], *, as_html: bool) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in SLOTS:
            raise errors.LetterFailed(problem=f"unknown slot {match[1] or '(empty)'}")
        found = secret(match[1], secrets)
        return escape(found) if as_html else found

    filled = _MARKER.sub(value, text)
    if _PRIVATE_USE.search(filled):
        raise errors.LetterFailed(problem="a marker without a meaning is left in it")
    return filled


def _is_link(value: str) -> bool:
    if value == "#":  # preview
        return True
    if not value.isascii() or not value.isprintable() or set(value) & set(" \"'<>\\`"):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
