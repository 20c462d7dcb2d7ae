"""What nobody should send: refused with a 4xx, nothing written, and never a 5xx."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.actions import calls
from tests.factories import House

from .asking import VERBS, Caller, arguments_of, at, problem, request_of

DEEP = b"[" * 100_000
BODIES: dict[str, bytes] = {
    "no JSON": b"summary=No+room",
    "half a document": b'{"summary": "No',
    "a NUL byte": b'{"summary": "\x00"}',
    "one megabyte": json.dumps({"summary": "x" * 1_000_000}).encode(),
    "one megabyte of nothing": b" " * 1_000_000,
    "deep nesting": DEEP + b"]" * 100_000,
    "nesting without an end": DEEP,
    "objects without an end": b'{"a":' * 50_000,
    "half a character": b'{"summary": "\\ud800"}',
    "half a character in a name": b'{"\\udfff": "x"}',
    "latin-1": '{"summary": "\xe9"}'.encode("latin-1"),
    "utf-16": '{"summary": "No room"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"summary": "No room"}',
    "a figure with 5,000 digits": b'{"severity": ' + b"9" * 5_000 + b"}",
    "no number": b'{"severity": NaN}',
    "no end of a number": b'{"severity": Infinity}',
    "a name twice": b'{"summary": "a", "summary": "b"}',
    "a list": b"[]",
    "nothing": b"null",
    "a text": b'"summary"',
    "a number": b"17",
}
VALUES: list[Any] = [
    None,
    True,
    -1,
    2**63,
    10**400,
    1.5,
    "",
    "\x00",
    "a\nb",
    "x" * 30_000,
    "\u202e\U0001f600",
    "1971-01-01T00:00:00Z",
    "2998-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00",
    [None],
    [[]],
    {},
    {"name": {"name": []}},
]


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("content_type", ["application/json", "application/json; charset=rot13"])
def test_a_body_that_is_no_object_is_refused(caller: Caller, name: str, content_type: str) -> None:
    before = calls.contents()

    response = caller.post_raw(at("complaints"), BODIES[name], content_type=content_type)

    assert response.status_code == (413 if "megabyte" in name else 400)
    assert problem(response)["code"] in ("parse_error", "invalid", "body_too_large")
    assert calls.contents() == before


@pytest.mark.parametrize("verb", VERBS)
def test_no_value_of_a_wrong_kind_breaks_a_verb(quay: House, caller: Caller, verb: str) -> None:
    path, body = request_of(verb, arguments_of(verb, quay))
    broken = []

    for name in body:
        for value in VALUES:
            response = caller.post(path, body | {name: value})
            if response.status_code >= 500 or b"\x00" in response.content:
                broken.append((name, str(value)[:40], response.status_code, response.content[:200]))

    assert broken == []


@pytest.mark.parametrize("verb", VERBS)
def test_a_field_that_does_not_exist_is_refused(quay: House, caller: Caller, verb: str) -> None:
    path, body = request_of(verb, arguments_of(verb, quay))
    before = calls.contents()

    for name in ("id", "version", "by", "request_key", "closed_at", "granted_by", "x" * 5_000, "\u202e"):
        found = problem(caller.post(path, body | {name: 1}))
        assert (found["code"], found["errors"][0]["code"]) == ("invalid", "unknown_field")
        assert len(found["errors"][0]["field"]) <= 40

    assert calls.contents() == before


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
        "x" * 900,
    ],
)
def test_anything_but_json_is_refused(caller: Caller, content_type: str) -> None:
    response = caller.post_raw(at("complaints"), b"--x\r\n\r\n{}", content_type=content_type)

    assert (response.status_code, problem(response)["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "accept", ["text/html", "application/xml", "image/*", "text/html;q=0.9, application/xml"]
)
def test_whoever_wants_something_else_than_json_is_told(caller: Caller, accept: str) -> None:
    response = caller.get(at("complaints"), accept=accept)

    assert (response.status_code, problem(response)["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/json",
        "application/problem+json",
        "text/html, application/json;q=0.1",
        "application/*",
    ],
)
def test_whoever_takes_json_gets_json(caller: Caller, accept: str) -> None:
    response = caller.get(at("complaints"), accept=accept)

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(caller: Caller, method: str) -> None:
    response = getattr(caller.client, method)(at("complaints"))

    assert (response.status_code, problem(response)["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "complaints",
        "complaints/1/",
        "complaints/R-0000-000%00/",
        "complaints/R-0000-0000/",
        "complaints/%F0%9F%92%A3/",
        "tasks/0/",
        "tasks/-1/",
        "tasks/999999999999999999/",
        "tasks/9999999999999999999999999/",
        "tasks/٣/",
        "letters/1.0/",
        "certificates/1/",
        "certificates/00000000-0000-0000-0000-000000000000/",
        "redemptions/1/reversal/",
        "../../etc/passwd",
        "complaints/%0A/",
        "x" * 4_000,
    ],
)
def test_an_address_without_anything_says_so_in_the_same_shape(caller: Caller, path: str) -> None:
    response = caller.get(f"/recovery/api/{path}")

    assert response.status_code in (404, 405), response.content
    assert problem(response)["code"] in ("not_found", "method_not_allowed")


@pytest.mark.parametrize(
    "query",
    [
        "cursor=x",
        "cursor=cD1hYmM%3D",  # p=abc
        "cursor=cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5",  # p=9999999999999999999999
        "cursor=bz05OTk5OTk5OTk5",  # o=999999999
        "cursor=cj14",  # r=x
        "cursor=%F0%9F%92%A3",
        "cursor=AAAAAAAAAAAAAAAA",
        "cursor=eD0x",  # x=1
        "cursor=cj0x",  # r=1
        "cursor=cD0xMDAmbz01",  # p=100&o=5
        "open=true&open=false",
        "property=QUAY&property=STRAND",
        "page_size=0",
        "page_size=101",
        "page_size=-1",
        "page_size=all",
        "page_size=%D9%A3",
        "owner=0",
        "owner=x",
        "owner=99999999999999999999",
        "owner=1e400",
        "severity=9",
        "category=%00",
        "open=maybe",
        "overdue=1",
        "opened_from=17.07.2027",
        "opened_to=2027-02-31",
        "search=%00",
        "search=" + "x" * 200,
        "stay=" + "x" * 200,
        "format=xml",
        "propert=QUAY",
        "%ED%A0%80=1",
    ],
)
def test_a_query_that_makes_no_sense_is_refused(caller: Caller, query: str) -> None:
    response = caller.get(f"{at('complaints')}?{query}")

    assert (response.status_code, problem(response)["code"]) == (400, "invalid"), response.content


def test_an_offset_that_no_place_has_is_an_offset(caller: Caller) -> None:
    response = caller.get(f"{at('tasks')}?due_before=2240-03-18T13:28:17.891%2B22:16")

    assert response.status_code == 200, response.content


@pytest.mark.parametrize("due_before", ["x", "2027-07-17", "2027-07-17T12:00:00", "0001-01-01T00:00:00Z"])
def test_a_moment_without_its_offset_narrows_nothing(caller: Caller, due_before: str) -> None:
    response = caller.get(f"{at('tasks')}?due_before={due_before}")

    assert (response.status_code, problem(response)["code"]) == (400, "invalid")
