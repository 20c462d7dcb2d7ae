"""From a host's row back to the reference under which we know it, for the host's own pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects

from .cleaning import is_clean_ref
from .model_rows import GUEST_OF_STAY, ModelRows
from .normalise import to_text
from .path_check import inspect_path, type_of_model
from .paths import first


def ref_of_stay(hotel: ModelRows, row: Any) -> str | None:
    """The reference of a stay's row; ``None`` for a row of another model, or one that is not saved."""
    if not is_row_of(row, hotel.stay_class):
        return None
    return _usable(to_text(first(row, hotel.stay_ref)))


def ref_of_guest(hotel: ModelRows, row: Any) -> str | None:
    """The reference of a guest's row, or of the guest whose columns are on a stay's row."""
    if not is_row_of(row, hotel.guest_class or hotel.stay_class):
        return None
    if hotel.guest_class is None and not hotel.guest_ref:
        ref = ref_of_stay(hotel, row)
        return _usable(GUEST_OF_STAY + ref) if ref else None
    return _usable(to_text(first(row, hotel.guest_ref or "pk")))


def read_ahead(rows: Sequence[Any], model: type_of_model, path: str) -> None:
    """Fetch the relations behind which a reference lies, once for all rows."""
    known = [row for row in rows if is_row_of(row, model)]
    if known and path and inspect_path(model, path).joins:
        prefetch_related_objects(known, path.rpartition(".")[0].replace(".", "__"))


def is_row_of(row: Any, model: type_of_model) -> bool:
    """Whether a row is stored in that model's table: proxies and children are, others are not."""
    return (
        isinstance(row, models.Model)
        and row.pk is not None
        and issubclass(type(row), model._meta.concrete_model or model)
    )


def _usable(ref: str) -> str | None:
    return ref if is_clean_ref(ref) else None
