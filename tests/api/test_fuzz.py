"""Requests that a machine makes up from the OpenAPI document: never a 5xx, always what the document says.

A few for each address here, so that nobody waits. 300 for each, as ``.ci/run`` does it on PostgreSQL, the
strictest of the three databases: ``RECOVERY_FUZZ=300 pytest tests/api/test_fuzz.py -rP``. Two of three are
made to fit, the third is made not to.
"""

from __future__ import annotations

import base64
import itertools
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from recovery.actions.links import code_of, secrets_for
from recovery.api import urls
from recovery.api.openapi import document
from recovery.models import Certificate, Letter
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories as make
from tests.factories import House

from .asking import make_caller

PREFIX = "/recovery/api"
FEW = 4
EXAMPLES = int(os.environ.get("RECOVERY_FUZZ") or FEW)
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
PASSWORD = "correct horse"
HOW: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "derandomize": True,
    "suppress_health_check": list(hypothesis.HealthCheck),
    "phases": [hypothesis.Phase.generate],
}
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


def _operations() -> list[Any]:
    found = document(urls.described)
    paths = {PREFIX + path: item for path, item in found["paths"].items()}
    schema = schemathesis.openapi.from_dict({**found, "paths": paths})
    return [result.ok() for result in schema.get_all_operations()]


OPERATIONS = {operation.label: operation for operation in _operations()}
#: Eleven lists of about the same length, because to make the records takes longer than to ask about them.
GROUPS = [sorted(OPERATIONS)[number::11] for number in range(11)]


#: In an address only: bodies have kinds and languages of their own.
TEXT = {"kind": "receipt", "language": "en"}


@pytest.fixture
def keys(quay: House) -> dict[str, Any]:
    """A record of each kind that the made-up requests can meet."""
    complaint = make.make_complaint(house=quay)
    make.make_apology(house=quay, complaint=complaint)
    task = make.make_task(complaint=complaint, by=quay.by_desk)
    draft = make.make_letter(house=quay, complaint=complaint, kind="apology_letter")
    given = make.make_compensation(house=quay, complaint=complaint)
    second = make.make_certificate(house=quay, complaint=complaint, number=2, reason="again", nights=9)
    entry = make.make_entry(house=quay, certificate=second)
    return {
        "reference": complaint.reference,
        "task": task.pk,
        "letter": draft.pk,
        "compensation": given.pk,
        "certificate": str(second.uuid),
        "entry": entry.pk,
        "code": code_of(second),
        "stay_ref": make.RETURN,
        "property_code": "QUAY",
        "playbook": "P02",
        "seen_version": 1,
        "overlay": "P21",
        "party": complaint.parties.all()[0].pk,
        **dict.fromkeys(
            ("owner", "assignee", "person", "receiver", "signatory", "spoken_by", "staff"), quay.manager.pk
        ),
        **dict.fromkeys(("due_at", "guest_deadline"), "2027-07-18T10:00:00+02:00"),
        **dict.fromkeys(("told_at", "at"), "2027-07-17T11:11:00Z"),
    }


@pytest.fixture
def secrets(keys: dict[str, Any]) -> set[bytes]:
    """What no answer may hold: every live code and every live link."""
    found = {code_of(certificate) for certificate in Certificate.objects.all()}
    for letter in Letter.objects.filter(released_at__isnull=False):
        found |= {secret for secret in secrets_for(letter).values() if len(secret) > 4}
    return {secret.encode() for secret in found}


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests come through WSGI, which would close the connection of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def authorization(quay: House) -> str:
    user = make_caller(*[name for name, _ in VERB_PERMISSIONS]).user
    user.set_password(PASSWORD)
    user.save()
    return "Basic " + base64.b64encode(f"{user.get_username()}:{PASSWORD}".encode()).decode()


@pytest.mark.slow
@pytest.mark.parametrize("labels", GROUPS)
def test_no_made_up_request_breaks_an_address(
    keys: dict[str, Any], secrets: set[bytes], authorization: str, labels: list[str]
) -> None:
    for label in labels:
        with transaction.atomic():
            seen = _ask(OPERATIONS[label], keys, secrets, authorization)
            transaction.set_rollback(True)
        print(f"{label}: {seen.total()} requests,", dict(sorted(seen.items())))  # shown with -rP
        assert seen.total() >= EXAMPLES, label


def _ask(operation: Any, keys: dict[str, Any], secrets: set[bytes], authorization: str) -> Counter[int]:
    """How often each status was answered."""
    app = operation.schema.app = get_wsgi_application()
    seen: Counter[int] = Counter()
    numbers = itertools.count()

    def ask(case: Any) -> None:
        number = next(numbers)
        if number % 4:
            _aim(case, keys)
        with transaction.atomic():
            response = case.call(app=app, headers={"Authorization": authorization})
            # Every second one leaves its effect for those that follow.
            transaction.set_rollback(number % 2 == 0)
        seen[response.status_code] += 1
        assert response.status_code not in (401, 429)
        assert not any(secret in response.content for secret in secrets)
        case.validate_response(response, checks=CHECKS)

    for mode in (POSITIVE, NEGATIVE):
        cases = operation.as_strategy(generation_mode=mode)
        share = EXAMPLES * 2 // 3 if mode is POSITIVE else EXAMPLES - seen.total()
        hypothesis.settings(max_examples=share, **HOW)(hypothesis.given(case=cases)(ask))()
    return seen


def _aim(case: Any, keys: dict[str, Any]) -> None:
    """Point it at records that exist, so that it comes as far as a verb."""
    for name in case.path_parameters or {}:
        case.path_parameters[name] = TEXT[name] if name in TEXT else keys[name]
    if (case.query or {}).get("property"):
        case.query["property"] = keys["property_code"]
    if isinstance(case.body, dict):
        for name in set(case.body) & set(keys):
            if isinstance(case.body[name], type(keys[name])):
                case.body[name] = keys[name]
