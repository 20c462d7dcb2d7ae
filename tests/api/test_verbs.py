"""Every verb, asked for over HTTP: it happens once, for whoever may, and for nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from recovery.models import TimelineEvent
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories as make
from tests.actions import calls
from tests.factories import House

from .asking import (
    ADDRESSES,
    CREATES,
    VERBS,
    Caller,
    address_of,
    arguments_of,
    make_caller,
    needed,
    problem,
    request_of,
)


def test_every_verb_has_an_address() -> None:
    assert sorted(ADDRESSES) == VERBS


@pytest.mark.parametrize("verb", VERBS)
def test_whoever_has_the_permission_alone_can_ask_for_it(quay: House, hotel: Any, verb: str) -> None:
    hotel.access = {"visitor": frozenset({"QUAY"})}
    path, body = request_of(verb, arguments_of(verb, quay))
    caller = make_caller(*needed(verb))
    before = TimelineEvent.objects.count()

    response = caller.post(path, body)

    assert response.status_code == (201 if verb in CREATES else 200), response.content
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store, private"
    new = list(TimelineEvent.objects.order_by("-pk").values_list("actor_kind", flat=True))[:1]
    if verb in calls.WITHOUT_HISTORY:
        assert TimelineEvent.objects.count() == before
    else:
        assert TimelineEvent.objects.count() > before
        assert new == ["api_client"]


@pytest.mark.parametrize("verb", VERBS)
def test_without_the_permission_nothing_happens(quay: House, hotel: Any, verb: str) -> None:
    hotel.access = {"visitor": frozenset({"QUAY"})}
    path, body = request_of(verb, arguments_of(verb, quay))
    caller = make_caller(*[name for name, _ in VERB_PERMISSIONS if name not in needed(verb)])
    before = calls.contents()

    response = caller.post(path, body)

    assert (response.status_code, problem(response)["code"]) == (403, "not_allowed")
    assert calls.contents() == before


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "redeem_certificate"])
def test_whoever_may_not_look_cannot_ask_for_anything(quay: House, hotel: Any, verb: str) -> None:
    path, body = request_of(verb, arguments_of(verb, quay))
    caller = make_caller(*[name for name, _ in VERB_PERMISSIONS], look=False)
    before = calls.contents()

    response = caller.post(path, body)

    assert (response.status_code, problem(response)["code"]) == (403, "not_allowed")
    assert calls.contents() == before


@pytest.mark.parametrize("verb", VERBS)
def test_what_belongs_to_another_house_does_not_exist(quay: House, hotel: Any, verb: str) -> None:
    path, body = request_of(verb, arguments_of(verb, quay))
    hotel.access = {"visitor": frozenset({"STRAND"})}
    caller = make_caller(*[name for name, _ in VERB_PERMISSIONS], houses=("STRAND",))
    before = calls.contents()

    response = caller.post(path, body)

    assert response.status_code == 404, response.content
    assert problem(response)["code"] in ("not_found", "stay_unknown", "property_unknown")
    assert calls.contents() == before


@pytest.mark.parametrize("verb", VERBS)
def test_the_same_key_again_gives_the_first_answer_and_no_second_effect(
    quay: House, caller: Caller, verb: str
) -> None:
    path, body = request_of(verb, arguments_of(verb, quay))
    first = caller.post(path, body, key="4711")
    after_first = calls.contents()

    second = caller.post(path, body, key="4711")

    assert first.status_code < 300, first.content
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert calls.contents() == after_first


@pytest.mark.parametrize("verb", VERBS)
def test_the_same_key_for_something_else_is_refused(quay: House, caller: Caller, verb: str) -> None:
    arguments = arguments_of(verb, quay)
    path, body = request_of(verb, arguments)
    other_path, other_body = _something_else(verb, quay, path, body)
    first = caller.post(path, body, key="4711")
    before = calls.contents()

    response = caller.post(other_path, other_body, key="4711")

    assert first.status_code < 300, first.content
    assert (response.status_code, problem(response)["code"]) == (422, "request_key_reused")
    assert calls.contents() == before


@pytest.mark.parametrize("verb", VERBS)
def test_without_a_key_nothing_happens(quay: House, caller: Caller, verb: str) -> None:
    path, body = request_of(verb, arguments_of(verb, quay))
    before = calls.contents()

    response = caller.post(path, body, Idempotency_Key="")

    assert (response.status_code, problem(response)["code"]) == (400, "idempotency_key_missing")
    assert calls.contents() == before


@pytest.mark.parametrize("verb", [v for v in VERBS if "version" in calls.parameters(v)])
def test_a_page_that_somebody_changed_meanwhile_is_refused(quay: House, caller: Caller, verb: str) -> None:
    path, body = request_of(verb, arguments_of(verb, quay))
    before = calls.contents()

    response = caller.post(path, body, If_Match='"999"')

    assert (response.status_code, problem(response)["code"]) == (412, "stale_page")
    assert calls.contents() == before


@pytest.mark.parametrize("verb", [v for v in VERBS if "version" not in calls.parameters(v)])
def test_where_no_page_was_seen_if_match_is_refused(quay: House, caller: Caller, verb: str) -> None:
    path, body = request_of(verb, arguments_of(verb, quay))
    before = calls.contents()

    response = caller.post(path, body, If_Match='"1"')

    assert (response.status_code, problem(response)["code"]) == (400, "if_match_invalid")
    assert calls.contents() == before


def _something_else(verb: str, house: House, path: str, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The same question with another content: other words, or where there are none another record."""
    for name in ("summary", "reason", "words", "solution", "how", "title", "what", "proof", "why"):
        if isinstance(body.get(name), str):
            return path, body | {name: "something else"}
    if verb in ("redeem_certificate",):
        return path, body | {"nights": 2}
    other = make.make_complaint(house=house)
    if ADDRESSES[verb][1] == "task":
        return address_of(verb, make.make_task(complaint=other, by=house.by_desk)), body
    if "letter" in ADDRESSES[verb][0] and verb != "draft_letter":
        return address_of(verb, make.make_letter(house=house, complaint=other)), body
    return address_of(verb, other), body
