"""What is asked of one house, which the address names with ``?property=``."""

from __future__ import annotations

from rest_framework.exceptions import ErrorDetail, ValidationError

from ..filters import KnownFilters
from ..view import Address


class OfHouse(Address):
    """Each has its own ``filterset_class``, and as ``queryset`` no rows of that one's model."""

    filter_backends = (KnownFilters,)
    #: A house has few of these, so there are no pages.
    pagination_class = None  # type: ignore[assignment]  # because DRF takes None, and its base here is typed

    def asked_house(self) -> str:
        """The code that the address names; empty if it names none.

        :raises ValidationError: if there is a parameter that does not exist.
        :raises PropertyUnknown: if there is no such house, or none for this caller.
        """
        self.filter_queryset(self.get_queryset())  # a parameter that does not exist is refused
        code = str(self.request.query_params.get("property", ""))
        if code:
            self.sight.check_house(code)
        return code

    def house(self) -> str:
        """:raises ValidationError: if the address names none."""
        code = self.asked_house()
        if not code:
            words = ErrorDetail("Which house? Add ?property=CODE.", code="required")
            raise ValidationError({"property": [words]})
        return code
