"""What is special about this host. Run by ``drive.py``."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recovery import errors
from recovery.hotel import StayStatus, get_hotel
from recovery.testing import AdapterContract, KnownStay
from tests.projects import pages
from tests.projects.story import ENTERED, TODAY

from .adapter import BareHotel
from .models import Booking, Room
from .rows import make_lost_reservation, make_other_guests, make_stay

pytestmark = pytest.mark.django_db


def test_the_hosts_own_manager_hides_what_the_adapter_finds() -> None:
    lost = make_lost_reservation()

    assert not Booking.objects.filter(pk=lost.stay_ref).exists()
    assert get_hotel().get_stay(lost.stay_ref) is not None


def test_a_soft_deleted_stay_counts_as_cancelled() -> None:
    stay = make_stay("Ole Dam", TODAY, removed_at=timezone.now())

    found = get_hotel().get_stay(str(stay.pk))

    assert found is not None
    assert found.status is StayStatus.CANCELLED


def test_a_key_may_be_written_without_hyphens_or_in_capitals() -> None:
    stay = make_stay("Ole Dam", TODAY)

    for written in (stay.pk.hex, str(stay.pk).upper()):
        found = get_hotel().get_stay(written)
        assert found is not None
        assert found.ref == str(stay.pk)


@pytest.mark.parametrize(
    "written",
    ["2026-07-11", "20260711", "2026/07/11", "2026.07.11", "11.7.2026", "11.07.2026", " 2026-07-11 ",
     "2026-07-11T15:00:00", "2026-07-10T23:30Z", "20260711T150000"],
)  # fmt: skip
def test_a_stay_arrives_on_the_day_that_somebody_wrote_by_hand(written: str) -> None:
    stay = make_stay("Ole Dam", written)
    for other in ("2026-07-10", "12.7.2026", "11.17.2026", "tomorrow", ""):
        make_stay("Guest Other", other)
    make_stay("Guest Gone", written, removed_at=timezone.now())
    make_stay("Guest Cancelled", written, status="Annulleret")
    make_stay("Guest South", written, hotel="S")

    assert [found.ref for found in get_hotel().arrivals("N", TODAY)] == [str(stay.pk)]


def test_who_arrives_by_a_text_is_asked_in_one_question() -> None:
    make_other_guests(50)

    with CaptureQueriesContext(connection) as queries:
        assert len(get_hotel().arrivals("N", TODAY)) == 1

    assert len(queries) == 1  # these houses are a list


def test_a_total_becomes_a_price_for_a_night() -> None:
    stay = get_hotel().get_stay(str(make_stay("Ole Dam", TODAY, nights=3, total=1000).pk))

    assert stay is not None
    assert stay.nightly_rate == Decimal("333.33")


@pytest.mark.parametrize("written", ["tomorrow", "03/04/2026", "", "2026-02-30", "20260711x"])
def test_a_date_that_is_none_or_two_is_no_date(written: str) -> None:
    stay = get_hotel().get_stay(str(make_stay("Ole Dam", written).pk))

    assert stay is not None
    assert (stay.arrival_on, stay.departure_on, stay.nights) == (None, None, None)


def test_a_stay_without_a_room_has_no_room() -> None:
    stay = get_hotel().get_stay(str(make_stay("Ole Dam", TODAY).pk))

    assert stay is not None
    assert (stay.room, stay.room_type) == ("", "")


@pytest.mark.parametrize(
    "column", ["nobody", "ole@", "a@b@c", "x" * 400 + "@example.com", "a@example.com\nBcc: b@c.d", None]
)
def test_what_is_no_address_is_no_address(column: str | None) -> None:
    stay = get_hotel().get_stay(str(make_stay("Ole Dam", TODAY, guest_email=column).pk))

    assert stay is not None
    assert stay.guest is not None
    assert stay.guest.email == ""


def test_a_booking_with_nothing_about_the_guest_has_no_guest() -> None:
    stay = make_stay("  ", TODAY)
    found = get_hotel().get_stay(str(stay.pk))

    assert found is not None
    assert found.guest is None
    assert get_hotel().get_guest(f"stay:{stay.pk}") is None


def test_a_path_that_ends_at_a_record_is_refused_without_printing_it() -> None:
    class Careless(BareHotel):
        room = "held_room"

    stay = make_stay("Ole Dam", TODAY, room=Room.objects.create(label="1"))

    with pytest.raises(errors.BadHotel, match="got a Room"):
        Careless().get_stay(str(stay.pk))


def test_a_search_reads_rooms_with_the_stays() -> None:
    make_lost_reservation()
    make_other_guests(40)

    with CaptureQueriesContext(connection) as queries:
        found = get_hotel().find_stays("Guest", TODAY)

    assert len(found) == 20
    assert len(queries) == 1  # the newest: a date in a text column cannot be compared


def test_a_stay_of_a_crowded_table_is_found_by_a_piece_of_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = make_lost_reservation()
    make_other_guests(20)
    monkeypatch.setattr("recovery.hotel.model_search.MOST_CANDIDATES", 10)

    for words in (lost.misheard, "0701234567", "jurgen@example.com", "åkesson", "AKESSON", lost.stay_ref):
        assert [m.stay.ref for m in get_hotel().find_stays(words, TODAY)] == [lost.stay_ref], words


def test_a_name_of_a_megabyte_is_read_in_no_time() -> None:
    stay = make_stay("é\u0301" * 500_000, TODAY + dt.timedelta(days=1))

    found = get_hotel().get_stay(str(stay.pk))

    assert found is not None
    assert found.guest is not None
    assert len(found.guest.name) == 160


# --- the host's own admin ----------------------------------------------------------------------------


def test_a_booking_with_a_uuid_shows_its_complaint_and_leads_to_the_form() -> None:
    lost = make_lost_reservation()
    complaint = pages.complain(lost)
    client = pages.browser(username="kirsten")

    page = pages.page(client, f"/verwaltung/bare_fields/booking/{lost.stay_ref}/change/")
    form = f"/verwaltung/recovery/complaint/open/?stay={lost.stay_ref}"

    assert complaint.reference in page
    assert complaint.certificates.get().last_four in page
    assert f'href="{form}"' in page
    assert lost.guest_name in pages.page(client, form)


def test_the_list_marks_cancelled_bookings_too() -> None:
    pages.complain(make_lost_reservation())
    make_other_guests(5)

    page = pages.page(pages.browser(username="kirsten"), "/verwaltung/bare_fields/booking/")

    assert page.count("1 complaint<") == 1
    assert page.count("1 free night<") == 1


def test_a_guest_without_a_row_is_known_by_the_booking() -> None:
    lost = make_lost_reservation()
    row = Booking._base_manager.get(pk=lost.stay_ref)

    assert get_hotel().ref_of_guest(row) == lost.guest_ref == f"stay:{lost.stay_ref}"
    assert get_hotel().refs_of_stays([row, row.room, "x", None]) == [lost.stay_ref, None, None, None]


class TestContract(AdapterContract):
    """``recovery.testing`` on an adapter whose guests are columns and whose dates are texts."""

    def known_stays(self) -> list[KnownStay]:
        lost = make_lost_reservation()
        row = Booking._base_manager.get(pk=lost.stay_ref)
        bare = make_stay("Ole Dam", TODAY)
        return [
            KnownStay(
                ref=lost.stay_ref,
                guest_ref=lost.guest_ref,
                name=lost.guest_name,
                email=lost.guest_email,
                arrival_on=ENTERED,
                is_cancelled=True,
                row=row,
                guest_row=row,
            ),
            KnownStay(ref=str(bare.pk), name="Ole Dam", arrival_on=TODAY, row=bare),
        ]

    def make_more_stays(self, count: int) -> None:
        make_other_guests(count)
