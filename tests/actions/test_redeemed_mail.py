"""The mail about a redeemed night: until when it can be cancelled, and who signs it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery.choices import LetterKind
from recovery.hotel import Stay
from recovery.models import Certificate, Complaint, Letter, StaffMember
from tests import factories as make
from tests.factories import House

from . import travel


@pytest.fixture
def certificate(quay: House, complaint: Complaint) -> Certificate:
    """One free night inside a letter that the general manager signed."""
    letter = make.make_apology(house=quay, complaint=complaint)
    assert letter.certificate is not None
    return letter.certificate


def mail_about(house: House, certificate: Certificate, **given: Any) -> Letter:
    make.make_entry(house=house, certificate=certificate, **given)
    return Letter.objects.get(certificate=certificate, kind=LetterKind.REDEEMED)


@pytest.mark.parametrize(("in_days", "is_told"), [(9, True), (0, True), (-1, False), (None, False)])
def test_the_guest_learns_until_when_the_stay_can_be_cancelled(
    quay: House, certificate: Certificate, hotel: Any, in_days: int | None, is_told: bool
) -> None:
    today = travel.now().date()
    arrival = today + dt.timedelta(days=12)
    until = None if in_days is None else today + dt.timedelta(days=in_days)
    hotel.put(
        Stay(
            ref="NEXT",
            property_code="QUAY",
            guest=None,
            arrival_on=arrival,
            departure_on=arrival + dt.timedelta(days=2),
            cancel_until=until,
        )
    )

    text = mail_about(quay, certificate, stay_ref="NEXT").text

    assert ("You can cancel by:" in text) is is_told
    assert ("Should your plans change" in text) is is_told


def test_it_comes_from_the_person_who_wrote_last(quay: House, certificate: Certificate) -> None:
    letter = mail_about(quay, certificate)

    assert letter.signatory == quay.general_manager != certificate.complaint.owner
    assert "Until now" not in letter.text


def test_whoever_has_left_signs_no_more(quay: House, certificate: Certificate) -> None:
    StaffMember.objects.filter(pk=quay.general_manager.pk).update(active_until=dt.date(2027, 7, 1))

    assert mail_about(quay, certificate).signatory == certificate.complaint.owner
