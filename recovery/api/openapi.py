"""What the addresses look like to a machine, for drf-spectacular. Imported only where that is installed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django_filters import UUIDFilter
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import patched_settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from . import answers, filters, headers
from .inputs import Input
from .wire import JSON, PROBLEM

#: The version of the addresses, not of the package: it changes when one of them does.
VERSION = "1"

_SETTINGS = {
    "TITLE": "Guest recovery",
    "DESCRIPTION": "Complaints, written apologies and free-night certificates.",
    "VERSION": VERSION,
    # Without the one that gives names to lists of words: two fields called "kind" are not one list.
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enum_id_removal"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "PREPROCESSING_HOOKS": [],
    "SCHEMA_PATH_PREFIX": "",
    "COMPONENT_SPLIT_REQUEST": False,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}

_REFUSALS = ("4XX", "503")
_PATHS = {
    "reference": {"type": "string", "pattern": "^R-[0-9A-Z]{4}-[0-9A-Z]{4}$"},
    "certificate": {"type": "string", "format": "uuid"},
    "kind": {"type": "string", "pattern": "^[a-z][a-z_]{0,23}$"},
    "language": {"type": "string", "pattern": "^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})?$"},
    "playbook": {"type": "string", "pattern": "^[A-Z][A-Z0-9]{0,11}$"},
}
_A_KEY = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}


def document(patterns: Sequence[Any]) -> dict[str, Any]:
    """The OpenAPI document of these addresses, relative to where the host has put them."""
    with patched_settings(_SETTINGS):
        found: dict[str, Any] = SchemaGenerator(patterns=list(patterns)).get_schema(request=None, public=True)
    return found


class Inspector(AutoSchema):
    """Reads what a view shows and takes, so that nothing is said twice."""

    def get_operation_id(self) -> str:
        """The verb's own name, or what is read."""
        name = type(self.view).__name__
        if self.method == "POST":
            verb = getattr(self.view, "verb", None)
            return str(verb.__name__) if verb else _snake(name)
        return f"{'list' if hasattr(self.view, 'row_shape') else 'show'}_{_snake(name)}"

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        # With our name in front, because a host may describe its own addresses in the same document.
        return f"Recovery{super().get_serializer_name(serializer, direction)}"

    def _map_serializer(self, serializer: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        found = super()._map_serializer(serializer, direction, bypass_extensions)
        if isinstance(serializer, Input):
            found["additionalProperties"] = False
        return found

    def get_tags(self) -> list[str]:
        return [self._tokenize_path()[0]]

    def get_summary(self) -> str:
        return str(self.view.__doc__ or "").strip().partition("\n")[0]

    def get_description(self) -> str:
        return str(self.view.__doc__ or "").strip().partition("\n")[2].strip()

    def get_request_serializer(self) -> Any:
        return self.view.takes if self.method == "POST" else None

    def get_response_serializers(self) -> Any:
        refusals = {(status, PROBLEM): answers.Problem for status in _REFUSALS}
        return {**self._success(), **refusals}

    def get_filter_backends(self) -> list[Any]:
        return []  # because our filters say more about themselves than can be guessed

    def get_override_parameters(self) -> list[Any]:
        if self.method == "POST":
            return self._headers()
        known = getattr(self.view, "filterset_class", None)
        return [_query(name, each) for name, each in known.base_filters.items()] if known else []

    def _success(self) -> dict[tuple[str, str], Any]:
        if self.method == "POST":
            return {(str(self.view.status), JSON): self.view.shows}
        row_shape = getattr(self.view, "row_shape", None)
        shape = row_shape()(many=True) if row_shape else self.view.shows
        return {("200", JSON): shape}

    def _headers(self) -> list[OpenApiParameter]:
        if not hasattr(self.view, "takes_version"):
            return []  # because it changes nothing
        key = OpenApiParameter(
            headers.KEY,
            # Narrower than what is taken, which quotes and inner spaces would make hard to say.
            {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!#-+\\--~]+$"},
            OpenApiParameter.HEADER,
            required=True,
            description="A new one for each thing that is wanted; the same again returns the first answer.",
        )
        version = OpenApiParameter(
            headers.VERSION,
            {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
            OpenApiParameter.HEADER,
            description="The version of the complaint that the caller saw, as its ETag said it.",
        )
        return [key, version] if self.view.takes_version else [key]

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        return [
            {"in": "path", "name": name, "required": True, "schema": _PATHS.get(name, _A_KEY)}
            for name in variables
        ]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def _query(name: str, each: Any) -> OpenApiParameter:
    """A filter as a query parameter."""
    if isinstance(each, filters.WordFilter | filters.YesNoFilter):
        words = [value for value, _label in each.extra["choices"]]
        return OpenApiParameter(name, OpenApiTypes.STR, enum=[str(word) for word in words])
    kinds = (
        (filters.KeyFilter, OpenApiTypes.INT64),
        (filters.DayFilter, OpenApiTypes.DATE),
        (filters.MomentFilter, OpenApiTypes.DATETIME),
        (UUIDFilter, OpenApiTypes.UUID),
    )
    kind = next((kind for filter_class, kind in kinds if isinstance(each, filter_class)), OpenApiTypes.STR)
    return OpenApiParameter(name, kind)
