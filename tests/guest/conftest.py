"""What the tests of the guest pages share: a still clock, and a guest with all three links."""

from __future__ import annotations

import pytest

from recovery.choices import Channel
from recovery.models import Certificate, Complaint
from tests.actions.travel import _hotel_clock  # noqa: F401 because it is a fixture
from tests.factories import House, make_apology, make_complaint, make_house


@pytest.fixture
def quay(db: None) -> House:
    """The hotel in Bristol, for guests who read English."""
    return make_house()


@pytest.fixture
def strand(db: None) -> House:
    """The small house in Skagen, for guests who read Danish."""
    return make_house(code="STRAND")


@pytest.fixture
def complaint(quay: House) -> Complaint:
    """Daniel wrote, got a receipt, and then the letter with two nights inside."""
    return _written_to(quay)


@pytest.fixture
def danish(strand: House) -> Complaint:
    """The same for Mette."""
    return _written_to(strand)


@pytest.fixture
def certificate(complaint: Complaint) -> Certificate:
    return complaint.certificates.get()


def _written_to(house: House) -> Complaint:
    complaint = make_complaint(house=house, channel=Channel.WEB)
    make_apology(house=house, complaint=complaint, nights=2)
    return complaint
