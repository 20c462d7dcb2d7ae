"""A word from anywhere joins the open complaint, or opens one; nothing is joined by mistake."""

from __future__ import annotations

import datetime as dt

import pytest

from recovery import actions, errors
from recovery.choices import Category, Channel, ContactKind, Urgency
from recovery.models import Complaint
from recovery.rules.joining import Why
from tests import factories as make
from tests.factories import House
from tests.hotel_double import HOTEL, METTE, METTES

from . import travel

pytestmark = pytest.mark.django_db


def opened(house: House) -> Complaint:
    return make.make_complaint(
        house=house, category=Category.NOISE, summary="The wind in the chimney", stay_ref=make.IN_HOUSE
    )


def test_a_housekeeper_who_knows_only_the_room_joins_it(strand: House) -> None:
    complaint = opened(strand)

    contact = actions.receive_report(
        by=strand.by_desk,
        property_code="STRAND",
        room="1",
        channel=Channel.IN_PERSON,
        words="It still howls.",
    )

    assert contact.complaint == complaint
    complaint.refresh_from_db()
    assert complaint.urgency == Urgency.EMERGENCY


def test_what_the_housekeeper_was_told_earlier_keeps_its_time(strand: House) -> None:
    opened(strand)
    told = travel.now() - dt.timedelta(minutes=15)

    contact = actions.receive_report(
        by=strand.by_desk,
        property_code="STRAND",
        room="1",
        channel=Channel.IN_PERSON,
        words="It howls.",
        told_at=told,
    )

    assert (contact.told_at, contact.at) == (told, travel.now())


def test_a_call_from_the_guests_own_phone_joins_it(strand: House) -> None:
    complaint = opened(strand)

    contact = actions.receive_report(
        by=strand.by_desk, property_code="STRAND", phone="00203128", channel=Channel.PHONE, words="Still."
    )

    assert contact.complaint == complaint


def test_a_phone_that_two_current_stays_have_is_asked_about(strand: House) -> None:
    complaint = opened(strand)
    from dataclasses import replace  # because only this test needs a second stay of hers

    HOTEL.put(replace(METTES, ref="S40119", room="2"))

    found = actions.joinable(property_code="STRAND", phone=METTE.phone)

    assert [(c.complaint, c.why, c.certain) for c in found] == [(complaint, (Why.PHONE,), False)]


def test_a_word_from_nobody_we_know_opens_a_complaint(strand: House) -> None:
    complaint = opened(strand)

    contact = actions.receive_report(
        by=strand.by_desk,
        property_code="STRAND",
        room="7",
        name="Aksel Thygesen",
        channel=Channel.IN_PERSON,
        words="The window does not shut.",
    )

    assert contact.complaint != complaint
    assert contact.complaint.summary == "The window does not shut."
    assert contact.complaint.urgency == Urgency.NORMAL


def test_thanks_that_belong_to_nothing_are_refused_with_what_to_do(strand: House) -> None:
    with pytest.raises(errors.NothingToJoin, match="open one"):
        actions.receive_report(
            by=strand.by_desk,
            property_code="STRAND",
            channel=Channel.PHONE,
            kind=ContactKind.THANKS,
            words="Lovely stay!",
        )

    assert not Complaint.objects.exists()


def test_a_closed_complaint_is_not_joined(strand: House) -> None:
    complaint = opened(strand)
    make.close(house=strand, complaint=complaint)

    assert actions.joinable(property_code="STRAND", room="1") == []


def test_the_same_report_sent_twice_is_one(strand: House) -> None:
    opened(strand)
    once = [
        actions.receive_report(
            by=strand.by_desk,
            property_code="STRAND",
            room="1",
            channel=Channel.QR,
            words="It howls.",
            request_key="qr-1",
        ).pk
        for _ in range(2)
    ]

    assert once[0] == once[1]
