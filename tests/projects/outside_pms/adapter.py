from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from recovery.hotel import Guest, Hotel, Property, Stay, StayMatch, StayStatus
from recovery.hotel.matching import match_stay, rank, read_words

from .pms import PMS

#: Seconds: somebody stands at the desk and waits.
PATIENCE = 0.5


class RemoteHotel(Hotel):
    """Asks the other system each time. What ``urlopen`` raises when nobody answers is an OSError."""

    def get_stay(self, ref: str) -> Stay | None:
        found = _ask(f"/stays/{quote(ref, safe='')}") if ref else None
        return _stay(found) if found else None

    def get_guest(self, ref: str) -> Guest | None:
        found = _ask(f"/guests/{quote(ref, safe='')}") if ref else None
        return Guest(**found) if found else None

    def properties(self) -> list[Property]:
        return [Property(**house) for house in _ask("/houses") or []]

    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        query = read_words(words)
        stays = map(_stay, _ask("/stays") or [])
        return rank(match for stay in stays if (match := match_stay(query, stay, around)))

    def book_certificate_nights(
        self, *, certificate_ref: str, stay: Stay, nights: int, request_key: str
    ) -> str:
        given = {"stay": stay.ref, "nights": nights, "key": request_key}
        return str(_ask("/free-nights", given)["confirmation"])


def _stay(found: dict[str, Any]) -> Stay:
    days = {name: dt.date.fromisoformat(found[name]) for name in ("arrival_on", "departure_on")}
    rate = Decimal(found["nightly_rate"])
    guest, status = Guest(**found["guest"]), StayStatus(found["status"])
    return Stay(**{**found, **days, "nightly_rate": rate, "guest": guest, "status": status})


def _ask(path: str, given: dict[str, Any] | None = None) -> Any:
    body = None if given is None else json.dumps(given).encode()
    request = Request(PMS.address + path, data=body)  # noqa: S310 because the address is ours
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 because the address is ours
            return json.load(answer)
    except HTTPError as error:
        if error.code == 404:
            return None
        raise
