"""Who the guest is: from the hotel's system, from the desk, and corrected later."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from recovery import actions, errors
from recovery.actions import Actor, GuestInput
from recovery.choices import AddressClass, Channel, PartyRole, Role
from recovery.hotel import Guest, Stay, StayStatus
from recovery.models import Complaint, Party
from tests import factories as make
from tests.factories import House

from . import calls, travel


def relink(house: House, complaint: Complaint, **typed: Any) -> Party:
    return actions.relink_guest(
        complaint=complaint, by=house.by_desk, guest=GuestInput(**typed), reason="corrected"
    )


def test_the_guest_is_copied_from_the_hotels_system(complaint: Complaint) -> None:
    party = complaint.parties.get()

    assert (party.role, party.name, party.first_name, party.guest_ref) == (
        PartyRole.SLEEPER,
        "Daniel Whitfield",
        "Daniel",
        "1",
    )
    assert (party.email, party.address_class) == ("daniel.whitfield@example.com", AddressClass.OWN)


def test_the_stay_is_copied_too(complaint: Complaint) -> None:
    assert (complaint.stay_ref, complaint.nightly_rate, complaint.currency) == (make.LOST, 168, "GBP")
    assert (complaint.arrival_on, complaint.departure_on) == (dt.date(2027, 6, 17), dt.date(2027, 6, 19))


def test_what_was_typed_beats_the_hotels_system(quay: House) -> None:
    complaint = make.make_complaint(
        house=quay, guest=GuestInput(email="new@example.com", phone="0117 1", language="da")
    )

    party = complaint.parties.get()
    assert (party.name, party.email, party.phone, party.language) == (
        "Daniel Whitfield",
        "new@example.com",
        "0117 1",
        "da",
    )
    assert party.address_class == AddressClass.UNPROVEN


def test_a_stay_without_a_guest_still_has_somebody(quay: House, hotel: Any) -> None:
    hotel.put(Stay(ref="EMPTY", property_code="QUAY", guest=None, arrival_on=None, departure_on=None))

    party = make.make_complaint(house=quay, stay_ref="EMPTY").parties.get()

    assert (party.name, party.address_class) == ("Guest", AddressClass.NONE)


def test_facts_at_their_longest_fit(quay: House, hotel: Any) -> None:
    guest = Guest(
        ref="g" * 64, name="N" * 160, first_name="F" * 80, email="e" * 50 + "@example.com", phone="1" * 40
    )
    hotel.put(
        Stay(
            ref="s" * 64,
            property_code="QUAY",
            guest=guest,
            arrival_on=dt.date(2027, 7, 17),
            departure_on=dt.date(2027, 7, 18),
            room="r" * 40,
            currency="GBP",
            agency="a" * 80,
            agency_ref="a" * 80,
            status=StayStatus.BOOKED,
        )
    )

    complaint = make.make_complaint(house=quay, stay_ref="s" * 64, channel=Channel.WEB)

    fits(complaint)
    fits(complaint.parties.get())


def fits(row: Any) -> None:
    """Every text fits its column, also where the database would not say so."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.max_length and isinstance(value, str):
            assert len(value) <= field.max_length, field.name


def test_one_long_word_is_a_first_name_that_fits(quay: House) -> None:
    complaint = make.make_complaint(
        house=quay, stay_ref="", property_code="QUAY", guest=GuestInput(name="W" * 160)
    )

    fits(complaint.parties.get())


def test_an_account_with_a_long_name_fits_everywhere(quay: House) -> None:
    every = [name for name in calls.CALLS if name != "stop_writing"]
    account = make.make_user(username="u" * 150, verbs=every)
    make.make_staff(name="u" * 120, roles=(Role.GENERAL_MANAGER, Role.DUTY_MANAGER), user=account)
    nobody = make.make_user(username="n" * 150, verbs=every)
    for user in (account, nobody):
        complaint = make.make_complaint(house=quay, by=Actor.for_user(user), owner=quay.manager)
        actions.set_stance(complaint=complaint, by=Actor.for_user(user), stance="regret", reason="x")
        task = make.make_task(complaint=complaint, by=Actor.for_user(user))
        actions.keep_task(task=task, by=Actor.for_user(user))
        complaint.refresh_from_db()
        task.refresh_from_db()
        fits(complaint)
        fits(task)


