"""JSON in, JSON out, nothing else: strict where a lenient reader would guess."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, NotAcceptable, ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer

from ..rules import text

JSON = "application/json"
PROBLEM = "application/problem+json"

#: Bytes. Room for two long texts in which every letter is written as an escape.
MOST_BYTES = 512 * 1024
_NAME_SHOWN = 40


class BodyTooLarge(APIException):
    status_code = 413
    default_code = "body_too_large"
    default_detail = _("This is too much at once: a request may have at most 512 KiB.")


class StrictJSON(BaseParser):
    """UTF-8, one value for each name, no NaN, no half characters, and never more than fits."""

    media_type = JSON

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: dict[str, Any] | None = None
    ) -> Any:
        del media_type, parser_context  # because JSON is UTF-8, whatever a charset says
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise BodyTooLarge()
        try:
            found = json.loads(
                body.decode("utf-8"),
                parse_float=Decimal,
                parse_constant=_refuse,
                object_pairs_hook=_only_once,
            )
            # Half of a surrogate pair passes json.loads, and then breaks databases and answers.
            json.dumps(found, ensure_ascii=False, default=str).encode("utf-8")
        except (ValueError, RecursionError) as error:
            # The parser's own words are not repeated: they quote what was sent.
            raise ParseError(_("This is not JSON in UTF-8.")) from error
        return found


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")


def _only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is there twice")
    return found


class PlainJSON(JSONRenderer):
    """The same bytes in every project, whatever its settings for the REST framework say."""

    media_type = JSON
    charset = None
    ensure_ascii = False
    compact = True
    strict = True

    def get_indent(self, accepted_media_type: str, renderer_context: dict[str, Any]) -> None:
        return None


class JsonOnly(DefaultContentNegotiation):
    """Whoever accepts JSON or a problem document gets it; ``?format=`` is no way round."""

    def select_renderer(
        self, request: Any, renderers: list[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        del format_suffix
        accepted = {token.partition(";")[0].strip().lower() for token in self.get_accept_list(request)}
        if accepted & {JSON, PROBLEM, "application/*", "*/*"}:
            return renderers[0], JSON
        raise NotAcceptable()


def shown(name: object) -> str:
    """Somebody's name for a field, short and harmless enough to be repeated."""
    return text.soft_line(str(name), limit=_NAME_SHOWN)
