"""The journey that every host project walks with its own rows. Run by ``drive.py``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save

from recovery import actions
from recovery.actions import links
from recovery.choices import Severity
from recovery.errors import StayCancelled
from recovery.hotel import Capability, MatchReason, StayStatus, get_hotel
from tests.projects import steps
from tests.projects.story import ENTERED, TODAY, LostReservation, rows

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def lost() -> LostReservation:
    """The guest at the desk, among fifty others."""
    rows().make_other_guests(50)
    return rows().make_lost_reservation()


@pytest.fixture
def nobody_may_save(lost: LostReservation) -> Iterator[None]:
    """From here on, saving or deleting a row of the host fails: its side effects are the host's."""

    def refuse(sender: Any, **_: Any) -> None:
        # Groups are what recovery_init makes for the roles; everything else is the host's.
        if sender._meta.app_label != "recovery" and sender._meta.label != "auth.Group":
            raise AssertionError(f"a row of {sender._meta.label} was written")

    signals = (pre_save, post_save, pre_delete, post_delete)
    for signal in signals:
        signal.connect(refuse)
    yield
    for signal in signals:
        signal.disconnect(refuse)


# --- the adapter (recovery.hotel) ----------------------------------------------------------------


def test_the_adapter_has_no_problems() -> None:
    assert list(get_hotel().problems()) == []


@pytest.mark.usefixtures("nobody_may_save")
def test_a_cancelled_stay_is_read_by_its_reference(lost: LostReservation) -> None:
    stay = get_hotel().get_stay(lost.stay_ref)

    assert stay is not None
    assert stay.ref == lost.stay_ref
    assert stay.status is StayStatus.CANCELLED
    assert stay.arrival_on == ENTERED
    assert stay.nights == lost.nights
    assert stay.room == lost.room
    assert stay.property_code == lost.property_code
    assert stay.nightly_rate is not None
    assert stay.currency == "DKK"
    assert stay.guest is not None
    assert (stay.guest.name, stay.guest.email) == (lost.guest_name, lost.guest_email)


@pytest.mark.usefixtures("nobody_may_save")
def test_the_guest_is_read_by_reference(lost: LostReservation) -> None:
    guest = get_hotel().get_guest(lost.guest_ref)

    assert guest is not None
    assert (guest.ref, guest.name) == (lost.guest_ref, lost.guest_name)


@pytest.mark.usefixtures("nobody_may_save")
def test_the_misheard_guest_is_found_a_month_away_although_cancelled(lost: LostReservation) -> None:
    found = get_hotel().find_stays(lost.misheard, TODAY)

    assert found[0].stay.ref == lost.stay_ref
    assert set(found[0].why) == {MatchReason.SIMILAR_NAME, MatchReason.OTHER_MONTH, MatchReason.CANCELLED}


@pytest.mark.usefixtures("nobody_may_save")
def test_who_arrives_today_is_told_and_the_cancelled_guest_is_not(lost: LostReservation) -> None:
    hotel = get_hotel()
    if not hotel.has(Capability.ARRIVALS):
        pytest.skip("this hotel's system does not tell")

    today = hotel.arrivals(lost.property_code, TODAY)

    assert [(stay.property_code, stay.arrival_on) for stay in today] == [(lost.property_code, TODAY)]
    assert today[0].guest is not None
    assert hotel.get_stay(today[0].ref) == today[0]
    assert hotel.arrivals(lost.property_code, ENTERED) == []
    assert hotel.arrivals("nowhere", TODAY) == []


def test_the_house_of_the_stay_is_known_with_its_time_zone(lost: LostReservation) -> None:
    house = get_hotel().get_property(lost.property_code)

    assert house is not None
    assert house in get_hotel().properties()
    assert house.time_zone == "Europe/Copenhagen"
    assert house.currency == "DKK"


@pytest.mark.parametrize("ref", ["", "0", "-1", "nobody", "stay:", "\x00", "1 OR 1=1", "9" * 30, "é" * 5000])
def test_an_unknown_reference_is_none(lost: LostReservation, ref: str) -> None:
    hotel = get_hotel()

    assert hotel.get_stay(ref) is None
    assert hotel.get_guest(ref) is None
    assert hotel.get_property(ref) is None


@pytest.mark.parametrize(
    "words", ["", " ", "\x00\r\n", "' OR 1=1 --", "%", "[", "(((((", "x" * 1_000_000, "\U0001f389"]
)
def test_nonsense_finds_nobody_and_breaks_nothing(lost: LostReservation, words: str) -> None:
    assert get_hotel().find_stays(words, TODAY) == []
    assert get_hotel().find_stays(words) == []


# --- the verbs (recovery.actions): open a complaint for lost.stay_ref, and on from there ---------


@pytest.fixture
def manager(lost: LostReservation) -> actions.Actor:
    return steps.prepare(lost)


@pytest.mark.usefixtures("nobody_may_save")
def test_a_complaint_about_the_stay_keeps_a_snapshot_of_it(
    lost: LostReservation, manager: actions.Actor
) -> None:
    complaint = steps.open_complaint(lost, manager)

    party = complaint.parties.get()
    assert (complaint.stay_ref, complaint.arrival_on) == (lost.stay_ref, ENTERED)
    assert (party.name, party.email, party.guest_ref) == (
        lost.guest_name,
        lost.guest_email,
        lost.guest_ref,
    )
    assert complaint.severity == Severity.GRAVE
    assert complaint.opened_at.tzinfo is not None
    assert complaint.tasks.filter(playbook_key="P01").count() == 16


@pytest.mark.usefixtures("nobody_may_save")
def test_the_apology_with_its_free_night_reaches_the_guest_and_is_redeemed_once(
    lost: LostReservation, manager: actions.Actor
) -> None:
    complaint = steps.open_complaint(lost, manager)

    letter = steps.apologise(lost, complaint, manager)

    assert letter.by_hand is not bool(lost.guest_email)
    certificate = complaint.certificates.get()
    code = links.code_of(certificate)
    # The stay itself is cancelled, so the free night is refused there – and nothing is taken.
    with pytest.raises(StayCancelled):
        actions.redeem_certificate(by=manager, code=code, stay_ref=lost.stay_ref)
    certificate.refresh_from_db()
    assert (certificate.nights_left, certificate.refused_tries) == (1, 1)


@pytest.mark.usefixtures("nobody_may_save")
def test_a_guest_without_an_address_gets_paper_from_a_named_person(
    lost: LostReservation, manager: actions.Actor
) -> None:
    complaint = steps.open_complaint(lost, manager)
    letter = actions.send_written_apology(
        complaint=complaint,
        by=manager,
        words=actions.LetterWords(
            wrong="You had booked with us, and we cancelled it.",
            explanation="We misread a date.",
            repairs=("A room at the inn",),
        ),
        nights=0,
        by_hand=True,
    )

    delivered = actions.record_hand_delivery(letter=steps.read_and_send(letter), by=manager)

    assert delivered.handed_over_by == "Kirsten Lund"
    assert delivered.handed_over_at is not None
    assert delivered.handed_over_at.tzinfo is not None
