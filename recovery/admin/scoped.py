"""What our admin classes share: rows of one's own houses only, and who may touch them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest

from ..actions.lookups import known_houses
from ..models.scope import properties_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin as _Mixed  # because that is what it is mixed into
else:
    _Mixed = object


class ScopedMixin(_Mixed):
    """Lists, pages, look-ups, counts and history show rows of this person's houses only."""

    class Media:
        css = {"all": ("recovery/admin.css",)}  # noqa: RUF012 because Django reads it so

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)


class ReadOnlyMixin(ScopedMixin):
    """Business rows: verbs write them, nobody types into them."""

    def has_add_permission(self, request: HttpRequest, *_args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ConfigMixin(ScopedMixin):
    """Configuration of a house. Never deleted: rows of other houses may point at it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return bool(allowed) and (obj is None or _is_own(request.user, obj))


def _is_own(user: Any, obj: Any) -> bool:
    """What counts for every house is changed by somebody who works for every house."""
    codes = properties_of(user)
    return codes is None or getattr(obj, "property_code", "") in codes


def house_choices(user: Any, *, every: Any = None) -> list[tuple[str, Any]]:
    """The houses that this person may name; with ``every``, the group too, for who works for all."""
    codes = properties_of(user)
    mine = [
        (house.code, f"{house.name} ({house.code})")
        for house in known_houses()
        if codes is None or house.code in codes
    ]
    return [("", every), *mine] if every is not None and codes is None else mine