# --- relinking -----------------------------------------------------------------------------------


def test_correcting_the_address_keeps_the_name(quay: House, complaint: Complaint) -> None:
    party = relink(quay, complaint, email="new@example.com", email_read_back=True)

    assert (party.name, party.first_name, party.guest_ref) == ("Daniel Whitfield", "Daniel", "1")
    assert (party.email, party.address_class) == ("new@example.com", AddressClass.OWN)


def test_correcting_the_name_keeps_the_address(quay: House, complaint: Complaint) -> None:
    party = relink(quay, complaint, name="Daniel Whitfeld")

    assert (party.name, party.first_name) == ("Daniel Whitfeld", "Daniel")
    assert (party.email, party.address_class) == ("daniel.whitfield@example.com", AddressClass.OWN)


def test_the_same_address_typed_again_loses_no_trust(quay: House, complaint: Complaint) -> None:
    party = relink(quay, complaint, email="Daniel.Whitfield@example.com", phone="0117 1")

    assert (party.phone, party.address_class) == ("0117 1", AddressClass.OWN)


def test_an_address_that_is_read_back_later_becomes_the_guests_own(quay: House) -> None:
    complaint = make.make_complaint(house=quay, guest=GuestInput(email="new@example.com"))

    party = relink(quay, complaint, email="new@example.com", email_read_back=True)

    assert party.address_class == AddressClass.OWN


def test_a_new_address_is_unproven(quay: House, complaint: Complaint) -> None:
    assert relink(quay, complaint, email="new@example.com").address_class == AddressClass.UNPROVEN


def test_a_guest_with_two_complaints_does_not_share_the_address_with_oneself(quay: House) -> None:
    complaints = [make.make_complaint(house=quay) for _ in range(3)]

    party = relink(quay, complaints[0], email="daniel.whitfield@example.com", email_read_back=True)

    assert party.address_class == AddressClass.OWN


def test_three_names_behind_one_address_share_it(quay: House) -> None:
    for name in ("Anna Holm", "Bo Dam"):
        make.make_complaint(
            house=quay,
            stay_ref="",
            property_code="QUAY",
            guest=GuestInput(name=name, email="office@example.com", email_read_back=True),
        )
    complaint = make.make_complaint(house=quay)

    party = relink(quay, complaint, email="OFFICE@example.com", email_read_back=True)

    assert party.address_class == AddressClass.SHARED


def test_the_language_changes_only_when_it_is_said(quay: House, complaint: Complaint) -> None:
    said = relink(quay, complaint, language="da")
    kept = relink(quay, complaint, phone="0117 1")

    assert (said.language, said.language_source) == ("da", "said")
    assert (kept.language, kept.language_source) == ("da", "said")


def test_a_language_that_we_cannot_write_changes_nothing(quay: House, complaint: Complaint) -> None:
    party = relink(quay, complaint, language="fr")

    assert (party.language, party.language_source) == ("en", "booking")


def test_correcting_nothing_changes_nothing_but_is_remembered(quay: House, complaint: Complaint) -> None:
    before = Party.objects.values().get()

    relink(quay, complaint)

    assert Party.objects.values().get() == before
    event = complaint.timeline.get(kind="guest.relinked")
    assert event.data == {"party": before["id"], "reason_given": True}


