"""What this host sees on its own admin pages, and what its adapter promises. Run by ``drive.py``."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery.testing import AdapterContract, KnownStay
from tests.projects import pages
from tests.projects.story import ENTERED, TODAY

from .adapter import ChainHotel
from .models import Account, Reservation
from .rows import make_guest, make_lost_reservation, make_other_guests, make_stay

pytestmark = pytest.mark.django_db


def test_a_reservation_and_its_guest_show_the_complaint() -> None:
    lost = make_lost_reservation()
    complaint = pages.complain(lost)
    client = pages.browser(email="kirsten@example.com")

    page = pages.page(client, f"/back-office/guest_is_user/reservation/{lost.stay_ref}/change/")
    table = pages.page(client, "/back-office/guest_is_user/account/")

    assert complaint.reference in page
    assert f"/back-office/recovery/complaint/open/?stay={lost.stay_ref}" in page
    assert table.count("1 complaint<") == 1
    assert table.count("1 free night<") == 1


def test_the_finder_shows_the_stays_of_a_guest_who_is_a_user() -> None:
    lost = make_lost_reservation()
    make_other_guests(5)
    client = pages.browser(email="kirsten@example.com")

    page = pages.page(client, f"/back-office/recovery/complaint/find/?guest={lost.guest_ref}")

    assert page.count("Open a complaint for this stay") == 1
    assert f"?stay={lost.stay_ref}" in page


def test_a_list_of_guests_asks_the_same_questions_however_long_it_is() -> None:
    pages.complain(make_lost_reservation())
    client, counts = pages.browser(email="kirsten@example.com"), []
    for count in (2, 30):
        for number in range(count):
            make_guest("Guest", "Of many", f"{count}-{number}@example.com")
        with CaptureQueriesContext(connection) as queries:
            pages.page(client, "/back-office/guest_is_user/account/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_reference_behind_a_relation_is_read_once_for_a_whole_list() -> None:
    class ByMobile(ChainHotel):
        guest_model, guest_ref = "guest_is_user.Account", "profile.mobile"

    for number in range(9):
        make_guest("Guest", "Of many", f"{number}@example.com", mobile=f"+45 {number}")
    rows = list(Account.objects.order_by("pk"))

    with CaptureQueriesContext(connection) as queries:
        refs = ByMobile().refs_of_guests(rows)

    assert refs == [f"+45 {number}" for number in range(9)]
    assert len(queries) == 1


class TestContract(AdapterContract):
    """``recovery.testing`` on an adapter with accounts, profiles and many-to-many rooms."""

    def known_stays(self) -> list[KnownStay]:
        lost = make_lost_reservation()
        row = Reservation.objects.get(pk=lost.stay_ref)
        nobody = make_stay(None, TODAY)
        return [
            KnownStay(
                ref=lost.stay_ref,
                guest_ref=lost.guest_ref,
                name=lost.guest_name,
                email=lost.guest_email,
                phone="+36201234567",
                arrival_on=ENTERED,
                is_cancelled=True,
                row=row,
                guest_row=row.guest,
            ),
            KnownStay(ref=str(nobody.pk), arrival_on=TODAY, row=nobody),
        ]

    def make_more_stays(self, count: int) -> None:
        made = Account.objects.count()
        for number in range(count):
            guest = make_guest("Léa", "Kovács", f"lea{made + number}@example.com")
            make_stay(guest, ENTERED)
