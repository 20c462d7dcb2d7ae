"""The OpenAPI document: what clients are generated from. It changes when somebody means it to."""

from __future__ import annotations

import difflib
import io
import itertools
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import pytest
import yaml

from recovery.api import openapi, urls

from .asking import ADDRESSES, Caller, at, problem

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "openapi.yml"
NEW = GOLDEN.with_name("openapi.new.yml")
WITHOUT = """
import os, sys
sys.modules["drf_spectacular"] = None
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from tests import settings
settings.ROOT_URLCONF = "tests.api.urls"
import django
django.setup()
from django.test import Client
print([Client().get(f"/recovery/api/{path}").status_code for path in ("nowhere/", "schema/")])
from recovery.api import urls
print(len(urls.described), {each.callback.cls.schema for each in urls.described if each.callback})
"""


@pytest.fixture
def document() -> dict[str, Any]:
    return openapi.document(urls.described)


def test_the_document_is_the_golden_one(document: dict[str, Any]) -> None:
    found = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    golden = GOLDEN.read_text(encoding="utf-8")
    if found == golden:
        NEW.unlink(missing_ok=True)
        return

    NEW.write_text(found, encoding="utf-8")
    changed = difflib.unified_diff(
        golden.splitlines(), found.splitlines(), GOLDEN.name, NEW.name, lineterm=""
    )
    pytest.fail(
        "\n".join(itertools.islice(changed, 60))
        + "\n\nThe addresses have changed for every client. Not meant: mend the code. Meant: "
        + f"mv {NEW.relative_to(ROOT)} {GOLDEN.relative_to(ROOT)}, and say it in CHANGELOG.md.",
        pytrace=False,
    )


def test_without_the_library_all_addresses_are_there_but_their_description() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=True
    )

    answers, addresses = done.stdout.splitlines()[-2:]

    assert answers == "[404, 404]"
    assert addresses == f"{len(urls.described)} {{None}}"


def test_nothing_in_it_had_to_be_guessed() -> None:
    with redirect_stderr(io.StringIO()) as said:
        openapi.document(urls.described)

    assert said.getvalue() == ""


def test_every_verb_is_in_it_under_its_own_name(document: dict[str, Any]) -> None:
    found = {operation["operationId"] for path in document["paths"].values() for operation in path.values()}

    assert set(ADDRESSES) <= found


def test_every_effect_asks_for_a_key(document: dict[str, Any]) -> None:
    for path, operations in document["paths"].items():
        required = [p["name"] for p in operations.get("post", {}).get("parameters", []) if p.get("required")]
        has_key = "Idempotency-Key" in required
        assert has_key == ("post" in operations and "verification" not in path), path


def test_it_is_served_to_whoever_is_signed_in(client: Any, caller: Caller) -> None:
    response = caller.get(at("schema"))

    assert response.json()["servers"] == [{"url": "http://testserver/recovery/api"}]
    assert problem(client.get(at("schema")))["code"] == "not_authenticated"
