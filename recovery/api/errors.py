"""Every refusal as a problem document (RFC 9457). The only place that knows HTTP status codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import OperationalError, router
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from ..errors import (
    CertificateNotFound,
    GlyphMissing,
    InvalidInput,
    LetterFailed,
    LetterTextChanged,
    Misconfigured,
    NotAllowed,
    PlaybookChanged,
    PlaybookUnknown,
    PropertyUnknown,
    RecoveryError,
    RequestKeyReused,
    StalePage,
    StayUnknown,
    Unreachable,
    WrongState,
)
from ..models import Complaint
from ..outbox.database import is_transient
from .wire import PROBLEM, shown

DOCS = "https://github.com/django-service-recovery/django-service-recovery/blob/main/docs"

#: The nearest class in an error's ancestry decides.
STATUS: Mapping[type[RecoveryError], int] = {
    RecoveryError: 409,
    InvalidInput: 400,
    CertificateNotFound: 404,
    PlaybookUnknown: 404,
    PropertyUnknown: 404,
    StayUnknown: 404,
    RequestKeyReused: 422,
    NotAllowed: 403,
    WrongState: 409,
    StalePage: 412,
    PlaybookChanged: 412,
    LetterTextChanged: 412,
    LetterFailed: 409,
    Misconfigured: 503,
    Unreachable: 503,
    GlyphMissing: 503,
}

#: Where the sentence of the desk speaks of a page, and a client has none.
_SAID_TO_A_CLIENT: Mapping[type[RecoveryError], Any] = {
    RequestKeyReused: _(
        "This Idempotency-Key was used for something else. Make a new one for something new; to repeat a "
        "request, send it again as it was."
    ),
    StalePage: _(
        "Somebody changed this complaint meanwhile. Read it again and send its new ETag as If-Match."
    ),
}

#: Seconds after which a caller may send the same request, with the same key, again.
_RETRY_AFTER = "1"
_MOST_ERRORS = 50
_NOWHERE = _("There is nothing at this address. Addresses end with a slash.")
_NOT_ALLOWED = _("This is not allowed.")


def status_of(error: RecoveryError) -> int:
    """The HTTP status of a refusal."""
    return next(STATUS[each] for each in type(error).__mro__ if each in STATUS)


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception; ``None`` for one that nobody expected: that is the host's to report."""
    if isinstance(exc, RecoveryError):
        return _refusal(exc)
    if isinstance(exc, OperationalError) and is_transient(exc, using=router.db_for_write(Complaint)):
        words = gettext("Too many at once. Send the same request, with the same key, again.")
        return _problem(503, "try_again", words, headers={"Retry-After": _RETRY_AFTER})
    response = exception_handler(exc, context)
    return None if response is None else _said_by_framework(exc, response)


def _refusal(error: RecoveryError) -> Response:
    message = str(_SAID_TO_A_CLIENT.get(type(error)) or gettext(error.message))
    params = {name: _plain(value) for name, value in error.params.items()}
    words = message % params if params else message
    return _problem(status_of(error), error.code, words, page="errors.md", params=params)


def _said_by_framework(exc: Exception, response: Response) -> Response:
    """DRF's own refusals in the same shape, with the headers that it gave them."""
    kept = {name: response.headers[name] for name in ("Retry-After", "WWW-Authenticate") if name in response}
    params: dict[str, Any] = {}
    errors = None
    if isinstance(exc, ValidationError):
        code, words = "invalid", gettext("Something in this request cannot be used. See errors.")
        errors = [each for each, _number in zip(_flat(exc.detail), range(_MOST_ERRORS), strict=False)]
    elif isinstance(exc, APIException):
        detail = exc.detail
        code, words = str(getattr(detail, "code", exc.default_code)), str(detail)
        if getattr(exc, "wait", None):
            params["wait"] = int(exc.wait)
    else:
        code = "not_found" if response.status_code == 404 else "permission_denied"
        words = str(_NOWHERE if code == "not_found" else _NOT_ALLOWED)
    return _problem(response.status_code, code, words, params=params, errors=errors, headers=kept)


def _problem(
    status: int,
    code: str,
    words: str,
    *,
    page: str = "api.md",
    params: Mapping[str, Any] | None = None,
    errors: list[dict[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    body: dict[str, Any] = {
        "type": f"{DOCS}/{page}#{code}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": words,
        "params": dict(params or {}),
    }
    if errors is not None:
        body["errors"] = errors
    return Response(body, status=status, headers=dict(headers or {}), content_type=PROBLEM)


def _flat(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """DRF's nested lists and dictionaries as a list of {field, code, detail}."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            known = "" if name == "non_field_errors" else shown(name)
            yield from _flat(inner, ".".join(part for part in (path, known) if part))
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            nested = isinstance(inner, Mapping | list)
            yield from _flat(inner, f"{path}.{number}".strip(".") if nested else path)
    else:
        yield {"field": path, "code": str(getattr(detail, "code", "invalid")), "detail": str(detail)}


def _plain(value: Any) -> Any:
    """A parameter as JSON has it: figures and texts, and lists of such; labels and dates as texts."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    return value if value is None or type(value) in (str, int, bool) else str(value)
