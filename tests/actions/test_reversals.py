"""Giving redeemed nights back: usable again, for at least ninety days, and once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions, errors
from recovery.actions import Actor
from recovery.choices import EntryKind, LinkPurpose
from recovery.hotel import Stay, StayStatus
from recovery.models import Certificate, Complaint, GuestLink
from tests import factories as make
from tests.factories import House

from . import calls, travel


@pytest.fixture
def certificate(quay: House, complaint: Complaint) -> Certificate:
    return make.make_certificate(house=quay, complaint=complaint)


def _stay(ref: str, arrival: dt.date) -> Stay:
    return Stay(
        ref=ref,
        property_code="QUAY",
        guest=None,
        arrival_on=arrival,
        departure_on=arrival + dt.timedelta(days=2),
        status=StayStatus.BOOKED,
    )


def test_a_night_that_is_given_back_can_be_used_again(quay: House, certificate: Certificate) -> None:
    entry = make.make_entry(house=quay, certificate=certificate)

    back = actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="trip cancelled")

    assert (back.kind, back.nights, back.reverses) == (EntryKind.REVERSE, 1, entry)
    assert make.make_entry(house=quay, certificate=certificate).nights == -1


def test_giving_back_twice_is_refused(quay: House, certificate: Certificate) -> None:
    entry = make.make_entry(house=quay, certificate=certificate)
    actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="trip cancelled")

    before = calls.contents()

    with pytest.raises(errors.AlreadyReversed):
        actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="again")

    assert calls.contents() == before


def test_what_was_not_redeemed_cannot_be_given_back(quay: House, certificate: Certificate) -> None:
    issued = certificate.entries.get(kind=EntryKind.ISSUE)

    with pytest.raises(errors.WrongState):
        actions.reverse_redemption(entry=issued, by=quay.by_manager, reason="x")


def test_nothing_is_given_back_to_a_withdrawn_certificate(quay: House, complaint: Complaint) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, nights=2)
    entry = make.make_entry(house=quay, certificate=certificate)
    actions.void_certificate(certificate=certificate, by=quay.by_manager, reason="issued twice")

    with pytest.raises(errors.CertificateVoid):
        actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="x")


def test_a_night_that_is_given_back_is_good_for_ninety_days(
    quay: House, certificate: Certificate, hotel: Any
) -> None:
    entry = make.make_entry(house=quay, certificate=certificate)
    today = travel.go_to(dt.datetime(2029, 7, 20, 12, tzinfo=travel.BRISTOL)).date()

    actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="trip cancelled")

    certificate.refresh_from_db()
    assert certificate.last_arrival_on == today + dt.timedelta(days=90)
    hotel.put(_stay("SOON", today + dt.timedelta(days=90)))
    assert make.make_entry(house=quay, certificate=certificate, stay_ref="SOON").nights == -1


def test_a_night_that_is_given_back_lives_although_the_rest_expired(
    quay: House, complaint: Complaint, hotel: Any
) -> None:
    certificate = make.make_certificate(house=quay, complaint=complaint, nights=2)
    entry = make.make_entry(house=quay, certificate=certificate)
    now = travel.go_to(dt.datetime(2029, 10, 1, 12, tzinfo=travel.BRISTOL))
    assert actions.expire_due_certificates(by=Actor.system(), now=now) == 1

    actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="we cancelled the stay")

    hotel.put(_stay("SOON", now.date() + dt.timedelta(days=30)))
    certificate.refresh_from_db()
    assert certificate.nights_left == 1
    assert make.make_entry(house=quay, certificate=certificate, stay_ref="SOON").nights == -1


def test_the_guests_link_lives_as_long_as_the_night(quay: House, complaint: Complaint) -> None:
    make.make_apology(house=quay, complaint=complaint)
    entry = make.make_entry(house=quay, certificate=Certificate.objects.get())
    now = travel.go_to(dt.datetime(2029, 7, 20, 12, tzinfo=travel.BRISTOL))

    actions.reverse_redemption(entry=entry, by=quay.by_manager, reason="trip cancelled")

    link = GuestLink.objects.get(purpose=LinkPurpose.CERTIFICATE)
    assert link.works(now=now + dt.timedelta(days=120))
