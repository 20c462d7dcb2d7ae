"""What a request says about itself in headers: which request it is, and which page it saw."""

from __future__ import annotations

import re
from typing import Any

from ..errors import BadRequestKey, BadVersion, RequestKeyMissing

KEY, VERSION = "Idempotency-Key", "If-Match"

_KEY = re.compile(r"[\x20-\x7e]{1,255}")
#: What two headers become when a server or a proxy joins them; whether with a space differs between these.
_TWO = re.compile(r'^[^",]+,|^"(?:[^"\\]|\\.)*"\s*,')
_VERSION = re.compile(r'"([0-9]{1,9})"')


def request_key(request: Any) -> str:
    """The ``Idempotency-Key``: a verb's request key. The quotes of the IETF draft may be left out.

    :raises RequestKeyMissing: if there is none.
    :raises BadRequestKey: if it is too long, not printable ASCII, or two.
    """
    given = str(request.headers.get(KEY, "")).strip()
    if _TWO.match(given):
        raise BadRequestKey()
    if len(given) > 1 and given[0] == given[-1] == '"':
        given = given[1:-1]
    if not given.strip():
        raise RequestKeyMissing()
    if not _KEY.fullmatch(given):
        raise BadRequestKey()
    return given


def version(request: Any) -> int | None:
    """The ``If-Match``: the version of the complaint that the caller saw. ``None``: any will do.

    :raises BadVersion: if it is not one version as an answer gave it.
    """
    given = str(request.headers.get(VERSION, "*")).strip()
    if given == "*":
        return None
    found = _VERSION.fullmatch(given)
    if found is None:
        raise BadVersion()
    return int(found[1])


def entity_tag(number: int) -> str:
    """The version as ``ETag`` says it and ``If-Match`` gives it back."""
    return f'"{number}"'
