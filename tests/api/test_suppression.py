"""A marketing system asks whether a guest is to be left alone, and learns nothing else."""

from __future__ import annotations

import pytest

from recovery.choices import Category
from tests import factories as make
from tests.factories import House

from .asking import Caller, at, make_caller, problem


@pytest.fixture
def marketing(quay: House) -> Caller:
    return make_caller("view_suppression", username="marketing", look=False)


def test_it_says_whether_and_until_when(quay: House, marketing: Caller) -> None:
    complaint = make.make_complaint(house=quay, category=Category.WIFI)
    ref = complaint.parties.get().guest_ref

    assert marketing.get(f"{at('guest-suppression')}?guest_ref={ref}").json() == {
        "guest_ref": ref,
        "suppressed": True,
        "until": None,
    }

    make.close(house=quay, complaint=complaint)
    told = marketing.get(f"{at('guest-suppression')}?guest_ref={ref}").json()
    assert told["suppressed"] is True
    assert told["until"].endswith("Z")


def test_a_guest_whom_nobody_knows_may_be_written_to(marketing: Caller) -> None:
    told = marketing.get(f"{at('guest-suppression')}?guest_ref=nobody").json()

    assert told == {"guest_ref": "nobody", "suppressed": False, "until": None}


@pytest.mark.parametrize("query", ["", "guest_ref=", f"guest_ref={'x' * 65}", "guest_ref=a&also=b"])
def test_a_question_that_cannot_be_meant_is_refused(marketing: Caller, query: str) -> None:
    response = marketing.get(f"{at('guest-suppression')}?{query}")

    assert problem(response)["code"] == "invalid"


def test_who_may_ask_this_sees_no_complaint_and_the_other_way_round(quay: House, marketing: Caller) -> None:
    desk = make_caller("close", username="desk")

    assert marketing.get(at("complaints")).status_code == 403
    assert desk.get(f"{at('guest-suppression')}?guest_ref=x").status_code == 403


def test_it_is_a_question_and_nothing_else(marketing: Caller) -> None:
    assert marketing.post(at("guest-suppression"), {"guest_ref": "x"}).status_code == 405
