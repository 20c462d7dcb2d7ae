"""Who may see which rows: the property scope that every queryset shares."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from ..hotel import get_hotel


def properties_of(user: Any) -> frozenset[str] | None:
    """Property codes that this user works for; ``None`` means every property."""
    if user is None or not getattr(user, "is_active", False):
        return frozenset()
    found = get_hotel().properties_for(user)
    return None if found is None else frozenset(found)


class VisibleQuerySet(models.QuerySet[Any]):
    """Rows of a property, through ``property_path``."""

    property_path = "complaint__property_code"
    #: From a row to the employees whom the guest named; empty where no complaint stands behind it.
    named_path = "complaint__named_staff"

    def visible_to(self, user: Any) -> Self:
        """Rows of the properties that this user works for, without complaints about this very person."""
        codes = properties_of(user)
        rows = self.all() if codes is None else self.filter(**{f"{self.property_path}__in": sorted(codes)})
        if not self.named_path or getattr(user, "pk", None) is None:
            return rows
        return rows.exclude(**{f"{self.named_path}__user": user.pk})


class AppendOnly(Exception):
    """A row of an append-only table was about to be changed. A bug, never a refusal."""


class AppendOnlyQuerySet(VisibleQuerySet):
    """Refuses updates and deletes, so that history stays history."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly(self.model.__name__)


class AppendOnlyModel(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # force_insert: a changed copy of an old row must fail instead of overwriting it.
        kwargs["force_insert"] = True
        if not self._state.adding:
            raise AppendOnly(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly(type(self).__name__)
