"""A night is used once, however many desks try at the same moment."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from recovery import clock
from recovery.choices import LetterKind, OutboxState
from recovery.models import Certificate, CertificateEntry, Letter, OutboxMessage
from tests.concurrency.conftest import Run
from tests.concurrency.invariants import ledger_problems, request_problems, times_redeemed
from tests.concurrency.stock import codes_of, make_certificates
from tests.factories import House


@pytest.mark.slow
def test_six_desks_redeem_150_certificates_once_each(house: House, run_race: Run) -> None:
    certificates = make_certificates(house, 150)
    codes = codes_of(certificates)

    answers = run_race([("redeem", {"staff": house.desk.pk, "codes": codes})] * 6)

    told = Counter(outcome.split()[0] for desk in answers for outcome in desk)
    assert told == {"ok": 150, "refused": 750}
    assert {o for desk in answers for o in desk if not o.startswith("ok")} == {"refused certificate_used"}
    assert times_redeemed() == {1: 150}
    assert not ledger_problems()
    assert Letter.objects.filter(kind=LetterKind.REDEEMED).count() == 150, "and each guest is told once"


def test_the_last_night_of_several_goes_to_one_of_them(house: House, run_race: Run) -> None:
    (certificate,) = make_certificates(house, 1, nights=3)
    codes = codes_of([certificate]) * 2

    answers = run_race(
        [("redeem", {"staff": house.desk.pk, "codes": codes, "first_stay": 2 * n}) for n in range(6)]
    )

    outcomes = Counter(outcome.split()[0] for desk in answers for outcome in desk)
    assert outcomes == {"ok": 3, "refused": 9}
    certificate.refresh_from_db()
    assert (certificate.nights_left, certificate.refused_tries) == (0, 9)
    assert not ledger_problems()


@pytest.mark.slow
def test_whatever_happens_to_a_certificate_at_once_the_ledger_is_the_balance(
    house: House, run_race: Run
) -> None:
    certificates = make_certificates(house, 8, nights=3, each=2)
    codes = codes_of(certificates)
    # Over since ten days, grace and all: the next sweep expires them, unless a past stay uses them first.
    long_ago = clock.now().date() - dt.timedelta(days=40)
    Certificate.objects.update(last_arrival_on=long_ago)
    fates = (["redeem", "reverse", "redeem"], ["redeem", "redeem"], ["reverse", "void"], ["expire"])

    answers = run_race(
        [
            (
                "fate",
                {
                    "staff": house.manager.pk,
                    "code": code,
                    "certificate": certificate.pk,
                    "does": fates[(number + turn) % len(fates)],
                },
            )
            for turn in range(3)
            for number, (certificate, code) in enumerate(zip(certificates, codes, strict=True))
        ]
    )

    assert not [outcome for one in answers for outcome in one if " error" in outcome]
    assert not ledger_problems()
    assert not request_problems()


def test_one_reversal_of_many_gives_the_night_back_once(house: House, run_race: Run) -> None:
    (certificate,) = make_certificates(house, 1)
    code = codes_of([certificate])[0]
    given = {"staff": house.manager.pk, "code": code, "certificate": certificate.pk}
    run_race([("fate", {**given, "does": ["redeem"]})])

    answers = run_race([("fate", {**given, "does": ["reverse"]})] * 6)

    outcomes = Counter(" ".join(one[0].split()[1:3]) for one in answers)
    assert sum(n for told, n in outcomes.items() if told.startswith("ok")) == 1
    assert outcomes["refused already_reversed"] == 5
    certificate.refresh_from_db()
    assert certificate.nights_left == 1
    assert CertificateEntry.objects.filter(certificate=certificate).count() == 3
    assert OutboxMessage.objects.filter(state=OutboxState.CANCELLED).count() == 1, "the news is taken back"


def test_a_stay_is_never_covered_by_more_nights_than_it_has(house: House, run_race: Run) -> None:
    """Six certificates of six complaints for one stay of two nights: four keep their night."""
    certificates = make_certificates(house, 6, each=1)

    answers = run_race(
        [("redeem", {"staff": house.desk.pk, "codes": [code]}) for code in codes_of(certificates)]
    )

    outcomes = Counter(one[0].split()[0] for one in answers)
    assert outcomes == {"ok": 2, "refused": 4}, answers
    assert times_redeemed() == {0: 4, 1: 2}
    assert not ledger_problems()
