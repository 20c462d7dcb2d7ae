"""Every refusal is a problem document: a stable code, a sentence, figures for machines."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError

from recovery import errors
from recovery.api.errors import STATUS, handle, status_of
from recovery.errors import RecoveryError
from recovery.models import Complaint, HouseProfile
from tests.factories import LOST, House

from .asking import Caller, at, make_caller, problem


def classes() -> Iterator[type[RecoveryError]]:
    for value in vars(errors).values():
        if isinstance(value, type) and issubclass(value, RecoveryError):
            yield value


@pytest.mark.parametrize("error", sorted(classes(), key=lambda each: each.code), ids=lambda each: each.code)
def test_every_refusal_has_a_status(error: type[RecoveryError]) -> None:
    refusal = error.__new__(error)

    assert status_of(refusal) in {400, 403, 404, 409, 412, 422, 503}


def test_no_class_is_mapped_that_does_not_exist_any_more() -> None:
    assert set(STATUS) <= set(classes())


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.TextMissing, 400),
        (errors.CertificateNotFound, 404),
        (errors.StayUnknown, 404),
        (errors.PropertyUnknown, 404),
        (errors.RequestKeyReused, 422),
        (errors.NotAllowed, 403),
        (errors.AboveAuthority, 403),
        (errors.WrongSignatory, 400),
        (errors.WrongOrder, 409),
        (errors.StalePage, 412),
        (errors.NoKeys, 503),
        (errors.KeyTooShort, 503),
        (errors.LetterFailed, 409),
    ],
)
def test_the_nearest_class_decides(error: type[RecoveryError], status: int) -> None:
    assert status_of(error.__new__(error)) == status


def test_a_refusal_says_what_to_do_and_gives_its_figures(caller: Caller, complaint: Complaint) -> None:
    body = {"remedy": "transport", "layer": "make_whole", "what": "Taxi", "face": "34", "currency": "DKK"}

    response = caller.post(at("complaint-compensations", reference=complaint.reference), body)

    found = problem(response)
    assert response.status_code == 400
    assert found == {
        "type": "https://github.com/django-service-recovery/django-service-recovery/blob/main/docs/errors.md"
        "#currency_mismatch",
        "title": "Currency mismatch",
        "status": 400,
        "code": "currency_mismatch",
        "detail": "This house reckons in GBP, not in DKK.",
        "params": {"expected": "GBP", "given": "DKK"},
    }


def test_what_cannot_be_read_is_listed_field_by_field(caller: Caller) -> None:
    body = {"category": "nonsense", "channel": 1, "guest": {"email_read_back": "yes"}, "told_at": "noon"}

    response = caller.post(at("complaints"), body)

    found = problem(response)
    assert {(e["field"], e["code"]) for e in found["errors"]} == {
        ("category", "invalid_choice"),
        ("channel", "invalid_choice"),
        ("guest.email_read_back", "invalid"),
        ("told_at", "invalid"),
        ("summary", "required"),
    }


def test_a_project_that_is_not_set_up_says_so(caller: Caller, quay: House) -> None:
    HouseProfile.objects.all().delete()
    body = {"category": "noise", "channel": "phone", "summary": "Loud", "property_code": "QUAY"}

    response = caller.post(at("complaints"), body)

    assert (response.status_code, problem(response)["code"]) == (503, "no_profile")


def test_a_house_that_does_not_exist_is_not_told_apart_from_one_of_others(
    caller: Caller, quay: House, strand: House
) -> None:
    body = {"category": "noise", "channel": "phone", "summary": "Loud"}

    answers = [
        caller.post(at("complaints"), body | {"property_code": code}) for code in ("STRAND", "NOWHERE", "")
    ]

    assert [a.status_code for a in answers] == [404, 404, 404]
    assert {problem(a)["params"]["known"] for a in answers} == {"QUAY"}


def test_a_stay_of_another_house_than_the_one_named_is_no_complaint_there(
    quay: House, strand: House, hotel: Any
) -> None:
    hotel.access = {"group": frozenset({"QUAY", "STRAND"})}
    group = make_caller("open_complaint", username="group", houses=("QUAY", "STRAND"))
    body = {"category": "noise", "channel": "phone", "summary": "Loud", "stay_ref": LOST}

    wrong = group.post(at("complaints"), body | {"property_code": "STRAND"})
    right = group.post(at("complaints"), body | {"property_code": "QUAY"})

    assert [(e["field"], e["code"]) for e in problem(wrong)["errors"]] == [("property_code", "other_house")]
    assert (wrong.status_code, right.status_code, Complaint.objects.count()) == (400, 201, 1)


def test_the_same_question_to_a_busy_database_can_be_repeated() -> None:
    busy = _somebody_was_faster()

    response = handle(busy, {})

    assert response is not None
    assert (response.status_code, response.data["code"]) == (503, "try_again")
    assert response.headers["Retry-After"] == "1"


def _somebody_was_faster() -> OperationalError:
    """As each of the three databases says it: recognised by code, because texts are translated."""
    busy = OperationalError(1213, "database is locked")
    cause: Any = sqlite3.OperationalError()
    cause.sqlite_errorcode, cause.sqlstate = 5, "40P01"
    busy.__cause__ = cause
    return busy


def test_what_nobody_expected_is_left_to_the_host() -> None:
    assert handle(ZeroDivisionError(), {}) is None


def test_the_sentence_is_in_the_language_of_the_request(
    caller: Caller, complaint: Complaint, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = problem(caller.client.get(at("complaints"), {"category": "x"}, headers={"Accept-Language": "da"}))

    assert found["code"] == "invalid"
    assert found["errors"][0]["detail"].startswith("Marker en gyldig valgmulighed")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("duty-log", {"property_code": "NOWHERE", "words": "The lift man comes at six"}),
        ("reports", {"property_code": "NOWHERE", "words": "It howls", "channel": "phone"}),
    ],
)
def test_a_house_that_does_not_exist_is_a_slip_of_the_caller(
    quay: House, name: str, body: dict[str, str]
) -> None:
    caller = make_caller("log_duty", "add_contact", "open_complaint")

    response = caller.post(at(name), body)

    assert (response.status_code, problem(response)["code"]) == (404, "property_unknown")
