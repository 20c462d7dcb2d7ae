"""What the API asks of a host: one line in its URLconf, and no setting."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver

from recovery.api import urls
from recovery.api.sight import Sight
from recovery.signals import happened
from tests import factories as make
from tests.factories import House

from .asking import ADDRESSES, Caller, at, make_caller, problem

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from tests import settings
settings.INSTALLED_APPS.append("recovery.api")
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
before = sorted({name.partition(".")[0] for name in sys.modules})
settings.ROOT_URLCONF = "tests.api.urls"
call_command("makemigrations", "recovery_api", check=True, dry_run=True, verbosity=0)
print(json.dumps([apps.get_app_config("recovery_api").name, before]))
"""


def patterns(given: list[Any] | None = None) -> Iterator[URLPattern]:
    for each in urls.urlpatterns if given is None else given:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns)
        else:
            yield each


def test_the_app_is_switched_on_without_importing_the_framework() -> None:
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)

    name, loaded = json.loads(done.stdout.splitlines()[-1])

    assert name == "recovery.api"
    assert {"rest_framework", "django_filters", "drf_spectacular"}.isdisjoint(loaded)


def test_no_address_runs_inside_a_transaction_of_the_host() -> None:
    for each in patterns():
        assert "default" in each.callback._non_atomic_requests, each


@pytest.mark.django_db(transaction=True)
def test_atomic_requests_of_the_host_do_not_reach_a_verb(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = make.make_house()
    complaint = make.make_complaint(house=house)
    caller = make_caller("add_contact")
    heard: list[bool] = []

    def listen(**_kwargs: Any) -> None:
        heard.append(connection.in_atomic_block)

    happened.connect(listen)
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    body = {"kind": "question", "channel": "phone", "words": "Where is my bag?"}
    response = caller.post(at("complaint-contacts", reference=complaint.reference), body)
    happened.disconnect(listen)

    assert response.status_code == 201
    assert heard == [False]


def test_a_browser_session_without_its_csrf_token_changes_nothing(quay: House) -> None:
    user = make_caller("open_complaint").user
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)

    for content_type in ("application/json", "multipart/form-data; boundary=x"):
        response = browser.generic(
            "POST", at("complaints"), b"{}", content_type=content_type, headers={"Idempotency-Key": "1"}
        )
        assert (response.status_code, problem(response)["code"]) == (403, "permission_denied")


def test_the_host_says_who_somebody_is(quay: House, client: Client) -> None:
    user = make_caller().user
    user.set_password("correct horse")
    user.save()
    basic = base64.b64encode(b"visitor:correct horse").decode()
    wrong = base64.b64encode(b"visitor:wrong").decode()

    response = client.get(at("complaints"), headers={"Authorization": f"Basic {basic}"})
    refused = client.get(at("complaints"), headers={"Authorization": f"Basic {wrong}"})

    assert response.status_code == 200
    assert problem(refused)["code"] == "authentication_failed"


def test_an_account_that_was_closed_sees_nothing(caller: Caller) -> None:
    caller.user.is_active = False
    caller.user.save()

    assert caller.get(at("complaints")).status_code == 403


def test_a_settings_file_full_of_other_habits_changes_nothing(
    settings: Any, caller: Caller, quay: House
) -> None:
    complaint = make.make_complaint(house=quay)
    before = caller.get(at("complaint", reference=complaint.reference)).content
    settings.REST_FRAMEWORK = {
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.BrowsableAPIRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.FormParser"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
        "DEFAULT_PAGINATION_CLASS": None,
        "DEFAULT_FILTER_BACKENDS": ["rest_framework.filters.OrderingFilter"],
        "DATETIME_FORMAT": "%d.%m.%Y",
        "DATE_FORMAT": "%d.%m.%Y",
        "COERCE_DECIMAL_TO_STRING": False,
        "EXCEPTION_HANDLER": "tests.api.test_host.nobody_calls_this",
        "NON_FIELD_ERRORS_KEY": "odd",
        "UNICODE_JSON": False,
        "DEFAULT_THROTTLE_RATES": {"recovery": None},
    }

    assert caller.get(at("complaint", reference=complaint.reference)).content == before
    assert caller.post(at("complaints"), {}).json()["code"] == "invalid"


def test_reading_and_doing_ask_the_database_that_verbs_write_to(quay: House, caller: Caller) -> None:
    complaint = make.make_complaint(house=quay)
    rows = type(complaint).objects.all()

    reading, doing = (Sight(caller.user, for_writing=it) for it in (False, True))

    assert reading.rows(rows)._db is None
    assert doing.rows(rows)._db == "default"


def test_moments_keep_their_instant_where_the_host_stores_local_time(
    settings: Any, quay: House, caller: Caller
) -> None:
    complaint = make.make_complaint(house=quay)
    settings.USE_TZ = False
    path = at("complaint-tasks", reference=complaint.reference)

    response = caller.post(
        path, {"title": "Ring", "due_at": "2027-07-17T15:00:00+01:00"}, key=str(uuid.uuid4())
    )

    assert (response.status_code, response.json()["due_at"]) == (201, "2027-07-17T14:00:00Z")


def test_the_guide_names_every_address_and_every_verb() -> None:
    guide = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")

    for route in routes():
        assert f"`{route}`" in guide, route
    for verb in ADDRESSES:
        assert f"`{verb}`" in guide, verb


def routes(given: list[Any] | None = None, prefix: str = "") -> Iterator[str]:
    """Every address, as the guide writes it."""
    for each in urls.described if given is None else given:
        route = prefix + re.sub(r"<\w+:(\w+)>", r"{\1}", str(each.pattern))
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        else:
            yield route
