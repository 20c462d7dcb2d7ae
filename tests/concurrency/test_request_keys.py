"""Twenty posts of one form are one effect, and all twenty get the same answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from recovery.choices import LetterKind
from recovery.models import Certificate, CertificateEntry, Complaint, Letter, RequestKey
from tests.concurrency.conftest import Run
from tests.concurrency.invariants import ledger_problems, request_problems
from tests.concurrency.stock import codes_of, make_certificates, make_complaints
from tests.factories import House

KEY = "0b7c6d0e-form"


def opening(house: House) -> tuple[str, dict[str, Any], Callable[[], int]]:
    return "open_complaint", {}, Complaint.objects.count


def issuing(house: House) -> tuple[str, dict[str, Any], Callable[[], int]]:
    (complaint,) = make_complaints(house, 1)
    return "issue", {"complaint": complaint.pk}, Certificate.objects.count


def redeeming(house: House) -> tuple[str, dict[str, Any], Callable[[], int]]:
    certificates = make_certificates(house, 1, nights=3)
    taken = CertificateEntry.objects.filter(kind="redeem").count
    return "redeem", {"codes": codes_of(certificates)}, taken


@pytest.mark.parametrize("prepare", [opening, issuing, redeeming])
def test_twenty_posts_with_one_key_are_one_effect_and_one_answer(
    house: House, run_race: Run, prepare: Callable[..., Any]
) -> None:
    job, given, count = prepare(house)
    given |= {"staff": house.general_manager.pk, "request_key": KEY}

    answers = run_race([(job, given)] * 20)

    assert count() == 1
    told = {outcome for one in answers for outcome in one}
    assert len(told) == 1, told
    assert told.pop().startswith("ok ")
    assert RequestKey.objects.exclude(verb="").filter(answer_pk="").count() == 0
    assert not ledger_problems()


def test_one_key_with_other_input_is_refused_to_all_but_the_first(house: House, run_race: Run) -> None:
    given = {"staff": house.desk.pk, "request_key": KEY}

    answers = run_race([("open_complaint", {**given, "summary": f"No room {n % 2}"}) for n in range(10)])

    outcomes = [outcome for one in answers for outcome in one]
    assert Complaint.objects.count() == 1
    assert sorted({" ".join(o.split()[:1]) for o in outcomes}) == ["ok", "refused"]
    assert outcomes.count("refused request_key_reused") == 5
    assert len(set(outcomes)) == 2
    assert not request_problems()


def test_one_certificate_is_issued_however_many_ask_without_a_key(house: House, run_race: Run) -> None:
    (complaint,) = make_complaints(house, 1)
    given = {"staff": house.general_manager.pk, "complaint": complaint.pk, "request_key": ""}

    answers = run_race([("issue", given)] * 6)

    outcomes = sorted(outcome.split()[0] for one in answers for outcome in one)
    assert outcomes == ["ok"] + ["refused"] * 5
    assert Certificate.objects.count() == 1
    assert Letter.objects.filter(kind=LetterKind.CERTIFICATE).count() == 1
