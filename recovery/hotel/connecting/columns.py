"""Look at models, never at rows: which values can be reached from a model, and what they are called."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from django.db import models
from django.utils.functional import cached_property as django_cached_property

from ..path_check import type_of_model
from .vocabulary import Concept
from .words import concepts_in, unknown_words

#: A host model has fewer; one with more is a table of everything, and we stop reading it.
MOST_COLUMNS = 150


class Kind(StrEnum):
    """What a column can hold, as far as a proposal cares."""

    TEXT = "text"
    EMAIL = "e-mail"
    DAY = "date"
    MOMENT = "date and time"
    TIME = "time"
    NUMBER = "number"
    FLAG = "yes or no"
    UUID = "uuid"
    COMPUTED = "computed"  # a property or a method: known only per row
    OTHER = "other"


# The first that fits: an EmailField is a CharField, a DateTimeField is a DateField.
_KINDS: tuple[tuple[type[models.Field[Any, Any]], Kind], ...] = (
    (models.EmailField, Kind.EMAIL),
    (models.FileField, Kind.OTHER),
    (models.URLField, Kind.OTHER),
    (models.FilePathField, Kind.OTHER),
    (models.CharField, Kind.TEXT),
    (models.TextField, Kind.TEXT),
    (models.DateTimeField, Kind.MOMENT),
    (models.DateField, Kind.DAY),
    (models.TimeField, Kind.TIME),
    (models.BooleanField, Kind.FLAG),
    (models.DecimalField, Kind.NUMBER),
    (models.FloatField, Kind.NUMBER),
    (models.IntegerField, Kind.NUMBER),
    (models.AutoField, Kind.NUMBER),
    (models.UUIDField, Kind.UUID),
)


@dataclass(frozen=True, kw_only=True)
class Relation:
    """One hop from a model to another."""

    hop: str
    model: type_of_model
    is_many: bool
    is_reverse: bool
    is_nullable: bool
    #: What the hop and the model behind it are called.
    concepts: frozenset[Concept]
    #: What the hop alone is called: "created_by" to a user is no guest.
    own: frozenset[Concept]


@dataclass(frozen=True, kw_only=True)
class Column:
    """A value that a path from some model leads to."""

    path: str
    kind: Kind
    model: type_of_model
    concepts: frozenset[Concept]
    #: What its label (``verbose_name``) speaks of, where somebody wrote one.
    label: frozenset[Concept] = frozenset()
    unknown: int = 0
    field: Any = None
    via: tuple[Relation, ...] = ()

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def is_many(self) -> bool:
        return any(relation.is_many for relation in self.via)

    @cached_property
    def last(self) -> frozenset[Concept]:
        """What the table is called in which it stands; nothing for the first one."""
        return self.via[-1].concepts if self.via else frozenset()

    @cached_property
    def around(self) -> frozenset[Concept]:
        """What all tables on the way are called."""
        return frozenset().union(*(relation.concepts for relation in self.via))

    def reached_by(self, *via: Relation) -> Column:
        """The same column, from a model that lies before it."""
        path = ".".join([*(relation.hop for relation in via), self.path])
        return Column(**{**vars_of(self), "path": path, "via": (*via, *self.via)})


def vars_of(column: Column) -> dict[str, Any]:
    """The fields of a column, to make a changed one."""
    names = ("path", "kind", "model", "concepts", "label", "unknown", "field", "via")
    return {name: getattr(column, name) for name in names}


@lru_cache(maxsize=512)
def columns_of(model: type_of_model) -> tuple[Column, ...]:
    """The columns of one model and what it computes, without following a relation."""
    found = [_column(model, field) for field in model._meta.get_fields() if _is_value(field)]
    return (*found[:MOST_COLUMNS], *_computed(model))


def _is_value(field: Any) -> bool:
    return bool(field.concrete) and not field.is_relation


def _column(model: type_of_model, field: Any) -> Column:
    kind = next((kind for of, kind in _KINDS if isinstance(field, of)), Kind.OTHER)
    # A field of django-money hands out an object; its amount is what we want.
    path = f"{field.name}.amount" if type(field).__name__ == "MoneyField" else field.name
    return Column(
        path=path,
        kind=kind,
        model=model,
        concepts=concepts_in(field.name),
        label=_label(field),
        unknown=unknown_words(field.name),
        field=field,
    )


def _label(field: Any) -> frozenset[Concept]:
    """What an own ``verbose_name`` says; Django makes one from the name otherwise."""
    try:
        label = str(field.verbose_name)
    except Exception:  # because a lazy label runs a host's code; without it the name still counts
        return frozenset()
    return frozenset() if label == field.name.replace("_", " ") else concepts_in(label)


#: What users of Django compute; no argument, no change.
_METHODS = ("get_full_name",)


def _computed(model: type_of_model) -> Iterator[Column]:
    """Properties of the host's own, and the few methods that are known to only read."""
    for name in sorted(dir(model)):
        if name.startswith("_") or hasattr(models.Model, name):
            continue
        found = inspect.getattr_static(model, name, None)
        code = _code_of(found) if name not in _METHODS else found
        if code is not None and not _changes_something(code):
            yield Column(
                path=name,
                kind=Kind.COMPUTED,
                model=model,
                concepts=concepts_in(name.removeprefix("get_")),
                unknown=unknown_words(name),
            )


