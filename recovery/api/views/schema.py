"""The OpenAPI document, for whoever is signed in. Only where drf-spectacular is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from ..openapi import document
from ..view import Address


class Schema(Address):
    """The OpenAPI document of these addresses."""

    permission_classes = (IsAuthenticated,)
    schema = None
    patterns: Sequence[Any] = ()

    def get(self, request: Any) -> Response:
        found = document(self.patterns)
        here = request.build_absolute_uri("..")
        return Response({**found, "servers": [{"url": here.rstrip("/")}]})
