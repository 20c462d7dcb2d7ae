"""Pages that stay where they are while rows are added: by cursor, along the primary key."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import Cursor, CursorPagination

_MOST_DIGITS = 18


class ByKey(CursorPagination):
    """Newest first, or oldest first where a view says so. ``page_size``: 1 to 100."""

    page_size = 50
    max_page_size = 100
    cursor_query_param = "cursor"
    page_size_query_param = "page_size"

    def get_ordering(self, request: Any, queryset: Any, view: Any) -> tuple[str, ...]:
        return (view.order,)

    def get_page_size(self, request: Any) -> int:
        given = request.query_params.get(self.page_size_query_param, str(self.page_size))
        if given.isascii() and given.isdigit() and len(given) < 4 and 1 <= int(given) <= self.max_page_size:
            return int(given)
        raise ValidationError({self.page_size_query_param: [_("A whole number from 1 to 100, please.")]})

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """With the limits that ``get_page_size`` has."""
        found: list[dict[str, Any]] = super().get_schema_operation_parameters(view)
        for each in found:
            if each["name"] == self.page_size_query_param:
                each["schema"] |= {"minimum": 1, "maximum": self.max_page_size}
        return found

    def decode_cursor(self, request: Any) -> Cursor | None:
        """:raises ValidationError: if the cursor is not one of ours: a foreign one would reach the query."""
        try:
            cursor: Cursor | None = super().decode_cursor(request)
        except Exception as error:
            raise self._bad_cursor() from error
        if cursor is None:
            return None
        # A key is unique, so ours always name one and never count rows; one that lost its key on the way
        # would begin again at the first page, for ever.
        at = cursor.position or ""
        if cursor.offset or not (at.isascii() and at.isdigit() and len(at) <= _MOST_DIGITS):
            raise self._bad_cursor()
        return cursor

    def _bad_cursor(self) -> ValidationError:
        return ValidationError({self.cursor_query_param: [_("This is not a cursor of this list.")]})
