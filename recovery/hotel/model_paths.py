"""What a host declares: names of models and dotted paths, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from .facts import Property, StayStatus
from .protocol import Hotel

Path = str
Paths = str | tuple[str, ...]


class ModelPaths(Hotel):
    """The attributes of ``ModelHotel``. A path is dotted; each hop is an attribute, a property, a
    method without arguments, a relation or a key of a mapping. An empty path has no value.
    """

    # --- the stay; paths start at the stay ---------------------------------------------------
    stay_model: ClassVar[str] = ""
    #: Manager that hides nothing: cancelled and soft-deleted stays must be found, too.
    stay_manager: ClassVar[str] = "_base_manager"
    stay_ref: ClassVar[Path] = "pk"
    stay_property: ClassVar[Path] = ""
    arrival: ClassVar[Path] = ""
    departure: ClassVar[Path] = ""
    nights: ClassVar[Path] = ""
    room: ClassVar[Path] = ""
    room_type: ClassVar[Path] = ""
    nightly_rate: ClassVar[Path] = ""
    #: Price of the whole stay, where the host has no price of a night.
    total_price: ClassVar[Path] = ""
    currency: ClassVar[Path] = ""
    status: ClassVar[Path] = ""
    #: The host's status values → ours. Common English words are known without it.
    status_words: ClassVar[Mapping[Any, StayStatus]] = {}
    #: A flag, or a date that is set when the stay was cancelled or deleted.
    cancelled: ClassVar[Path] = ""
    cancelled_on: ClassVar[Path] = ""
    #: Last day on which the guest can cancel without cost.
    cancel_until: ClassVar[Path] = ""
    agency: ClassVar[Path] = ""
    agency_ref: ClassVar[Path] = ""
    source_note: ClassVar[Path] = ""

    # --- the guest; paths start at the guest, or at the stay when ``stay_guest`` is empty ------
    stay_guest: ClassVar[Path] = ""
    #: Found by itself when ``stay_guest`` is a plain relation.
    guest_model: ClassVar[str] = ""
    guest_manager: ClassVar[str] = "_base_manager"
    #: Empty: the guest's primary key, or the stay's when the guest has no row of their own.
    guest_ref: ClassVar[Path] = ""
    guest_name: ClassVar[Paths] = ""
    guest_first_name: ClassVar[Path] = ""
    guest_last_name: ClassVar[Path] = ""
    guest_email: ClassVar[Path] = ""
    guest_phone: ClassVar[Path] = ""
    guest_language: ClassVar[Path] = ""
    guest_tier: ClassVar[Path] = ""
    guest_is_minor: ClassVar[Path] = ""
    guest_is_vip: ClassVar[Path] = ""

    # --- the houses: a model, or a list, or a single one --------------------------------------
    property_model: ClassVar[str] = ""
    property_manager: ClassVar[str] = "_default_manager"
    property_code: ClassVar[Path] = "pk"
    property_name: ClassVar[Path] = ""
    property_time_zone: ClassVar[Path] = ""
    property_currency: ClassVar[Path] = ""
    property_phone: ClassVar[Path] = ""
    property_email: ClassVar[Path] = ""
    property_address: ClassVar[Paths] = ""
    property_country: ClassVar[Path] = ""
    property_latitude: ClassVar[Path] = ""
    property_longitude: ClassVar[Path] = ""
    property_list: ClassVar[Sequence[Property]] = ()
    single_property: ClassVar[Property | None] = None
    #: For houses whose row has none. Empty: the project's ``TIME_ZONE``.
    default_time_zone: ClassVar[str] = ""
    default_currency: ClassVar[str] = ""


def each(paths: Paths) -> tuple[str, ...]:
    """One path or several, as several; an empty one is none."""
    if isinstance(paths, str):
        return (paths,) if paths else ()
    return tuple(paths)


STAY_PATHS = (
    "stay_ref", "stay_property", "arrival", "departure", "nights", "room", "room_type", "nightly_rate",
    "total_price", "currency", "status", "cancelled", "cancelled_on", "cancel_until", "agency", "agency_ref",
    "source_note",
)  # fmt: skip
GUEST_PATHS = (
    "stay_guest", "guest_ref", "guest_name", "guest_first_name", "guest_last_name", "guest_email",
    "guest_phone", "guest_language", "guest_tier", "guest_is_minor", "guest_is_vip",
)  # fmt: skip
PROPERTY_PATHS = (
    "property_code", "property_name", "property_time_zone", "property_currency", "property_phone",
    "property_email", "property_address", "property_country", "property_latitude", "property_longitude",
)  # fmt: skip
