"""Look along a dotted path without a row: does it lead anywhere, and can the database follow it?"""

from __future__ import annotations

import datetime as dt
import inspect
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partialmethod
from typing import Any
from uuid import UUID

from django.db import models

from .problems import did_you_mean

type_of_model = type[models.Model]

# Only Django's own fields, by exact class: a host's subclass may hand out anything.
_PYTHON_TYPES: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.EmailField: str,
    models.SlugField: str,
    models.DateTimeField: dt.datetime,
    models.DateField: dt.date,
    models.TimeField: dt.time,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.BooleanField: bool,
    models.DecimalField: Decimal,
    models.FloatField: float,
    models.UUIDField: UUID,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """What is known about a path.

    ``what`` and ``fix`` are set when it is broken. ``lookup`` is the same way for the ORM, or
    empty where the database cannot go. ``joins`` suits ``select_related``, ``prefetch`` suits
    ``prefetch_related``. ``ends_at`` is the model when the path ends at related rows.
    """

    path: str
    what: str = ""
    fix: str = ""
    lookup: str = ""
    joins: str = ""
    prefetch: str = ""
    field: Any = None
    ends_at: type_of_model | None = None
    is_many: bool = False

    @property
    def is_broken(self) -> bool:
        return bool(self.what)


def inspect_path(model: type_of_model, path: object) -> Route:
    """The route of one path from one model. Never touches the database."""
    if not isinstance(path, str) or not path or not all(path.split(".")):
        return Route(path=str(path)[:80], what="is not a dotted path", fix='Write it as in "guest.email".')
    if "__" in path.strip("_"):
        dotted = path.replace("__", ".")
        return Route(path=path, what="uses double underscores", fix=f'Write dots: "{dotted}".')
    return _Scout(model, path).route()


class _Scout:
    """Walks hop by hop and keeps what it passed."""

    def __init__(self, model: type_of_model, path: str) -> None:
        self.path = path
        self.model: type_of_model | None = model
        self.lookups: list[str] = []
        self.accessors: list[str] = []
        self.joins: list[str] = []
        self.field: Any = None
        self.value_type: type | None = None
        self.is_many = False
        self.is_dynamic = False

    def route(self) -> Route:
        for hop in self.path.split("."):
            broken = self._hop(hop)
            if broken:
                return Route(path=self.path, what=broken[0], fix=broken[1])
        return Route(
            path=self.path,
            lookup="" if self.is_dynamic else "__".join(self.lookups),
            joins="__".join(self.joins),
            prefetch="__".join(self.accessors) if self.is_many else "",
            field=None if self.is_dynamic or self.model else self.field,
            ends_at=None if self.is_dynamic else self.model,
            is_many=self.is_many,
        )

    def _hop(self, hop: str) -> tuple[str, str] | None:
        if self.is_dynamic:
            return None  # because nobody knows before run time what a method returns
        if self.model is None:
            return self._into_value(hop)
        found = fields_by_attribute(self.model).get(hop)
        if found is None:
            return self._attribute(self.model, hop)
        self.field, lookup = found
        self.lookups.append(lookup)
        if not self.field.is_relation or hop != self._accessor():
            self.model, self.value_type = None, _PYTHON_TYPES.get(type(self.field))
        elif self.field.related_model is None:
            self._go_dark()  # a generic foreign key: the model is known only per row
        else:
            self._into_relation(hop, lookup)
        return None

    def _accessor(self) -> str:
        is_reverse = self.field.auto_created and not self.field.concrete
        return str(self.field.get_accessor_name() if is_reverse else self.field.name)

    def _into_relation(self, hop: str, lookup: str) -> None:
        self.model = self.field.related_model
        self.accessors.append(hop)
        if self.field.many_to_many or self.field.one_to_many:
            self.is_many = True
        elif not self.is_many:
            self.joins.append(lookup)

    def _into_value(self, hop: str) -> tuple[str, str] | None:
        known = self.value_type
        self._go_dark()
        if known is None or hasattr(known, hop):
            return None
        at = self.field.name
        names = [name for name in dir(known) if not name.startswith("_")]
        return f"stops at “{hop}”: {at} holds a {known.__name__}", did_you_mean(hop, names)

    def _attribute(self, model: type_of_model, hop: str) -> tuple[str, str] | None:
        found = inspect.getattr_static(model, hop, None)
        if found is None:
            if hasattr(model, "__getattr__"):
                self._go_dark()
                return None
            name = model._meta.label
            return f"stops at “{hop}”: {name} has no such field", did_you_mean(hop, _names(model))
        if getattr(found, "alters_data", False):
            return f"calls “{hop}”, which changes data", "Name a field or a property."
        if inspect.isfunction(found) and _wants_arguments(found):
            return f"calls “{hop}”, which needs arguments", "Name a method that needs only self."
        self._go_dark()
        return None

    def _go_dark(self) -> None:
        self.is_dynamic, self.model, self.value_type = True, None, None


def fields_by_attribute(model: type_of_model) -> dict[str, tuple[Any, str]]:
    """Attribute name on an instance → (field, name in a query)."""
    found: dict[str, tuple[Any, str]] = {}
    for field in model._meta.get_fields():
        is_reverse = field.auto_created and not field.concrete
        name = field.get_accessor_name() if is_reverse else field.name  # type: ignore[union-attr]
        found[str(name)] = (field, field.name)
        attname = getattr(field, "attname", None)
        if attname and attname not in found:
            found[attname] = (field, attname)
    found["pk"] = (model._meta.pk, "pk")
    return found


def _names(model: type_of_model) -> list[str]:
    """What a path may name on this model, for a suggestion."""
    names = list(fields_by_attribute(model))
    for name in dir(model):
        if not name.startswith("_") and not hasattr(models.Model, name):
            found = inspect.getattr_static(model, name, None)
            if isinstance(found, (property, cached_property, partialmethod)) or (
                inspect.isfunction(found)
                and not _wants_arguments(found)
                and not getattr(found, "alters_data", False)
            ):
                names.append(name)
    return names


def _wants_arguments(function: Any) -> bool:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return any(p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters)
