"""Codes come in and never go out; looking and guessing are one refusal; nights are used once."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from recovery.actions.links import code_of
from recovery.choices import LinkPurpose
from recovery.models import Certificate, Complaint
from recovery.models.permissions import VERB_PERMISSIONS
from tests import factories as make
from tests.actions import calls
from tests.factories import House

from .asking import Caller, at, make_caller, problem

EVERYTHING = [name for name, _label in VERB_PERMISSIONS]


@pytest.fixture
def certificate(quay: House, complaint: Complaint) -> Certificate:
    return make.make_certificate(house=quay, complaint=complaint, nights=2)


@pytest.fixture
def in_skagen(strand: House, hotel: Any) -> Caller:
    """A colleague of the other house."""
    hotel.access = {"visitor": frozenset({"QUAY"}), "kirsten": frozenset({"STRAND"})}
    return make_caller(*EVERYTHING, username="kirsten", houses=("STRAND",))


def test_a_code_is_looked_at_without_using_it(caller: Caller, certificate: Certificate) -> None:
    before = calls.contents()

    response = caller.client.post(
        at("verification"), {"code": code_of(certificate).lower()}, content_type="application/json"
    )

    assert response.status_code == 200
    assert response.json() == {
        "uuid": str(certificate.uuid),
        "last_four": certificate.last_four,
        "state": "valid",
        "property_code": "QUAY",
        "houses": [],
        "nights": 2,
        "nights_left": 2,
        "valid_from_on": "2027-07-17",
        "last_arrival_on": certificate.last_arrival_on.isoformat(),
        "transferable": True,
        "tax_included": True,
        "breakfast_included": True,
    }
    assert calls.contents() == before


@pytest.mark.parametrize("address", ["verification", "redemptions"])
def test_unknown_mistyped_and_not_visible_are_one_refusal(
    caller: Caller, quay: House, in_skagen: Caller, complaint: Complaint, address: str
) -> None:
    elsewhere = make.make_certificate(house=quay, complaint=complaint, houses_valid=("QUAY",))
    code = code_of(elsewhere)
    mistyped = ("1" if code[0] != "1" else "2") + code[1:]
    unknown = "0000-0000-0000"
    stay = {"stay_ref": make.IN_HOUSE} if address == "redemptions" else {}
    before = calls.contents()

    answers = [in_skagen.post(at(address), {"code": each} | stay) for each in (code, mistyped, unknown, "x")]

    assert {a.status_code for a in answers} == {404}
    assert len({a.content for a in answers}) == 1
    assert problem(answers[0])["code"] == "certificate_not_found"
    assert calls.contents() == before


def test_a_refused_try_is_logged_without_the_code(
    caller: Caller, in_skagen: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        in_skagen.post(at("verification"), {"code": "0000-0000-0000"})

    assert "refused certificate try by api_client:" in caplog.text
    assert "0000-0000" not in caplog.text


def test_a_token_of_the_qr_will_do(caller: Caller, quay: House, complaint: Complaint) -> None:
    from recovery.actions.links import url_of

    make.make_apology(house=quay, complaint=complaint)
    token = url_of(make.make_link(complaint=complaint, purpose=LinkPurpose.CERTIFICATE)).split("/")[-2]

    response = caller.post(at("verification"), {"token": token})

    assert (response.status_code, response.json()["state"]) == (200, "valid")
    assert token.encode() not in response.content


def test_neither_code_nor_token_is_said(caller: Caller) -> None:
    assert problem(caller.post(at("verification"), {}))["code"] == "text_missing"


def test_without_the_permission_to_redeem_nothing_can_be_guessed(
    quay: House, certificate: Certificate
) -> None:
    desk = make_caller("open_complaint")

    response = desk.post(at("verification"), {"code": code_of(certificate)})

    assert (response.status_code, problem(response)["code"]) == (403, "not_allowed")


def test_a_desk_that_only_redeems_needs_no_other_permission(quay: House, certificate: Certificate) -> None:
    desk = make_caller("redeem_certificate", look=False)
    body = {"code": code_of(certificate), "stay_ref": make.RETURN}

    first = desk.post(at("redemptions"), body)
    second = desk.post(at("redemptions"), body | {"nights": 2})

    assert (first.status_code, first.json()["nights"], first.json()["nights_left"]) == (201, -1, 1)
    assert (second.status_code, problem(second)["code"]) == (409, "too_few_nights")


def test_a_used_certificate_is_refused_a_second_time(caller: Caller, certificate: Certificate) -> None:
    body = {"code": code_of(certificate), "stay_ref": make.RETURN, "nights": 2}

    first = caller.post(at("redemptions"), body)
    second = caller.post(at("redemptions"), body)

    assert first.status_code == 201
    assert (second.status_code, problem(second)["code"]) == (409, "certificate_used")
    assert caller.get(at("certificate", certificate=certificate.uuid)).json()["refused_tries"] == 1


def test_another_house_redeems_it_and_learns_no_name(certificate: Certificate, in_skagen: Caller) -> None:
    body = {"code": code_of(certificate), "stay_ref": make.SECOND_RETURN}

    looked = in_skagen.post(at("verification"), {"code": body["code"]})
    redeemed = in_skagen.post(at("redemptions"), body)
    page = in_skagen.get(at("certificate", certificate=certificate.uuid))

    assert (looked.status_code, redeemed.status_code, page.status_code) == (200, 201, 404)
    assert all(b"Whitfield" not in answer.content for answer in (looked, redeemed, page))


def test_nights_are_given_back_once(caller: Caller, quay: House, certificate: Certificate) -> None:
    entry = make.make_entry(house=quay, certificate=certificate)
    path = at("redemption-reversal", entry=entry.pk)

    first = caller.post(path, {"reason": "trip cancelled"})
    second = caller.post(path, {"reason": "trip cancelled"})

    assert (first.status_code, first.json()["nights_left"], first.json()["reverses"]) == (201, 2, entry.pk)
    assert (second.status_code, problem(second)["code"]) == (409, "already_reversed")


def test_a_withdrawn_certificate_says_so_to_whoever_may_see_it(
    caller: Caller, certificate: Certificate
) -> None:
    caller.post(at("certificate-void", certificate=certificate.uuid), {"reason": "issued twice"})

    looked = caller.post(at("verification"), {"code": code_of(certificate)})
    refused = caller.post(at("redemptions"), {"code": code_of(certificate), "stay_ref": make.RETURN})

    assert looked.json()["state"] == "void"
    assert (refused.status_code, problem(refused)["code"]) == (409, "certificate_void")


def test_no_answer_of_any_address_holds_the_live_code(
    caller: Caller, quay: House, complaint: Complaint, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        issued = caller.post(
            at("complaint-certificates", reference=complaint.reference), {"nights": 2, "why": make.WHY}
        )
        certificate = Certificate.objects.get()
        code, uuid = code_of(certificate), certificate.uuid
        entry = caller.post(at("redemptions"), {"code": code, "stay_ref": make.RETURN})
        answers = [
            issued,
            entry,
            caller.post(at("verification"), {"code": code}),
            caller.post(at("redemption-reversal", entry=entry.json()["id"]), {"reason": "cancelled"}),
            caller.post(at("redemptions"), {"code": code, "stay_ref": make.RETURN, "nights": 14}),
            caller.post(at("certificate-void", certificate=uuid), {"reason": "issued twice"}),
            caller.post(at("redemptions"), {"code": code, "stay_ref": make.RETURN}),
            caller.get(at("certificate", certificate=uuid)),
            *(caller.get(at(name)) for name in ("letters", "certificates", "tasks", "compensations")),
            *(
                caller.get(at(f"complaint-{part}", reference=complaint.reference))
                for part in ("timeline", "letters", "certificates", "contacts")
            ),
        ]

    told = b"".join(a.content + str(dict(a.headers)).encode() for a in answers)
    for form in (code, code.replace("-", ""), code.lower()):
        assert form.encode() not in told
        assert form not in caplog.text