@pytest.mark.parametrize(
    "email", ["not an address", "a@b", "a@b.c\r\nBcc: x@y.z", "@", "a" * 300 + "@example.com"]
)
def test_what_is_no_address_is_refused(quay: House, complaint: Complaint, email: str) -> None:
    before = calls.contents()

    with pytest.raises(errors.BadEmail):
        relink(quay, complaint, email=email)

    assert calls.contents() == before


def test_letters_that_were_sent_keep_what_they_were(quay: House, complaint: Complaint) -> None:
    letter = make.make_apology(house=quay, complaint=complaint)

    relink(quay, complaint, name="Dan Whitfield")

    letter.refresh_from_db()
    assert "Daniel Whitfield" in letter.text


# --- contacts ------------------------------------------------------------------------------------


def test_each_word_is_kept_with_when_it_was_said_and_who_took_it_down(
    quay: House, complaint: Complaint
) -> None:
    said_at = travel.now()
    travel.later(minutes=10)
    contact = actions.add_contact(
        complaint=complaint,
        by=quay.by_desk,
        kind="same_word",
        channel="in_person",
        words="He told me at the bar",
        told_at=said_at,
    )

    assert (contact.told_at, contact.at, contact.taken_by) == (said_at, travel.now(), "Asha Patel")
    assert contact.party == complaint.parties.get()


def test_nothing_was_said_in_the_future(quay: House, complaint: Complaint) -> None:
    for call in (
        lambda at: actions.add_contact(
            complaint=complaint, by=quay.by_desk, kind="chaser", channel="phone", words="x", told_at=at
        ),
        lambda at: make.make_complaint(house=quay, told_at=at),
    ):
        with pytest.raises(errors.TimeOrder):
            call(travel.now() + dt.timedelta(minutes=2))


def test_a_minute_between_two_clocks_is_forgiven(quay: House) -> None:
    complaint = make.make_complaint(house=quay, told_at=travel.now() + dt.timedelta(seconds=50))

    assert complaint.first_told_at == travel.now()


@pytest.mark.parametrize("year", [1, 207, 2072, 9999])
@pytest.mark.parametrize("zone", [None, dt.UTC])
@pytest.mark.parametrize(
    ("verb", "parameter"),
    [
        ("open_complaint", "told_at"),
        ("open_complaint", "guest_deadline"),
        ("add_contact", "told_at"),
        ("add_task", "due_at"),
        ("move_task", "due_at"),
        ("record_hand_delivery", "at"),
        ("close", "follow_up_on"),
    ],
)
def test_a_year_that_cannot_be_right_is_refused(
    quay: House, verb: str, parameter: str, year: int, zone: dt.tzinfo | None
) -> None:
    arguments = calls.CALLS[verb](quay)
    day = parameter == "follow_up_on"
    value = dt.date(year, 12, 31) if day else dt.datetime(year, 12, 31, 23, 59, tzinfo=zone)
    before = calls.contents()

    with pytest.raises(errors.BadTime) as refusal:
        calls.verb(verb)(by=quay.by_manager, **(arguments | {parameter: value}))

    assert str(year) in refusal.value.sentence
    assert calls.contents() == before


def test_a_stay_whose_house_is_not_known_takes_the_one_that_is_named(quay: House, hotel: Any) -> None:
    hotel.put(Stay(ref="NOHOUSE", property_code="", guest=None, arrival_on=None, departure_on=None))

    complaint = make.make_complaint(house=quay, stay_ref="NOHOUSE", property_code="QUAY")

    assert (complaint.property_code, complaint.stay_ref) == ("QUAY", "NOHOUSE")


def test_a_naive_time_is_the_hosts_time(quay: House) -> None:
    naive = dt.datetime(2027, 7, 17, 7, 0)  # noqa: DTZ001 because hosts hand these in; New York

    complaint = make.make_complaint(house=quay, told_at=naive, guest_deadline=naive)

    assert complaint.first_told_at == dt.datetime(2027, 7, 17, 11, 0, tzinfo=dt.UTC)
    assert complaint.guest_deadline == complaint.first_told_at
