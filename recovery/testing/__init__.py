"""Help for a host's own tests. Public, typed, and imported by nothing that runs in production.

.. code-block:: python

    from recovery.testing import assert_letter_sent, make_apology, make_complaint, run_due

    def test_the_guest_gets_the_apology(db):
        complaint = make_complaint(stay_ref=booking.number)
        make_apology(complaint=complaint)
        run_due()
        assert_letter_sent(kind="apology_letter", to="daniel@example.com")

pytest fixtures are in ``recovery.testing.fixtures``; nothing here needs pytest.
"""

from __future__ import annotations

from .clock import HotelClock, hotel_clock
from .contract import AdapterContract
from .due import Delivery, Ran, run_due
from .factories import (
    House,
    allow,
    code_of,
    make_apology,
    make_certificate,
    make_complaint,
    make_house,
    make_letter,
    make_redemption,
    make_staff,
)
from .hotels import use_hotel
from .known import KnownStay
from .letters import assert_letter_sent, assert_no_letter_sent

__all__ = [
    "AdapterContract",
    "Delivery",
    "HotelClock",
    "House",
    "KnownStay",
    "Ran",
    "allow",
    "assert_letter_sent",
    "assert_no_letter_sent",
    "code_of",
    "hotel_clock",
    "make_apology",
    "make_certificate",
    "make_complaint",
    "make_house",
    "make_letter",
    "make_redemption",
    "make_staff",
    "run_due",
    "use_hotel",
]