def _code_of(found: object) -> Any:
    """The function behind a property."""
    if isinstance(found, property):
        return found.fget
    return (
        getattr(found, "func", None) if isinstance(found, (cached_property, django_cached_property)) else None
    )


_CHANGES = re.compile(
    r"\.(a?save|a?delete|a?create|bulk_\w+|update|\w+_or_create|send\w*|delay|apply_async)\("
)


def _changes_something(code: Any) -> bool:
    """Whether the text of a property says that reading it does more than reading."""
    try:
        return bool(_CHANGES.search(inspect.getsource(code)))
    except (OSError, TypeError):
        return False


@lru_cache(maxsize=512)
def relations_of(model: type_of_model) -> tuple[Relation, ...]:
    """Where one can go from a model."""
    return tuple(_relations(model))


def _relations(model: type_of_model) -> Iterator[Relation]:
    for field in model._meta.get_fields():
        field_: Any = field
        target: Any = field_.related_model if field_.is_relation else None
        is_generic = field_.one_to_many and not field_.auto_created
        if target is None or isinstance(target, str) or is_generic or target._meta.swapped:
            continue
        is_reverse = bool(field_.auto_created and not field_.concrete)
        link = field_ if is_reverse else field_.remote_field
        if not is_reverse and getattr(link, "parent_link", False):
            continue  # because the parent's columns are the child's, too
        if _is_machinery(target):
            continue
        hop = str(field_.get_accessor_name() if is_reverse else field_.name)
        own = concepts_in(hop.removesuffix("_set"))
        yield Relation(
            hop=hop,
            model=target,
            is_many=bool(field_.many_to_many or field_.one_to_many),
            is_reverse=is_reverse,
            is_nullable=is_reverse or bool(getattr(field_, "null", False)),
            concepts=own | concepts_in(target.__name__),
            own=own,
        )


_MACHINERY = frozenset({"admin", "contenttypes", "sessions", "sites", "flatpages", "redirects"})


def _is_machinery(model: type_of_model) -> bool:
    """Django's own tables; its user is the one that a hotel may mean."""
    app, name = model._meta.app_label, model.__name__
    return app in _MACHINERY or (app == "auth" and name != "User") or app.startswith("recovery")


def is_history(model: type_of_model) -> bool:
    """A table of old versions, as history packages make them."""
    names = {field.name for field in model._meta.concrete_fields}
    return {"history_id", "history_date"} <= names
