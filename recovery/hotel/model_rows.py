"""Read stays, guests and houses from a host's Django models, as the class attributes say."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from .. import conf, errors
from .cleaning import CODE_LIMIT, REF_LIMIT, clean_currency, is_clean_ref
from .facts import Guest, Property, Stay, StayStatus, is_zone
from .model_paths import GUEST_PATHS, STAY_PATHS, ModelPaths, Path, each
from .normalise import to_bool, to_coordinate, to_date, to_decimal, to_nights, to_text
from .path_check import Route, inspect_path, type_of_model
from .paths import first, walk
from .status_words import STATUS_WORDS

logger = logging.getLogger(__name__)

#: A guest whose columns are on the stay has no key of their own: the stay's key stands in.
GUEST_OF_STAY = "stay:"


class ModelRows(ModelPaths):
    """The reading half of ``ModelHotel``."""

    # --- what verbs ask ----------------------------------------------------------------------

    def get_stay(self, ref: str) -> Stay | None:
        row = self._row(self.stay_rows(), self.stay_ref, ref)
        return None if row is None else self.stay_from(row)

    def get_guest(self, ref: str) -> Guest | None:
        if self.guest_class is None:
            return self._guest_on_stay(ref)
        rows = getattr(self.guest_class, self.guest_manager).all()
        row = self._row(rows, self.guest_ref or "pk", ref)
        return None if row is None else self.guest_from(row)

    def properties(self) -> Sequence[Property]:
        if not self.property_model:
            return [self.single_property] if self.single_property else list(self.property_list)
        rows = self._property_rows()
        found = []
        for row in rows if rows.ordered else rows.order_by("pk"):
            if is_clean_ref(to_text(first(row, self.property_code)), limit=CODE_LIMIT):
                found.append(self.property_from(row))
            else:  # because one house without a code must not close all the others
                logger.warning("A row of %s has no usable %s.", self.property_model, self.property_code)
        return found

    def get_property(self, code: str) -> Property | None:
        rows = self._property_rows() if self.property_model else None
        if rows is None or not inspect_path(rows.model, self.property_code).lookup:
            return super().get_property(code)
        row = self._row(rows, self.property_code, code)
        return None if row is None else self.property_from(row)

    # --- one row; a host overrides these where a path is not enough ---------------------------

    def stay_from(self, row: Any, houses: Houses | None = None) -> Stay:
        """The facts of one stay. ``row`` is the host's; it is only read."""
        houses = houses or Houses(self)
        code = self.property_code_of(row)
        arrival, departure = self.dates_of(row, houses)
        rate = to_decimal(first(row, self.nightly_rate))
        if rate is None and arrival and departure and departure > arrival:
            total = to_decimal(first(row, self.total_price))
            rate = None if total is None else (total / (departure - arrival).days).quantize(Decimal("0.01"))
        return Stay(
            ref=to_text(first(row, self.stay_ref)),
            property_code=code,
            guest=self.guest_of(row),
            arrival_on=arrival,
            departure_on=departure,
            room=joined(row, self.room),
            room_type=joined(row, self.room_type),
            nightly_rate=rate,
            currency=clean_currency(to_text(first(row, self.currency))) or houses.currency(code),
            status=self.status_of(row),
            agency=to_text(first(row, self.agency)),
            agency_ref=to_text(first(row, self.agency_ref)),
            cancelled_on=to_date(first(row, self.cancelled_on), lambda: houses.zone(code)),
            cancel_until=to_date(first(row, self.cancel_until), lambda: houses.zone(code)),
            source_note=to_text(first(row, self.source_note)),
        )

    def guest_of(self, row: Any) -> Guest | None:
        """The guest of one stay; the one with the lowest key where a stay has several."""
        if self.stay_guest:
            guest = first(row, self.stay_guest)
            return None if guest is None else self.guest_from(guest)
        guest_on_stay = self.guest_from(row)
        return guest_on_stay if guest_on_stay.name or guest_on_stay.email or guest_on_stay.phone else None

    def guest_from(self, row: Any) -> Guest:
        """The facts of one guest. ``row`` is the guest, or the stay that has the guest's columns."""
        first_name = to_text(first(row, self.guest_first_name))
        last_name = to_text(first(row, self.guest_last_name))
        names = [to_text(first(row, path)) for path in each(self.guest_name)]
        return Guest(
            ref=self._guest_ref_of(row),
            name=" ".join(names) if any(names) else f"{first_name} {last_name}",
            first_name=first_name,
            last_name=last_name,
            email=to_text(first(row, self.guest_email)),
            phone=to_text(first(row, self.guest_phone)),
            language=to_text(first(row, self.guest_language)),
            tier=to_text(first(row, self.guest_tier)),
            is_minor=to_bool(first(row, self.guest_is_minor)),
            is_vip=to_bool(first(row, self.guest_is_vip)),
        )

    def property_from(self, row: Any) -> Property:
        """The facts of one house."""
        zone = to_text(first(row, self.property_time_zone)).strip()
        return Property(
            code=to_text(first(row, self.property_code)),
            name=to_text(first(row, self.property_name)),
            time_zone=zone if is_zone(zone) else self.fallback_zone,
            currency=clean_currency(to_text(first(row, self.property_currency))) or self.default_currency,
            phone=to_text(first(row, self.property_phone)),
            email=to_text(first(row, self.property_email)),
            address=tuple(
                line
                for path in each(self.property_address)
                for text in walk(row, path)
                for line in to_text(text).splitlines()
            ),
            country=to_text(first(row, self.property_country)),
            latitude=to_coordinate(first(row, self.property_latitude), limit=90),
            longitude=to_coordinate(first(row, self.property_longitude), limit=180),
        )

    def property_code_of(self, row: Any) -> str:
        """The code of the house in which the stay is; empty where the row does not say."""
        code = to_text(first(row, self.stay_property))
        return code if code or self.single_property is None else self.single_property.code

    def dates_of(self, row: Any, houses: Houses) -> tuple[dt.date | None, dt.date | None]:
        """Arrival and departure as calendar days at the house."""

        def zone() -> dt.tzinfo:
            return houses.zone(self.property_code_of(row))

        arrival = to_date(first(row, self.arrival), zone)
        departure = to_date(first(row, self.departure), zone)
        nights = None if departure or not arrival else to_nights(first(row, self.nights))
        if arrival and nights is not None and arrival < dt.date(9000, 1, 1):
            departure = arrival + dt.timedelta(days=nights)
        return arrival, departure

    def status_of(self, row: Any) -> StayStatus:
        """How far the stay has come."""
        flag = self.cancelled or self.cancelled_on
        if flag and to_bool(first(row, flag)):
            return StayStatus.CANCELLED
        value = first(row, self.status)
        if value is None:
            return StayStatus.UNKNOWN
        return self.status_from(value)

    def status_from(self, value: Any) -> StayStatus:
        """Our word for one of the host's status values."""
        text = to_text(value)
        for known, status in self.status_words.items():
            if known == value or str(known).casefold() == text.casefold():
                return status
        word = text.casefold().replace(" ", "_").replace("-", "_")
        return STATUS_WORDS.get(word, StayStatus.UNKNOWN)

    # --- models, rows, routes ----------------------------------------------------------------

    @cached_property
    def stay_class(self) -> type_of_model:
        return model_named(self.stay_model, "stay_model")

    @cached_property
    def guest_class(self) -> type_of_model | None:
        """The guest's model; ``None`` when the guest's columns are on the stay."""
        if not self.stay_guest:
            return None
        if self.guest_model:
            return model_named(self.guest_model, "guest_model")
        found = inspect_path(self.stay_class, self.stay_guest).ends_at
        if found is None:
            raise errors.BadHotel(problem=f"{type(self).__name__}.guest_model is empty: name the model.")
        return found

    @cached_property
    def fallback_zone(self) -> str:
        zone = self.default_time_zone or conf.host_time_zone()
        return zone if is_zone(zone) else "UTC"

    def stay_rows(self) -> models.QuerySet[Any]:
        """Every stay, cancelled and hidden ones too, with its to-one relations joined."""
        rows: models.QuerySet[Any] = getattr(self.stay_class, self.stay_manager).all()
        return rows.select_related(*self.joins) if self.joins else rows

    @cached_property
    def stay_routes(self) -> dict[str, list[Route]]:
        """Attribute → the routes of its paths, all from the stay's model; broken ones left out."""
        routes: dict[str, list[Route]] = {}
        for attribute in (*STAY_PATHS, *GUEST_PATHS):
            inside_guest = attribute in GUEST_PATHS and attribute != "stay_guest" and self.stay_guest
            prefix = f"{self.stay_guest}." if inside_guest else ""
            found = [inspect_path(self.stay_class, prefix + path) for path in each(getattr(self, attribute))]
            routes[attribute] = [route for route in found if not route.is_broken]
        return routes

    @cached_property
    def joins(self) -> tuple[str, ...]:
        return tuple(sorted({r.joins for routes in self.stay_routes.values() for r in routes if r.joins}))

    def _property_rows(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = getattr(
            model_named(self.property_model, "property_model"), self.property_manager
        ).all()
        return rows

    def _guest_ref_of(self, row: Any) -> str:
        if self.guest_ref or self.stay_guest:
            return to_text(first(row, self.guest_ref or "pk"))
        ref = GUEST_OF_STAY + to_text(first(row, self.stay_ref))
        return ref if len(ref) <= REF_LIMIT else ""

    def _guest_on_stay(self, ref: str) -> Guest | None:
        if not self.guest_ref:
            stay_ref = ref.removeprefix(GUEST_OF_STAY)
            row = None if stay_ref == ref else self._row(self.stay_rows(), self.stay_ref, stay_ref)
        else:
            row = self._row(self.stay_rows().order_by("-pk"), self.guest_ref, ref)
        return None if row is None else self.guest_of(row)

    def _row(self, rows: models.QuerySet[Any], path: str, ref: str) -> Any | None:
        """The row whose reference is exactly this text."""
        if not is_clean_ref(ref):
            return None
        route = inspect_path(rows.model, path)
        if not route.lookup:
            raise errors.BadHotel(problem=f"“{path}” is no column, so nothing can be looked up by it.")
        try:
            found = list(rows.filter(**{route.lookup: ref})[:10])
        except (ValueError, TypeError, ValidationError, OverflowError):
            return None  # because "abc" is no key of a table with numbers
        # Again in Python: "007" and "7", and on some databases "ab" and "AB", are the same to a query.
        return next((row for row in found if _is_ref(first(row, path), ref)), None)


class Houses:
    """The houses that one call of the adapter met, each read once; ``whole``: all in one question."""

    def __init__(self, rows: ModelRows, *, whole: bool = False) -> None:
        self._rows = rows
        self._has_all = whole
        self._is_due = whole
        self._known: dict[str, Property | None] = {"": None}

    def get(self, code: str) -> Property | None:
        if self._is_due:
            self._known.update((house.code, house) for house in self._rows.properties())
            self._is_due = False
        if code not in self._known:
            self._known[code] = None if self._has_all else self._rows.get_property(code)
        return self._known[code]

    def zone(self, code: str) -> dt.tzinfo:
        house = self.get(code)
        return house.zone if house else ZoneInfo(self._rows.fallback_zone)

    def currency(self, code: str) -> str:
        house = self.get(code)
        return (house.currency if house else "") or self._rows.default_currency


def joined(row: Any, path: Path) -> str:
    """The texts at the end of a path, each once: a stay may have several rooms."""
    texts = [to_text(value).strip() for value in walk(row, path)] if path else []
    return ", ".join(dict.fromkeys(text for text in texts if text))


def model_named(label: str, attribute: str) -> type_of_model:
    """The model with the label ``app.Model``.

    :raises BadHotel: if there is none.
    """
    try:
        return apps.get_model(label)
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise errors.BadHotel(problem=f"{attribute} = “{label}”: {error}") from error


def _is_ref(value: object, ref: str) -> bool:
    if isinstance(value, UUID):
        return value.hex == ref.replace("-", "").lower()
    return to_text(value) == ref
