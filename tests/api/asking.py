"""Asking the API as a client does; and every verb's valid call, written as a request."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import models
from django.test import Client
from django.urls import reverse

from recovery.choices import Role
from recovery.models import Certificate
from tests import factories as make
from tests.actions import calls
from tests.factories import House

#: Verbs that a client can ask for; a guest's own is behind the guest's link.
VERBS = sorted(set(calls.CALLS) - {"stop_writing"})

#: The name of the address, the argument that stands in it, and what it is called there.
ADDRESSES: dict[str, tuple[str, str]] = {
    "accept_hand_over": ("task-hand-over", "task"),
    "hand_over": ("complaint-hand-over", "complaint"),
    "log_duty": ("duty-log", ""),
    "accept_task": ("task-acceptance", "task"),
    "acknowledge": ("complaint-acknowledgement", "complaint"),
    "add_contact": ("complaint-contacts", "complaint"),
    "add_party": ("complaint-parties", "complaint"),
    "change_party": ("party-change", "party"),
    "end_party": ("party-ending", "party"),
    "stop_writing_to": ("party-writing", "party"),
    "set_hold": ("complaint-hold", "complaint"),
    "lift_hold": ("complaint-hold-lifting", "complaint"),
    "add_task": ("complaint-tasks", "complaint"),
    "assign": ("complaint-owner", "complaint"),
    "ask_next": ("task-asking", "task"),
    "break_task": ("task-breaking", "task"),
    "close": ("complaint-closing", "complaint"),
    "confirm_restatement": ("complaint-restatement", "complaint"),
    "confirm_task": ("task-confirmation", "task"),
    "draft_letter": ("complaint-letters", "complaint"),
    "fulfil_compensation": ("compensation-fulfilment", "compensation"),
    "grant_compensation": ("complaint-compensations", "complaint"),
    "issue_certificate": ("complaint-certificates", "complaint"),
    "keep_task": ("task-completion", "task"),
    "log_and_done": ("small-matters", ""),
    "mark_solved": ("complaint-solution", "complaint"),
    "move_task": ("task-move", "task"),
    "name_staff": ("complaint-named-staff", "complaint"),
    "open_complaint": ("complaints", ""),
    "print_letter": ("letter-print", "letter"),
    "record_answers": ("complaint-answers", "complaint"),
    "record_hand_delivery": ("letter-hand-delivery", "letter"),
    "record_spoken_apology": ("complaint-spoken-apologies", "complaint"),
    "raise_urgency": ("complaint-urgency", "complaint"),
    "redeem_certificate": ("redemptions", ""),
    "redeem_without_code": ("certificate-redemptions", "certificate"),
    "release_letter": ("letter-release", "letter"),
    "relink_guest": ("complaint-guest", "complaint"),
    "reopen": ("complaint-reopening", "complaint"),
    "retry_delivery": ("letter-retry", "letter"),
    "reverse_redemption": ("redemption-reversal", "entry"),
    "run_overlay": ("complaint-overlays", "complaint"),
    "run_playbook": ("complaint-playbooks", "complaint"),
    "send_written_apology": ("complaint-apology", "complaint"),
    "set_at_risk": ("complaint-risk", "complaint"),
    "set_stance": ("complaint-stance", "complaint"),
    "start_task": ("task-start", "task"),
    "stop_letter": ("letter-stop", "letter"),
    "take_back_emergency": ("complaint-emergency-retraction", "complaint"),
    "tell_guest": ("complaint-told", "complaint"),
    "tell_happening": ("task-happening", "task"),
    "void_certificate": ("certificate-void", "certificate"),
    "withdraw_task": ("task-withdrawal", "task"),
}

#: Verbs that create something to be addressed later.
CREATES = {
    "add_contact",
    "add_party",
    "add_task",
    "draft_letter",
    "grant_compensation",
    "hand_over",
    "issue_certificate",
    "log_and_done",
    "log_duty",
    "open_complaint",
    "record_spoken_apology",
    "redeem_certificate",
    "redeem_without_code",
    "reverse_redemption",
    "send_written_apology",
}


class Caller:
    """One signed-in client."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.client = Client()
        self.client.force_login(user)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def post(self, path: str, body: Any = None, *, key: str = "", **headers: str) -> Any:
        """With a fresh key unless one is given; ``headers`` with underscores."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(
            path,
            data=b"" if body is None else json.dumps(body).encode(),
            content_type="application/json",
            headers={"Idempotency-Key": key or str(uuid.uuid4()), **given},
        )

    def post_raw(self, path: str, body: bytes, *, content_type: str = "application/json") -> Any:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        return self.client.generic("POST", path, body, content_type=content_type, headers=headers)


def make_caller(
    *verbs: str, username: str = "visitor", houses: Iterable[str] = ("QUAY",), look: bool = True
) -> Caller:
    """A client whose user has these permissions, and every role at these houses."""
    permissions = [*verbs, "view_complaint"] if look else list(verbs)
    user = make.make_user(username=username, verbs=permissions)
    every = (Role.FRONT_DESK, Role.DUTY_MANAGER, Role.GENERAL_MANAGER)
    make.make_staff(name=username.title(), roles=every, houses=houses, user=user)
    return Caller(user)


def at(name: str, **where: Any) -> str:
    return reverse(f"recovery_api:{name}", kwargs=where)


def needed(verb: str) -> tuple[str, ...]:
    """The permissions of a verb."""
    return (calls.PERMISSION.get(verb, verb), *calls.ALSO_NEEDS.get(verb, ()))


def arguments_of(verb: str, house: House) -> dict[str, Any]:
    """The records that the verb needs, built; its arguments without ``by``."""
    found: dict[str, Any] = calls.CALLS[verb](house)
    return found


def request_of(verb: str, arguments: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The address and the body by which a client asks for the verb."""
    name, target = ADDRESSES[verb]
    body = {key: as_json(value) for key, value in arguments.items() if key != target}
    return at(name, **_where(arguments[target], target)) if target else at(name), body


def address_of(verb: str, row: models.Model) -> str:
    """The address of the verb for another record."""
    name, target = ADDRESSES[verb]
    return at(name, **_where(row, target))


def _where(row: Any, target: str) -> dict[str, Any]:
    if target == "complaint":
        return {"reference": row.reference}
    return {target: row.uuid if target == "certificate" else row.pk}


def as_json(value: Any) -> Any:
    """An argument of a verb as a client writes it."""
    match value:
        case Certificate():
            return str(value.uuid)
        case models.Model():
            return value.pk
        case Enum():
            return value.value
        case Decimal():
            return str(value)
        case dt.datetime() | dt.date():
            return value.isoformat()
        case list() | tuple():
            return [as_json(item) for item in value]
        case Mapping():
            return {key: as_json(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value):
        return {f.name: as_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


def problem(response: Any) -> dict[str, Any]:
    """The refusal, after its outer shape was looked at."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    found: dict[str, Any] = response.json()
    assert found["status"] == response.status_code
    assert found["type"].endswith(f"#{found['code']}")
    assert found["title"] and found["detail"]
    return found
