"""Certificate codes: eleven letters that cannot be guessed and one that catches a slip of the pen.

Crockford's base 32 has no I, L, O and U. The check letter is Damm's algorithm over GF(32) with the
quasigroup ``x * y = 2x + y``: every single wrong letter and every swap of two letters is noticed.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from uuid import UUID

from .. import errors

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12

_DERIVE = b"certificate-code:v1\0"
_DIGEST = b"certificate-digest:v1\0"
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive: 2 has order 31, so all twelve weights differ
_LONGEST_INPUT = 200  # because Unicode normalisation of a megabyte is not worth a refusal
_LOOK_ALIKES = str.maketrans("OIL", "011")
# Dashes that Unicode does not count as dashes, dots, and the underscore.
_SEPARATORS = frozenset(".,_\u00b7\u2022\u2043\u2212\u30fb\u3002")
_SHAPE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


def derive_code(*, key: str, uuid: UUID, serial: int) -> str:
    """The twelve letters of a certificate, computed and never stored.

    ``serial`` counts reissues: each makes a new code and so ends the old one.
    """
    message = _DERIVE + uuid.bytes + serial.to_bytes(8, "big")
    mac = hmac.new(key.encode(), message, hashlib.sha256).digest()
    letters = crockford(mac, length=CODE_LENGTH - 1)
    return letters + _check_letter(letters)


def normalise_code(typed: str) -> str:
    """The twelve letters that somebody meant when they typed this.

    :raises CertificateNotFound: if these are not twelve letters, or one of them is mistyped.
    """
    if len(typed) > _LONGEST_INPUT:
        raise errors.CertificateNotFound
    plain = "".join(c for c in unicodedata.normalize("NFKC", typed) if not _is_separator(c))
    # ASCII first, because upper() turns some foreign letters into ours.
    code = plain.upper().translate(_LOOK_ALIKES) if plain.isascii() else ""
    if not _SHAPE.fullmatch(code) or _fold(code) != 0:
        raise errors.CertificateNotFound
    return code


def show_code(code: str) -> str:
    """The code as it is printed: ``XXXX-XXXX-XXXX``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def last_four(code: str) -> str:
    """The part of a code that staff may see."""
    return code[-4:]


def digest_code(*, key: str, code: str) -> str:
    """What is stored instead of the code: an HMAC-SHA256 in hex.

    :raises CertificateNotFound: if ``code`` is not a code at all.
    """
    message = _DIGEST + normalise_code(code).encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def crockford(data: bytes, *, length: int) -> str:
    """The first ``5 * length`` bits of ``data`` as letters."""
    surplus = len(data) * 8 - length * 5
    if surplus < 0:
        raise ValueError(f"{length} letters need {(length * 5 + 7) // 8} bytes")
    bits = int.from_bytes(data, "big") >> surplus
    return "".join(ALPHABET[(bits >> (5 * place)) & 31] for place in reversed(range(length)))


def _is_separator(letter: str) -> bool:
    return letter in _SEPARATORS or letter.isspace() or unicodedata.category(letter) in ("Pd", "Cf")


def _double(value: int) -> int:
    """2x in GF(32)."""
    shifted = value << 1
    return shifted ^ _POLYNOMIAL if shifted & 32 else shifted


def _fold(letters: str) -> int:
    interim = 0
    for letter in letters:
        interim = _double(interim) ^ _VALUE[letter]
    return interim


def _check_letter(letters: str) -> str:
    return ALPHABET[_double(_fold(letters))]  # the one letter that folds the whole code to zero
