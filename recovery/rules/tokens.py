"""Guest link tokens, the keys that make them, and digests of what was asked.

Tokens are derived, so that a letter can be filled at the moment of sending and nothing that is
stored opens a door.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from .. import errors
from .codes import crockford

SHORTEST_KEY = 32
REFERENCE_BYTES = 5

_DERIVE = b"guest-link:v1\0"
# 32 bytes in base64 are 43 characters, of which the last carries only four bits.
_PLAUSIBLE = re.compile(r"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]")


def derive_token(*, key: str, uuid: UUID, serial: int, purpose: str) -> str:
    """The secret part of a guest link: 43 URL-safe characters, bound to row, serial and purpose."""
    message = _DERIVE + uuid.bytes + serial.to_bytes(8, "big") + purpose.encode()
    mac = hmac.new(key.encode(), message, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def digest_token(token: str) -> str:
    """What is stored instead of the token: SHA-256 in hex.

    Plain, because 256 random bits cannot be guessed from their digest.
    """
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_plausible_token(text: str) -> bool:
    """Whether this could be one of our tokens; spares a query for the rest."""
    return _PLAUSIBLE.fullmatch(text) is not None


def choose_key(keys: Mapping[str, str]) -> tuple[str, str]:
    """The id and the secret of the key that makes new codes and links: the first.

    :raises NoKeys: if there is none.
    :raises KeyTooShort: if it has fewer than 32 characters.
    """
    for key_id, key in keys.items():
        if len(key) < SHORTEST_KEY:
            raise errors.KeyTooShort(key_id=key_id)
        return key_id, key
    raise errors.NoKeys


def key_named(keys: Mapping[str, str], key_id: str) -> str:
    """The secret of the key that made an existing code or link.

    :raises NoKeys: if there are no keys at all.
    :raises KeyGone: if this one was removed; also a ``NoKeys``.
    """
    if not keys:
        raise errors.NoKeys
    key = keys.get(key_id)
    if not key:
        raise errors.KeyGone(key_id=key_id)
    return key


def request_digest(*, actor: str, verb: str, key: str) -> str:
    """The unique digest of a request key: compared the same way by every database."""
    return _sha256([actor, verb, key])


def fingerprint(values: object) -> str:
    """The digest of a verb's input, by which a reused request key is noticed.

    Amounts count by value (10 is 10.00), aware moments by instant, lists and tuples alike.

    :raises TypeError: if there is a value without one exact written form, such as a float.
    """
    return _sha256(_canonical(values))


def new_reference(random_bytes: bytes) -> str:
    """A complaint's reference from five or more random bytes: ``R-7K3M-9QXC``."""
    letters = crockford(random_bytes, length=8)
    return f"R-{letters[:4]}-{letters[4:]}"


def _sha256(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: object) -> object:
    """JSON in which every scalar names its type, so that 1, "1" and True stay different."""
    match value:
        case None | bool():
            return value
        case str():
            return "text:" + str.__str__(value)
        case int():
            return f"int:{value:x}"
        case Decimal():
            return "decimal:" + _plain_decimal(value)
        case dt.datetime():  # before date, because every datetime is a date
            moment = value if value.utcoffset() is None else value.astimezone(dt.UTC)
            return "moment:" + moment.isoformat()
        case dt.date():
            return "date:" + value.isoformat()
        case UUID():
            return "uuid:" + value.hex
        case list() | tuple():
            return [_canonical(item) for item in value]
        case dict():
            if not all(isinstance(name, str) for name in value):
                raise TypeError("names must be text")
            return {str.__str__(name): _canonical(item) for name, item in value.items()}
    raise TypeError(f"{type(value).__name__} has no fingerprint")


def _plain_decimal(value: Decimal) -> str:
    """Digits and exponent without trailing zeros. Not normalize(), which rounds to the context."""
    if not value.is_finite():
        return str(value)
    sign, digits, exponent = value.as_tuple()
    figures = "".join(map(str, digits)).lstrip("0")
    stripped = figures.rstrip("0")
    if not stripped:
        return "0"
    return f"{'-' if sign else ''}{stripped}e{int(exponent) + len(figures) - len(stripped)}"
