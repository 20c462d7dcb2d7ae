"""A hotel in memory: for tests, demonstrations and trying the app before the real adapter exists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any

from .facts import Guest, Property, RosterEntry, StaffAlert, Stay, StayMatch
from .matching import match_stay, rank, read_words
from .protocol import Capability, Hotel


@dataclass(frozen=True, kw_only=True, slots=True)
class BookedNights:
    """Free nights that were booked, as ``MemoryHotel`` remembers them."""

    certificate_ref: str
    stay_ref: str
    nights: int
    request_key: str
    confirmation: str


class MemoryHotel(Hotel):
    """Keeps stays, guests and houses in dictionaries and records what was booked.

    ``cannot`` names optional methods that this hotel shall lack; ``vetoed`` the refs of guests who
    must not be written to; ``access`` the houses of a user by user name (others see all). ``rosters``: who
    is on duty in each house; ``tells_staff``: whether it can reach colleagues, kept in ``alerts``.
    """

    def __init__(
        self,
        *,
        stays: Iterable[Stay] = (),
        properties: Iterable[Property] = (),
        guests: Iterable[Guest] = (),
        cannot: Iterable[str] = (),
        vetoed: Iterable[str] = (),
        access: Mapping[str, Iterable[str]] | None = None,
        rosters: Mapping[str, Iterable[RosterEntry]] | None = None,
        tells_staff: bool = False,
    ) -> None:
        self._lock = RLock()  # because races between verbs are tested against this hotel
        self._stays: dict[str, Stay] = {}
        self._guests: dict[str, Guest] = {}
        self._properties: dict[str, Property] = {}
        self._answers: dict[str, str] = {}
        self.booked: list[BookedNights] = []
        self.cancelled: list[BookedNights] = []
        self.alerts: list[StaffAlert] = []
        self.rosters = None if rosters is None else {code: list(rows) for code, rows in rosters.items()}
        self.tells_staff = tells_staff
        self.cannot = frozenset(Capability(name) for name in cannot)
        self.vetoed = set(vetoed)
        self.access = {name: frozenset(codes) for name, codes in (access or {}).items()}
        self.put(*properties, *guests, *stays)

    def put(self, *facts: Stay | Guest | Property) -> None:
        """Add facts, or replace those with the same reference."""
        with self._lock:
            for fact in facts:
                if isinstance(fact, Property):
                    self._properties[fact.code] = fact
                elif isinstance(fact, Guest):
                    self._guests[fact.ref] = fact
                else:
                    self._stays[fact.ref] = fact
                    if fact.guest and fact.guest.ref:
                        self._guests[fact.guest.ref] = fact.guest

    def remove_stay(self, ref: str) -> None:
        """Forget a stay, as hosts do with deleted rows. The guest stays known."""
        with self._lock:
            self._stays.pop(ref, None)

    def get_stay(self, ref: str) -> Stay | None:
        return self._stays.get(ref)

    def get_guest(self, ref: str) -> Guest | None:
        return self._guests.get(ref)

    def properties(self) -> Sequence[Property]:
        return list(self._properties.values())

    def properties_for(self, user: Any) -> frozenset[str] | None:
        return self.access.get(user.get_username())

    def may_write_to(self, guest: Guest) -> bool:
        return guest.ref not in self.vetoed

    def has(self, capability: str) -> bool:
        wanted = Capability(capability)
        if wanted is Capability.ROSTER:
            return self.rosters is not None
        if wanted is Capability.NOTIFY_STAFF:
            return self.tells_staff
        return wanted not in self.cannot and super().has(wanted)

    def notify_staff(self, alert: StaffAlert) -> None:
        with self._lock:
            if alert.key not in {told.key for told in self.alerts}:
                self.alerts.append(alert)

    def arrivals(self, property_code: str, on: dt.date) -> Sequence[Stay]:
        return [
            stay
            for stay in self._stays.values()
            if stay.property_code == property_code and stay.arrival_on == on and not stay.is_cancelled
        ]

    def roster(self, property_code: str, at: dt.datetime) -> Sequence[RosterEntry]:
        return list((self.rosters or {}).get(property_code, ()))

    def find_stays(self, words: str, around: dt.date | None = None) -> list[StayMatch]:
        if not self.has(Capability.FIND_STAYS):
            return super().find_stays(words, around)
        query = read_words(words)
        with self._lock:
            stays = list(self._stays.values())
        return rank(match for stay in stays if (match := match_stay(query, stay, around)))

    def book_certificate_nights(
        self, *, certificate_ref: str, stay: Stay, nights: int, request_key: str
    ) -> str:
        if not self.has(Capability.BOOK_CERTIFICATE_NIGHTS):
            return super().book_certificate_nights(
                certificate_ref=certificate_ref, stay=stay, nights=nights, request_key=request_key
            )
        return self._answer(self.booked, "BOOKED", certificate_ref, stay, nights, request_key)

    def cancel_certificate_nights(
        self, *, certificate_ref: str, stay: Stay, nights: int, request_key: str
    ) -> str:
        if not self.has(Capability.CANCEL_CERTIFICATE_NIGHTS):
            return super().cancel_certificate_nights(
                certificate_ref=certificate_ref, stay=stay, nights=nights, request_key=request_key
            )
        return self._answer(self.cancelled, "CANCELLED", certificate_ref, stay, nights, request_key)

    def _answer(
        self,
        kept: list[BookedNights],
        word: str,
        certificate_ref: str,
        stay: Stay,
        nights: int,
        request_key: str,
    ) -> str:
        with self._lock:
            if request_key not in self._answers:
                confirmation = f"{word}-{len(kept) + 1}"
                self._answers[request_key] = confirmation
                kept.append(
                    BookedNights(
                        certificate_ref=certificate_ref,
                        stay_ref=stay.ref,
                        nights=nights,
                        request_key=request_key,
                        confirmation=confirmation,
                    )
                )
            return self._answers[request_key]
