"""The port to the host project: adapters and the plain facts that they hand out."""

from __future__ import annotations

from .facts import Guest, MatchReason, Property, RosterEntry, StaffAlert, Stay, StayMatch, StayStatus
from .loading import get_hotel
from .matching import seen_from
from .memory import BookedNights, MemoryHotel
from .model_hotel import ModelHotel
from .protocol import Capability, Hotel

__all__ = [
    "BookedNights",
    "Capability",
    "Guest",
    "Hotel",
    "MatchReason",
    "MemoryHotel",
    "ModelHotel",
    "Property",
    "RosterEntry",
    "StaffAlert",
    "Stay",
    "StayMatch",
    "StayStatus",
    "get_hotel",
    "seen_from",
]
