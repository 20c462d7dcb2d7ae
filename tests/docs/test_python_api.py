"""The pages about signals and the public API say what the code does."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import recovery
from recovery.actions import Actor
from recovery.choices import EventKind
from recovery.models import Complaint, StaffMember
from recovery.signals import Happened, OutboxCommitted, happened, outbox_committed
from recovery.testing import make_apology, make_certificate, make_complaint, make_redemption
from tests.factories import LOST, RETURN

from .doing import blocks_of, text_of

SIGNALS, API = text_of("signals.md"), text_of("python-api.md")


def data_of_events() -> dict[str, set[str]]:
    """Event → the keys that some verb records with it, read from the code."""
    found: dict[str, set[str]] = {}
    for file in (Path(recovery.__file__).parent / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                assert isinstance(node.args[0], ast.Attribute), f"{file.name}:{node.lineno}"
                event = EventKind[node.args[0].attr].value
                keys = {str(keyword.arg) for keyword in node.keywords} - {"guest_visible"}
                found.setdefault(event, set()).update(keys)
    return found


def test_every_event_is_on_the_page_with_its_data() -> None:
    rows = re.findall(r"^\| `(\w+\.\w+)` \| (.*?) \|$", SIGNALS, re.M)

    assert {event: set(re.findall(r"`(\w+)`", keys)) for event, keys in rows} == data_of_events()


def test_every_kind_of_event_is_recorded_by_a_verb() -> None:
    assert set(data_of_events()) == {kind.value for kind in EventKind}


@pytest.mark.parametrize("payload", [Happened, OutboxCommitted])
def test_every_argument_is_on_the_page(payload: Any) -> None:
    for name in get_type_hints(payload):
        assert f"`{name}`" in SIGNALS


@pytest.mark.django_db
def test_what_is_sent_is_what_the_types_say(django_capture_on_commit_callbacks: Any) -> None:
    heard: list[tuple[type, dict[str, Any]]] = []

    def listen(sender: Any, signal: Any, **fact: Any) -> None:
        heard.append((Happened if signal is happened else OutboxCommitted, fact))

    for signal in (happened, outbox_committed):
        signal.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            make_apology(complaint=make_complaint(stay_ref=LOST))
    finally:
        for signal in (happened, outbox_committed):
            signal.disconnect(listen)

    assert {payload for payload, _fact in heard} == {Happened, OutboxCommitted}
    for payload, fact in heard:
        hints = get_type_hints(payload)
        assert set(fact) == set(hints)
        for name, value in fact.items():
            kind = getattr(hints[name], "__origin__", hints[name])
            assert isinstance(value, kind), (name, value)


@pytest.mark.django_db
def test_the_receiver_of_the_page_orders_its_bottle(django_capture_on_commit_callbacks: Any) -> None:
    orders: list[dict[str, Any]] = []
    names: dict[str, Any] = {
        "order_a_bottle": lambda **given: orders.append(given),
        "__name__": "yourproject",
    }
    exec(blocks_of(SIGNALS)[0].code, names)  # noqa: S102 because it is our own page
    certificate = make_certificate(complaint=make_complaint(stay_ref=LOST))
    happened.connect(names["tell_the_bar"])
    try:
        with django_capture_on_commit_callbacks(execute=True):
            make_redemption(certificate=certificate, stay_ref=RETURN)
    finally:
        happened.disconnect(names["tell_the_bar"])

    assert orders == [{"house": "QUAY", "certificate_id": certificate.pk}]


def test_every_public_module_and_name_exists() -> None:
    rows = re.findall(r"^\| `(recovery[\w.]*)` \| (.*?) \| .*\|$", API, re.M)

    assert len(rows) == 12
    for module, what in rows:
        if module == "recovery.api.urls":
            continue  # because it needs settings of its own; tests/api has them
        found = import_module(module)
        for name in re.findall(r"`([A-Za-z_]+)`", what):
            assert hasattr(found, name), f"{module}.{name}"


@pytest.mark.django_db
def test_the_reads_of_the_page_are_there() -> None:
    (reads,) = blocks_of(API)
    manager = StaffMember.objects.create(name="Kirsten Lund", roles=["GM"])
    complaint = make_complaint(stay_ref=LOST, by=Actor.for_staff(manager))
    names: dict[str, Any] = {"now": complaint.opened_at}
    lines = [line for line in reads.code.splitlines() if "request.user" not in line]

    exec("\n".join(lines), names)  # noqa: S102 because it is our own page

    assert names["Complaint"] is Complaint
