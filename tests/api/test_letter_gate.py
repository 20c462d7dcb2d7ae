"""What stops a letter over HTTP: every finding as data, and a reason with a name behind it."""

from __future__ import annotations

import pytest

from recovery.choices import Category
from recovery.models import Complaint, Letter, Override
from tests import factories as make
from tests.factories import House

from .asking import Caller, at, problem

WORDS = {
    "wrong": make.WORDS.wrong,
    "explanation": "This was entirely the laundry contractor's fault.",
    "repairs": list(make.WORDS.repairs),
    "changes": make.WORDS.changes,
}


@pytest.fixture
def wifi(quay: House) -> Complaint:
    return make.make_complaint(house=quay, category=Category.WIFI)


def test_findings_are_data_and_set_aside_answers_for_them(caller: Caller, wifi: Complaint) -> None:
    url = at("complaint-apology", reference=wifi.reference)
    body = {"words": WORDS, "nights": 0}

    refused = problem(caller.post(url, body))

    assert (refused["status"], refused["code"]) == (409, "letter_blocked")
    (found,) = refused["params"]["findings"]
    assert (found["code"], found["severity"]) == ("BLAME_SUPPLIER", "block")
    assert found["better"]
    assert not Letter.objects.exists()

    aside = {"codes": [found["code"]], "reason": "the guest asked for the name"}
    answer = caller.post(url, {**body, "set_aside": aside})

    assert answer.status_code == 201
    assert Override.objects.get().rule == "BLAME_SUPPLIER"


def test_a_grave_one_comes_back_as_a_draft(caller: Caller, quay: House) -> None:
    complaint = make.make_complaint(house=quay)
    body = {"words": {**WORDS, "explanation": make.WORDS.explanation}, "nights": 0}

    answer = caller.post(at("complaint-apology", reference=complaint.reference), body)

    assert (answer.status_code, answer.json()["state"]) == (201, "draft")
    url = at("letter-release", letter=answer.json()["id"])
    assert problem(caller.post(url, {"self_checked": True}))["code"] == "self_check_too_soon"
