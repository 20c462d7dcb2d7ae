"""Read a few rows, and only read them: columns by one query, nothing else of a host's row is touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from django.core.exceptions import FieldError
from django.db import Error as DatabaseError

from .. import path_check, paths
from ..path_check import type_of_model

#: Rows that are looked at for one question.
MOST_ROWS = 25
#: Rows among which the different values of a status are looked for.
MOST_FOR_WORDS = 500


class Sampler(Protocol):
    """Where samples come from."""

    def values(self, model: type_of_model, path: str) -> Sequence[object] | None:
        """Values at the end of the path, newest rows first; ``None`` if there is no row to look at."""

    def words(self, model: type_of_model, path: str) -> Sequence[object]:
        """The different values of a column, as far as they are soon found."""

    def count(self, model: type_of_model) -> int | None:
        """How many rows there are, at most ``MOST_ROWS``; ``None`` if that cannot be told."""


class NoSamples:
    """For proposals from models alone."""

    def values(self, model: type_of_model, path: str) -> Sequence[object] | None:
        return None

    def words(self, model: type_of_model, path: str) -> Sequence[object]:
        return ()

    def count(self, model: type_of_model) -> int | None:
        return None


class RowSamples:
    """Reads from the host's database. Each answer is kept, so that a path costs one query."""

    def __init__(self) -> None:
        self._values: dict[tuple[type_of_model, str], Sequence[object] | None] = {}
        self._counts: dict[type_of_model, int | None] = {}
        self._rows: dict[type_of_model, Sequence[Any]] = {}
        #: Tables that could not be read, and why: told to the developer.
        self.unreadable: dict[str, str] = {}

    def values(self, model: type_of_model, path: str) -> Sequence[object] | None:
        key = (model, path)
        if key not in self._values:
            self._values[key] = self._read(model, path) if self.count(model) else None
        return self._values[key]

    def words(self, model: type_of_model, path: str) -> Sequence[object]:
        found = self._column(model, path, MOST_FOR_WORDS) if self.count(model) else None
        return list(dict.fromkeys(value for value in found or () if _is_plain(value)))

    def count(self, model: type_of_model) -> int | None:
        if model not in self._counts:
            try:
                self._counts[model] = len(model._base_manager.values_list("pk")[:MOST_ROWS])
            except (DatabaseError, ValueError) as error:
                self._counts[model] = None
                self.unreadable[model._meta.label] = f"{type(error).__name__}: {error}".splitlines()[0]
        return self._counts[model]

    def _read(self, model: type_of_model, path: str) -> Sequence[object]:
        found = self._column(model, path, MOST_ROWS)
        return found if found is not None else list(self._computed(model, path))

    def _column(self, model: type_of_model, path: str, limit: int) -> Sequence[object] | None:
        """By one query without making a row; ``None`` if the database cannot go there."""
        route = path_check.inspect_path(model, path)
        if not route.lookup:
            return None
        rows = model._base_manager.order_by("-pk").values_list(route.lookup, flat=True)
        try:
            return list(rows[:limit])
        except (DatabaseError, FieldError, TypeError, ValueError, ArithmeticError):
            return None  # because a column of a strange kind can still be read row by row

    def _computed(self, model: type_of_model, path: str) -> Iterable[object]:
        if model not in self._rows:
            try:
                self._rows[model] = list(model._base_manager.order_by("-pk")[:MOST_ROWS])
            except (DatabaseError, TypeError, ValueError, ArithmeticError):
                self._rows[model] = ()
        for row in self._rows[model]:
            try:
                yield paths.first(row, path)
            except Exception as error:  # because a host's property may raise anything; it is told as such
                yield Broken(error)


class Broken:
    """In the place of a value: the property raised an error."""

    def __init__(self, error: Exception) -> None:
        self.error = f"{type(error).__name__}"


def _is_plain(value: object) -> bool:
    return isinstance(value, (str, int, bool)) and value != ""
