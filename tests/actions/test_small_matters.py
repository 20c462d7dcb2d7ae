"""Log and done: one save for what is small and over, and nothing that is not."""

from __future__ import annotations

from typing import Any

import pytest

from recovery import actions
from recovery.actions import GuestInput
from recovery.choices import ApologyPart, Category, Severity
from recovery.errors import NotASmallMatter, TextMissing
from recovery.models import Complaint, OutboxMessage, Task
from tests import factories as make
from tests.factories import House

from . import calls, travel


def log(house: House, **given: Any) -> Complaint:
    values: dict[str, Any] = {
        "what": "No towels in the bathroom",
        "done": "Brought three at once",
        "content": True,
        "stay_ref": make.LOST,
    } | given
    return actions.log_and_done(by=house.by_desk, **values)


def test_one_save_is_a_whole_complaint(quay: House) -> None:
    complaint = Complaint.objects.get(pk=log(quay).pk)

    assert complaint.closed_at == complaint.opened_at == travel.now()
    assert complaint.owner == quay.desk
    assert (complaint.restatement, complaint.solution) == (
        "No towels in the bathroom",
        "Brought three at once",
    )
    assert all(lamp.is_on for lamp in complaint.lamps)
    assert list(Complaint.objects.first_contact_resolved()) == [complaint]


def test_nobody_is_rung_and_nothing_is_left_to_do(quay: House) -> None:
    log(quay, channel="email")

    assert not Task.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_spoken_apology_is_kept_as_one(quay: House) -> None:
    complaint = log(
        quay, category=Category.SLOW_SERVICE, apology=[ApologyPart.REGRET, ApologyPart.RESPONSIBILITY]
    )

    assert complaint.apologies.get().by == quay.desk.name
    assert complaint.no_apology_reason == ""


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"content": False}, "not content"),
        ({"severity": Severity.TOUCHED}, "graver"),
        ({"category": Category.NOISE}, "graver"),
        ({"category": Category.LOST_RESERVATION, "severity": Severity.IRRITATION}, "graver"),
        ({"category": Category.PRIVACY, "severity": Severity.IRRITATION}, "harmed"),
    ],
)
def test_what_is_not_small_is_refused_and_nothing_is_written(
    quay: House, given: dict[str, Any], why: str
) -> None:
    before = calls.contents()

    with pytest.raises(NotASmallMatter) as refusal:
        log(quay, **given)

    assert why in refusal.value.sentence
    assert calls.contents() == before


def test_noise_that_only_irritated_may_be_logged(quay: House) -> None:
    assert log(quay, category=Category.NOISE, severity=Severity.IMPAIRED).closed_at


@pytest.mark.parametrize("is_closed", [True, False])
def test_a_second_complaint_in_the_same_stay_is_never_small(quay: House, is_closed: bool) -> None:
    first = make.make_complaint(house=quay, category=Category.WIFI)
    if is_closed:
        make.close(house=quay, complaint=first)
    before = calls.contents()

    with pytest.raises(NotASmallMatter):
        log(quay)

    assert calls.contents() == before


def test_two_small_matters_in_one_stay_are_no_small_matter(quay: House) -> None:
    log(quay)

    with pytest.raises(NotASmallMatter):
        log(quay, what="No soap", done="Brought soap")


def test_a_guest_who_rings_again_without_a_stay_is_known_by_the_phone(quay: House) -> None:
    guest = GuestInput(name="Wilma Small", phone="+44 7700 900377")
    actions.open_complaint(
        by=quay.by_desk,
        category=Category.WIFI,
        channel="phone",
        summary="No Wi-Fi",
        property_code="QUAY",
        guest=guest,
    )

    with pytest.raises(NotASmallMatter):
        log(quay, stay_ref="", property_code="QUAY", guest=guest)


def test_the_same_key_logs_it_once(quay: House) -> None:
    assert log(quay, request_key="k") == log(quay, request_key="k")
    assert Complaint.objects.count() == 1


def test_what_was_done_must_be_said(quay: House) -> None:
    with pytest.raises(TextMissing):
        log(quay, done="  ")


def test_a_small_matter_can_be_opened_again(quay: House) -> None:
    complaint = log(quay)
    actions.reopen(complaint=complaint, by=quay.by_manager, reason="no towels again")

    assert not Complaint.objects.first_contact_resolved().exists()
