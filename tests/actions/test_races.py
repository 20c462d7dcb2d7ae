"""Two at the same moment: what one lock a complaint does not cover."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection

from recovery.choices import Category, Layer, RemedyKey
from recovery.errors import AboveAuthority
from recovery.models import Compensation
from tests import factories as make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def at_once(works: list[Callable[[], object]]) -> list[BaseException | None]:
    """Run them in threads that start together; what each ended with."""
    start = threading.Barrier(len(works))
    ends: list[BaseException | None] = [None] * len(works)

    def run(number: int) -> None:
        start.wait(timeout=10)
        try:
            works[number]()
        except BaseException as error:
            ends[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_gifts_on_many_complaints_at_one_moment_stay_within_the_day(transactional_db: None) -> None:
    house = make.make_house(reference_rate=Decimal(172))
    # Of no stay: a second complaint in one stay is an Emergency, in which the desk may give more.
    complaints = [
        make.make_complaint(house=house, category=Category.NOISE, stay_ref="", property_code=house.code)
        for _ in range(6)
    ]

    def give(number: int) -> Callable[[], object]:
        return lambda: make.make_compensation(
            house=house,
            complaint=complaints[number],
            by=house.by_desk,
            remedy=RemedyKey.AMENITY,
            layer=Layer.GOODWILL,
            face=Decimal(40),
        )

    ends = at_once([give(number) for number in range(6)])

    given = sum(Compensation.objects.values_list("face", flat=True))
    assert given == 80  # half of 172 pounds is 86
    assert sum(isinstance(end, AboveAuthority) for end in ends) == 4
    assert sum(end is None for end in ends) == 2


def test_the_same_certificate_at_two_desks_is_used_once(transactional_db: None) -> None:
    house = make.make_house()
    certificate = make.make_certificate(house=house, complaint=make.make_complaint(house=house), send=False)

    ends = at_once([lambda: make.make_entry(house=house, certificate=certificate)] * 6)

    certificate.refresh_from_db()
    assert (certificate.nights_left, certificate.refused_tries) == (0, 5)
    assert sum(end is None for end in ends) == 1


def test_two_clicks_of_one_button_are_one_letter(transactional_db: None) -> None:
    house = make.make_house()
    complaint = make.make_complaint(house=house, category=Category.WIFI)
    answers: list[int] = []

    def press() -> None:
        answers.append(make.make_apology(house=house, complaint=complaint, request_key="form-1").pk)

    ends = at_once([press] * 6)

    assert ends == [None] * 6
    assert len(set(answers)) == 1
    assert complaint.letters.count() == complaint.certificates.count() == 1
