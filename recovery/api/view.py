"""What all addresses have in common: shut unless allowed, JSON only, no transaction around a verb."""

from __future__ import annotations

import functools
import importlib.util
from typing import Any, ClassVar

from django.db import connections, router, transaction
from django.http import Http404
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.response import Response

from ..errors import BadVersion
from . import answers, headers, inputs
from .answers import Answer
from .errors import handle
from .filters import KnownFilters
from .inputs import Input
from .paging import ByKey
from .sight import LOOK, Sight
from .throttles import Calls
from .wire import JsonOnly, PlainJSON, StrictJSON


class MayLook(BasePermission):
    """Whoever may not read complaints anywhere has no business at these addresses."""

    def has_permission(self, request: Any, view: Any) -> bool:
        view.sight.require(view.needs)
        return True


def _inspector() -> Any:
    """What describes a view in OpenAPI; nothing does where drf-spectacular is not installed."""
    if importlib.util.find_spec("drf_spectacular") is None:
        return None
    from .openapi import Inspector  # because the library is optional

    return Inspector()


class Address(GenericAPIView):
    """One address. Every policy is named here, so that no setting of the host opens it by accident.

    Only who somebody is (``DEFAULT_AUTHENTICATION_CLASSES``) and how often they may ask is the host's.
    """

    permission_classes: ClassVar[tuple[Any, ...]] = (IsAuthenticated, MayLook)
    throttle_classes: ClassVar[tuple[Any, ...]] = (Calls,)
    renderer_classes = (PlainJSON,)
    parser_classes = (StrictJSON,)
    content_negotiation_class = JsonOnly
    pagination_class = ByKey
    filter_backends: ClassVar[tuple[Any, ...]] = ()
    metadata_class = None
    versioning_class = None
    http_method_names = ("get", "head", "post")
    schema = _inspector()

    #: The permission without which this address answers nothing.
    needs: ClassVar[str] = LOOK
    #: The shape of the answer, and its status.
    shows: ClassVar[type[Answer]]
    status: ClassVar[int] = 200

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Non-atomic on every database: a verb opens its own transaction and re-runs it."""
        view = super().as_view(**initkwargs)
        for alias in connections:
            view = transaction.non_atomic_requests(using=alias)(view)
        return view

    def initialize_request(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        # A charset in the content type would decide how the address is read, and some cannot read it.
        request.encoding = "utf-8"
        return super().initialize_request(request, *args, **kwargs)

    @functools.cached_property
    def sight(self) -> Sight:
        return Sight(self.request.user, for_writing=self.request.method == "POST")

    def get_exception_handler(self) -> Any:
        return handle

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        # Guests' data, and sometimes a refusal that names them.
        response.headers["Cache-Control"] = "no-store, private"
        return response

    def find(self, shape: type[Answer], **wanted: Any) -> Any:
        """One record that the caller may see.

        :raises Http404: if there is none: unknown and not visible are one refusal.
        """
        row = self.sight.rows(shape.queryset.all()).filter(**wanted).first()
        if row is None:
            raise Http404
        return row

    def show(self, rows: Any, shape: type[Answer], *, many: bool = False) -> Any:
        """The rows as they are told to the caller."""
        context: dict[str, Any] = {"sight": self.sight}
        if shape is answers.LetterAnswer:
            context["deliveries"] = self.sight.deliveries(rows if many else [rows])
        return shape(rows, many=many, context=context).data


class Reading(Address):
    """GET of one record."""

    #: From the name in the address to the column.
    by: ClassVar[str] = "pk"

    def get(self, request: Any, **address: Any) -> Response:
        row = self.find(self.shows, **{self.by: next(iter(address.values()))})
        return _tagged(row, Response(self.show(row, self.shows)))


class Listing(Address):
    """GET of a list: filtered, by pages, only what the caller may see."""

    filter_backends = (KnownFilters,)
    #: The shape of one row where it is not that of a single record.
    lists: ClassVar[type[Answer] | None] = None
    order: ClassVar[str] = "-pk"

    def rows(self, **address: Any) -> Any:
        """The rows of this address before filters."""
        del address
        return self.sight.rows(self.row_shape().queryset.all())

    def get(self, request: Any, **address: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.rows(**address)))
        return self.get_paginated_response(self.show(page, self.row_shape(), many=True))

    @classmethod
    def row_shape(cls) -> type[Answer]:
        return cls.lists or cls.shows


class Doing(Address):
    """POST: parse, one verb, answer. ``Idempotency-Key`` is the verb's request key."""

    takes: ClassVar[type[Input]] = inputs.Nothing
    #: The verb, and the name under which it takes the record of this address; empty: it takes none.
    verb: ClassVar[Any]
    target: ClassVar[str] = ""
    #: Whether the verb refuses a page that somebody has changed meanwhile.
    takes_version: ClassVar[bool] = True

    def post(self, request: Any, **address: Any) -> Response:
        how: dict[str, Any] = {"by": self.sight.actor, "request_key": headers.request_key(request)}
        version = headers.version(request)
        if self.takes_version:
            how["version"] = version
        elif version is not None:
            raise BadVersion()
        row = self.find_target(**address)
        what = {self.target: row} if self.target else {}
        done = self.verb(**what, **self.parse(request, row), **how)
        return self.answer(done)

    def find_target(self, **address: Any) -> Any:
        """The record that the verb is about, as the caller may see it."""
        del address
        return None

    def parse(self, request: Any, row: Any) -> dict[str, Any]:
        """The verb's arguments out of the body."""
        given = self.takes(data=request.data, context={"sight": self.sight, "target": row})
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def answer(self, done: Any) -> Response:
        """The record as it is now: a repetition is answered from the same place as the first time."""
        rows = self.shows.queryset.using(router.db_for_write(type(done)))
        row = rows.get(pk=done.pk)
        return _tagged(row, Response(self.show(row, self.shows), status=self.status))


def _tagged(row: Any, response: Response) -> Response:
    """With the version of a complaint as ``ETag``, for the next ``If-Match``."""
    version = getattr(row, "version", None)
    if version is not None:
        response.headers["ETag"] = headers.entity_tag(version)
    return response
