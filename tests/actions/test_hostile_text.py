"""Hostile text in every place where a verb takes text: refused or cleaned, never half-written."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from recovery import actions
from recovery.actions import Actor, GuestInput, LetterWords
from recovery.errors import RecoveryError
from recovery.models import Complaint
from tests import factories as make
from tests.factories import House

from . import calls

HOSTILE = {
    "a megabyte": "a" * 1_000_000,
    "a megabyte of accents": "e" + "\u0301" * 1_000_000,
    "a megabyte of white space": " " * 1_000_000,
    "a second header": "Daniel\r\nBcc: everybody@example.com",
    "a zero byte": "Dan\0iel",
    "a lone surrogate": "Dan\ud800iel",
    "a turned direction": "Dan\u202eleiD",
    "a private character": "\ue000certificate_code\ue001",
    "an emoji family": "Daniel \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "a script": "<script>alert(1)</script> {{ settings.SECRET_KEY }} %(secret)s {code}",
    "nothing to see": "\u200b\u2060\u00ad",
    "Arabic": "\u062f\u0627\u0646\u064a\u0627\u0644",
}
#: Whoever these name is no text that is stored.
SKIPPED = {"request_key"}
#: One line each, but on the envelope they are several.
SEVERAL_LINES = {"postal_address"}
#: What has to be left out, so that the text is looked at.
INSTEAD = {
    ("open_complaint", "property_code"): {"stay_ref": ""},
    ("redeem_certificate", "token"): {"code": ""},
}
_FORBIDDEN = ("\0", "\u202e", "\ue000")


def _text_parameters() -> Iterator[tuple[str, str]]:
    for name in sorted(calls.CALLS):
        for parameter in inspect.signature(calls.verb(name)).parameters.values():
            if parameter.annotation in ("str", str) and parameter.name not in SKIPPED:
                yield name, parameter.name


def _fields(kind: type) -> list[str]:
    return [field.name for field in dataclasses.fields(kind) if field.type == "str"]


def _by(name: str, house: House, arguments: dict[str, Any]) -> Actor:
    return Actor.for_link(arguments["link"]) if name == "stop_writing" else house.by_general_manager


class _Undo(Exception):
    """Ends a block whose writes shall not stay."""


def _survives(call: Callable[[str], object]) -> dict[str, str]:
    """Try every hostile text, each from the same start; what happened to each."""
    outcome = {}
    before = calls.contents()
    for title, hostile in HOSTILE.items():
        with suppress(_Undo), transaction.atomic():
            outcome[title] = _outcome(call, title, hostile, before)
            raise _Undo
    return outcome


def _outcome(call: Callable[[str], object], title: str, hostile: str, before: object) -> str:
    try:
        call(hostile)
    except RecoveryError as refusal:
        refusal.sentence.encode()  # because a door has to be able to print it
        assert len(refusal.sentence) < 1_000, title
        assert calls.contents() == before, f"half-written after {title}"
        return refusal.code
    _check_everything_stored(title)
    return "cleaned"


def _check_everything_stored(title: str) -> None:
    for model in apps.get_app_config("recovery").get_models():
        for row in model._default_manager.all():
            for field in model._meta.concrete_fields:
                _check_value(field, getattr(row, field.attname), f"{title} in {field}")


def _check_value(field: Any, value: Any, where: str) -> None:
    if isinstance(value, str):
        value.encode()
        if field.name not in ("text", "html", "subject"):  # letters hold slots on purpose
            assert not any(sign in value for sign in _FORBIDDEN), where
        if isinstance(field, models.CharField) and field.name not in SEVERAL_LINES:
            assert len(value.splitlines()) <= 1, where
        if field.max_length:
            assert len(value) <= field.max_length, where
    elif isinstance(field, models.JSONField) and field.name != "facts":
        for inner in _strings(value):
            inner.encode()
            assert not any(sign in inner for sign in _FORBIDDEN), where


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


@pytest.mark.parametrize(("name", "parameter"), list(_text_parameters()))
def test_hostile_text_is_refused_or_cleaned(quay: House, name: str, parameter: str) -> None:
    arguments = calls.CALLS[name](quay) | INSTEAD.get((name, parameter), {})
    by = _by(name, quay, arguments)

    outcome = _survives(lambda hostile: calls.verb(name)(by=by, **(arguments | {parameter: hostile})))

    assert outcome["a megabyte"] != "cleaned"


@pytest.mark.parametrize("field", _fields(GuestInput))
@pytest.mark.parametrize("name", ["open_complaint", "relink_guest"])
def test_a_hostile_guest_is_refused_or_cleaned(quay: House, name: str, field: str) -> None:
    arguments = calls.CALLS[name](quay)

    _survives(
        lambda hostile: calls.verb(name)(
            by=quay.by_general_manager, **(arguments | {"guest": GuestInput(**{field: hostile})})
        )
    )


@pytest.mark.parametrize("field", _fields(LetterWords))
def test_hostile_words_in_a_letter_are_refused_or_cleaned(quay: House, field: str) -> None:
    arguments = calls.CALLS["send_written_apology"](quay)

    _survives(
        lambda hostile: actions.send_written_apology(
            by=quay.by_general_manager,
            **(arguments | {"words": dataclasses.replace(make.WORDS, **{field: hostile})}),
        )
    )


def test_hostile_repairs_are_refused_or_cleaned(quay: House, complaint: Complaint) -> None:
    _survives(
        lambda hostile: actions.send_written_apology(
            by=quay.by_general_manager,
            complaint=complaint,
            words=dataclasses.replace(make.WORDS, repairs=(hostile,)),
        )
    )


def test_a_thousand_repairs_are_refused(quay: House, complaint: Complaint) -> None:
    before = calls.contents()

    with pytest.raises(RecoveryError):
        actions.send_written_apology(
            by=quay.by_general_manager,
            complaint=complaint,
            words=dataclasses.replace(make.WORDS, repairs=("One more.",) * 1000),
        )

    assert calls.contents() == before


@pytest.mark.parametrize("field", ["paid", "map_url", "distance", "taxi", "dinner", "tomorrow"])
def test_hostile_words_on_a_walk_card_are_refused_or_cleaned(
    quay: House, complaint: Complaint, field: str
) -> None:
    make.find_room(house=quay, complaint=complaint)

    _survives(
        lambda hostile: actions.draft_letter(
            by=quay.by_manager,
            complaint=complaint,
            kind="walk_card",  # type: ignore[arg-type]
            words=LetterWords(walk={field: hostile}),
        )
    )


@pytest.mark.parametrize("field", sorted(make.ROOM))
def test_hostile_proof_is_refused_or_cleaned(quay: House, complaint: Complaint, field: str) -> None:
    task = complaint.tasks.get(step_key="substitute_room")

    outcome = _survives(
        lambda hostile: actions.keep_task(
            by=quay.by_manager, task=task, evidence=make.ROOM | {field: hostile}
        )
    )

    assert outcome["a megabyte"] != "cleaned"


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("open_complaint", "category"),
        ("open_complaint", "channel"),
        ("open_complaint", "severity"),
        ("open_complaint", "guest_type"),
        ("add_contact", "kind"),
        ("add_contact", "channel"),
        ("acknowledge", "channel"),
        ("confirm_restatement", "confirmation"),
        ("set_stance", "stance"),
        ("close", "outcome"),
        ("draft_letter", "kind"),
        ("grant_compensation", "remedy"),
        ("grant_compensation", "layer"),
        ("add_task", "role"),
        ("run_playbook", "category"),
    ],
)
def test_a_word_that_is_not_on_the_list_is_refused(quay: House, name: str, parameter: str) -> None:
    arguments = calls.CALLS[name](quay)

    outcome = _survives(
        lambda hostile: calls.verb(name)(by=quay.by_general_manager, **(arguments | {parameter: hostile}))
    )

    assert set(outcome.values()) <= {"unknown_choice"}


def test_a_word_that_was_not_said_is_refused(quay: House, complaint: Complaint) -> None:
    outcome = _survives(
        lambda hostile: actions.record_spoken_apology(
            by=quay.by_manager,
            complaint=complaint,
            parts=[hostile],  # type: ignore[list-item]
        )
    )

    assert set(outcome.values()) == {"unknown_choice"}


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://", "http:/x", "https://[::1", "x"],
)
def test_a_link_that_a_browser_would_run_is_refused(quay: House, complaint: Complaint, link: str) -> None:
    with pytest.raises(RecoveryError) as refusal:
        actions.add_contact(
            by=quay.by_desk, complaint=complaint, kind="chaser", channel="public", words="x", link=link
        )

    assert refusal.value.code == "bad_link"


def test_a_house_that_does_not_exist_is_on_no_certificate(quay: House, complaint: Complaint) -> None:
    outcome = _survives(
        lambda hostile: actions.issue_certificate(
            by=quay.by_general_manager, complaint=complaint, why=make.WHY, houses_valid=(hostile,)
        )
    )

    assert set(outcome.values()) == {"property_unknown"}
